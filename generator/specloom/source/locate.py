"""Which nodes of a tree are to be located."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from specloom.pointers import tokens_of
from specloom.values import Place, Tree

Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """The offsets at which a node stands. An item of a list has no key: both are the same."""

    key: int
    value: int


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A node to be located, and those below it by token."""

    path: Path
    below: dict[str, Wanted] = field(default_factory=dict[str, "Wanted"])

    @classmethod
    def of(cls, paths: Iterable[Path]) -> Wanted:
        root = cls(())
        for path in paths:
            node = root
            for depth, token in enumerate(path, 1):
                node = node.below.setdefault(token, cls(path[:depth]))
        return root


def existing(tree: Tree, place: Place) -> tuple[Path, bool]:
    """Return the path to the node at a place and whether its key is meant.

    Where there is no such node it is the deepest ancestor that exists, and its value.
    """
    tokens = tokens_of(place.pointer)
    for depth, token in enumerate(tokens):
        if isinstance(tree, dict) and token in tree:
            tree = tree[token]
        elif isinstance(tree, list) and (index := _index(token, len(tree))) is not None:
            tree = tree[index]
        else:
            return tokens[:depth], False
    return tokens, place.key


def _index(token: str, length: int) -> int | None:
    # A number of more digits than the length has is out of range, and might not convert.
    if not (token.isascii() and token.isdigit()) or len(token) > len(str(length)):
        return None
    index = int(token)
    return index if index < length and str(index) == token else None
