"""Values that an assertion speaks of: candidates for a sample that has to satisfy it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from specloom.assertion import (
    Assertion,
    Equals,
    Every,
    Formatted,
    Matches,
    Single,
    Some,
    When,
    Within,
)
from specloom.patterns import SAMPLES, Example, Pattern, meet
from specloom.values import Tree

_MOST = 24
_MOST_PATTERNS = 4
"""Patterns that a text is made for at once: each takes its time."""
_DEEPEST = 20


def suggestions(asserted: Iterable[Assertion], least: int, most: int | None) -> tuple[Tree, ...]:
    """Return values that may satisfy all of these, texts having so many characters."""
    return tuple(islice(_of(Every(tuple(asserted)), (least, most), 0), _MOST))


def _of(asserted: Assertion, span: tuple[int, int | None], depth: int) -> Iterator[Tree]:
    if depth == _DEEPEST:
        return
    match asserted:
        case Equals(values):
            yield from (value.value for value in values)
        case Formatted(name):
            yield from SAMPLES.get(name, ())
        case Matches():
            yield from _texts((asserted,), span)
        case Within():
            limits = (asserted.least, asserted.above, asserted.most, asserted.below)
            yield from (limit.value for limit in limits if limit is not None)
        case Every(parts):
            yield from _texts(tuple(p for p in parts if isinstance(p, Matches)), span)
            for part in parts:
                yield from () if isinstance(part, Matches) else _of(part, span, depth + 1)
        case Some(parts) | Single(parts):
            for part in parts:
                yield from _of(part, span, depth + 1)
        case When(_, then, otherwise):
            yield from _of(then, span, depth + 1)
            yield from _of(otherwise, span, depth + 1)
        case _:
            return


def _texts(patterns: tuple[Matches, ...], span: tuple[int, int | None]) -> Iterator[str]:
    """Return a text that all patterns find something in."""
    if patterns:
        languages = [Pattern(each.pattern.raw) for each in patterns[:_MOST_PATTERNS]]
        found = meet(languages, *span)
        if isinstance(found, Example):
            yield found.text
