"""Values that an assertion speaks of: candidates for a sample that has to satisfy it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from specloom.assertion import (
    Assertion,
    Equals,
    Every,
    Fits,
    Formatted,
    Long,
    Matches,
    Single,
    Some,
    When,
    Within,
)
from specloom.patterns import SAMPLES, Example, Pattern, meet
from specloom.values import Text, Tree

_MOST = 24
_MOST_PATTERNS = 4
"""Patterns that a text is made for at once: each takes its time."""
_MOST_TEXTS = 3
"""For a list of which no two items are the same, among others."""
_DEEPEST = 20
_STEPS = 1_000
"""Assertions that are looked at: those that are mentioned by address may mention each other."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is known where something is asserted."""

    known: Mapping[Text, Assertion]
    least: int
    most: int | None
    steps: Iterator[int]
    """Those that are left."""
    depth: int = 0

    def deeper(self, parts: Iterable[Assertion]) -> _Asked:
        """Return what is known of a value of which all of these hold."""
        least, most = self.least, self.most
        for part in parts:
            if isinstance(part, Long):
                least = max(least, part.least)
                most = min((n for n in (most, part.most) if n is not None), default=None)
        return replace(self, least=least, most=most, depth=self.depth + 1)


def suggestions(
    asserted: Iterable[Assertion], known: Mapping[Text, Assertion], least: int, most: int | None
) -> tuple[Tree, ...]:
    """Return values that may satisfy all of these, texts having so many characters.

    `known` has what is mentioned by address.
    """
    found = _of(Every(tuple(asserted)), _Asked(known, least, most, iter(range(_STEPS))))
    return tuple(islice(found, _MOST))


def _of(asserted: Assertion, asked: _Asked) -> Iterator[Tree]:
    if asked.depth == _DEEPEST or next(asked.steps, None) is None:
        return
    match asserted:
        case Equals(values):
            yield from (value.value for value in values)
        case Formatted(name):
            yield from SAMPLES.get(name, ())
        case Matches():
            yield from _texts((asserted,), asked)
        case Within():
            limits = (asserted.least, asserted.above, asserted.most, asserted.below)
            yield from (limit.value for limit in limits if limit is not None)
        case Every(parts):
            inner = asked.deeper(parts)
            yield from _texts(tuple(p for p in parts if isinstance(p, Matches)), inner)
            for part in parts:
                yield from () if isinstance(part, Matches) else _of(part, inner)
        case Some(parts) | Single(parts):
            for part in parts:
                yield from _of(part, asked.deeper(()))
        case When(_, then, otherwise):
            yield from _of(then, asked.deeper(()))
            yield from _of(otherwise, asked.deeper(()))
        case Fits(address):
            yield from _of(asked.known[address], asked.deeper(()))
        case _:
            return


def _texts(patterns: tuple[Matches, ...], asked: _Asked) -> Iterator[str]:
    """Return a few texts that all patterns find something in, the shortest first."""
    languages = [Pattern(each.pattern.raw) for each in patterns[:_MOST_PATTERNS]]
    for _ in range(_MOST_TEXTS if languages else 0):
        found = meet(languages, asked.least, asked.most)
        if not isinstance(found, Example):
            return
        yield found.text
        languages.append(Pattern(f"^(?!{_spelled(found.text)}$)"))


def _spelled(text: str) -> str:
    """Return the expression of a text and of no other."""
    return "".join(f"\\u{{{ord(character):x}}}" for character in text)
