"""Content that comes in chunks, for the tests of what takes a stream apart."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TypeVar

from runtime._series import Finder

T = TypeVar("T")


def cut(content: bytes, cuts: Iterable[int]) -> list[bytes]:
    edges = [0, *sorted(at for at in cuts if at < len(content)), len(content)]
    return [content[i:j] for i, j in pairwise(edges)]


def fed(framing: Finder[T], chunks: Iterable[bytes]) -> list[T]:
    """Return the items of a content, to its end."""
    found = [item for chunk in chunks for item in framing.feed(chunk)]
    return [*found, *framing.end()]
