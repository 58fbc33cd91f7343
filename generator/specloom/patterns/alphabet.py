"""The few kinds of characters that a set of automata tells apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from specloom.patterns.ranges import SCALARS, Range, Ranges, contains

_READABLE = "a0A-_./:@ "
"""What stands for a kind that has it."""
_VISIBLE = (0x21, 0xA1)
"""Where characters begin that are seen, in ASCII and after it."""
LARGEST = 500_000
"""What a table of sets by characters may have, in entries, before it is not worth having."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    letters: str
    """One character for each kind, the most readable first."""
    symbols: Mapping[Ranges, tuple[int, ...]]
    """The kinds that a set is made of, as they are numbered in `letters`."""


def alphabet(sets: Iterable[Ranges], among: Ranges = SCALARS) -> Alphabet | None:
    """Return the alphabet of these sets, as far as a set goes; None for one that is too large."""
    distinct = tuple(dict.fromkeys(sets))
    cuts = sorted({cut for ranges in (*distinct, among) for cut in _cuts(ranges)})
    if len(cuts) * len(distinct) > LARGEST:
        return None
    owners: list[list[int]] = [[] for _ in cuts]
    for number, ranges in enumerate(distinct):
        for first, last in ranges:
            for i in range(bisect_left(cuts, first), bisect_left(cuts, last + 1)):
                owners[i].append(number)
    kinds: dict[tuple[int, ...], list[Range]] = {}
    for i, first in enumerate(cuts[:-1]):
        if contains(among, first):
            kinds.setdefault(tuple(owners[i]), []).append((first, cuts[i + 1] - 1))
    ranked = sorted((_rank(tuple(ranges)), owned) for owned, ranges in kinds.items())
    symbols: dict[Ranges, list[int]] = {ranges: [] for ranges in distinct}
    for symbol, (_, owned) in enumerate(ranked):
        for number in owned:
            symbols[distinct[number]].append(symbol)
    letters = "".join(chr(point) for (_, point), _ in ranked)
    return Alphabet(letters, {ranges: tuple(numbers) for ranges, numbers in symbols.items()})


def _cuts(ranges: Ranges) -> Iterable[int]:
    for first, last in ranges:
        yield first
        yield last + 1


def _rank(ranges: Ranges) -> tuple[int, int]:
    """Return how readable the best character of a set is, the lower the better, and which it is."""
    for rank, letter in enumerate(_READABLE):
        if contains(ranges, ord(letter)):
            return rank, ord(letter)
    visible = [max(first, floor) for floor in _VISIBLE for first, last in ranges if last >= floor]
    point = next((point for point in visible if chr(point).isprintable()), ranges[0][0])
    return len(_READABLE) + (not chr(point).isprintable()), point
