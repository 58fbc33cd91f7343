"""How much `re` may try at a character of a text, whatever the text is.

`re` tries one way to read a text after the other, and each is a path through the steps of a
program. At a place of a text it comes by once for each path that leads there: so the number of
paths, for each step that they lead to, says all that can happen from there on. The counts after
each beginning of a text are searched, the largest first. Where they end, the largest of them bounds
the work for each character; where they grow and grow, some text takes forever.

A path from which the expression matches come what may is never given up: of those before it none
is tried again, and no search begins at a later place. What it leads to is counted on its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import TypeAlias

from specloom.patterns.alphabet import Alphabet, alphabet
from specloom.patterns.program import DONE, Program, Take, Unbounded, When, is_exact, program
from specloom.patterns.ranges import ALL
from specloom.patterns.syntax import Node

MOST = 1_000
"""What may be tried at one character: some microseconds."""
_WORK = 40_000
"""Counts that are looked at for one pattern: some hundredths of a second. Patterns of published
documents need half of it."""
_ROUGHLY, _EXACTLY = 30, 300
"""The steps of a repetition that are told apart: mostly, few of them do."""
_PEERS = 50
"""Counts that others are compared with: what is nowhere more leads to no more."""
_UNCOUNTED = "what it may try could not be counted"


@dataclass(frozen=True, slots=True)
class Effort:
    """What is tried at a character at most, in all texts."""

    most: int


@dataclass(frozen=True, slots=True)
class Endless:
    """There is no bound, or none was found."""

    reason: str
    text: str = ""
    """How a text begins that takes long, if one was found."""


def effort(tree: Node) -> Effort | Endless:
    """Return what a search for an expression tries at each character of a text."""
    found = _effort(tree, _ROUGHLY)
    if isinstance(found, Effort) or is_exact(tree, _ROUGHLY):
        return found
    return _effort(tree, _EXACTLY)


def _effort(tree: Node, largest: int) -> Effort | Endless:
    try:
        made = program(tree, largest)
        letters = alphabet((step.ranges for step in made.steps if isinstance(step, Take)), ALL)
        if letters is None:
            return Endless("it tells too many characters apart")
        return _searched(_Walk(made, letters))
    except Unbounded as error:
        return Endless(error.reason)


# --- one step after the other ----------------------------------------------------------------
Counts: TypeAlias = "dict[int, int]"
"""How many paths lead to each step."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """What is tried at a place by who comes to each step there."""

    costs: Mapping[int, int]
    takes: Mapping[int, Counts]
    """The steps that take a character, and by how many paths each is come to."""
    certain: frozenset[int]
    """From which the expression matches come what may."""


def _tried(of: Program, *, at_start: bool) -> _Tried:
    costs: Counts = {}
    takes: dict[int, Counts] = {}
    certain, entries = {DONE}, 0
    for number in of.order:
        step = of.steps[number]
        if isinstance(step, Take):
            costs[number], takes[number] = 1, {number: 1}
            continue
        to = step.to if at_start or step.when is not When.AT_START else ()
        costs[number] = step.cost + sum(costs[each] for each in to)
        found: Counts = {}
        for each in to:
            _add(found, takes[each], 1)
        takes[number] = found
        if step.when is not When.SOMETIMES and not certain.isdisjoint(to):
            certain.add(number)
        entries += len(found)
        if entries > _WORK:
            raise Unbounded(_UNCOUNTED)
    return _Tried(costs, takes, frozenset(certain))


def _add(to: Counts, counts: Mapping[int, int], times: int) -> None:
    for each, number in counts.items():
        to[each] = to.get(each, 0) + number * times


# --- one character after the other -----------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Place:
    counts: tuple[tuple[int, int], ...]
    is_certain: bool = False
    """Whether one of these paths matches come what may, so that no search begins any more."""


_BEGIN = -1
"""The first step of a program, where the text begins."""


class _Walk:
    def __init__(self, of: Program, letters: Alphabet) -> None:
        self._program = of
        self._alphabet = letters
        self._begun = _tried(of, at_start=True)
        self._tried = _tried(of, at_start=False)
        self._moves: dict[int, list[Counts]] = {}
        self.work = 0

    @property
    def first(self) -> _Place:
        return _Place(((_BEGIN, 1),), self._program.first in self._begun.certain)

    def cost(self, place: _Place) -> int:
        """Return what is tried at a place."""
        first, costs = self._program.first, self._tried.costs
        begun = self._begun.costs[first]
        return sum(n * (begun if to == _BEGIN else costs[to]) for to, n in place.counts)

    def following(self, place: _Place) -> Iterator[tuple[str, _Place]]:
        """Yield where a character leads, whatever it is."""
        for symbol, letter in enumerate(self._alphabet.letters):
            found: Counts = {}
            for to, number in place.counts:
                _add(found, self._moved(to)[symbol], number)
            self.work += 1 + len(place.counts) + len(found)
            certain = self._tried.certain.intersection(found)
            plain = {to: number for to, number in found.items() if to not in certain}
            if place.is_certain:
                yield letter, _Place(_sorted(plain), is_certain=True)
                for to in certain:
                    yield letter, _Place(_sorted({**plain, to: 1}), is_certain=True)
            else:
                _add(plain, {self._program.first: 1}, 1)
                yield letter, _Place(_sorted(plain))
                for to in certain:
                    yield letter, _Place(((to, 1),), is_certain=True)

    def _moved(self, number: int) -> list[Counts]:
        """Return where each character leads from a step."""
        if number not in self._moves:
            takes = self._begun.takes if number == _BEGIN else self._tried.takes
            takers = takes[self._program.first if number == _BEGIN else number]
            moves: list[Counts] = [{} for _ in self._alphabet.letters]
            for taker, times in takers.items():
                step = self._program.steps[taker]
                if isinstance(step, Take):
                    for symbol in self._alphabet.symbols[step.ranges]:
                        self.work += 1
                        _add(moves[symbol], {step.to: 1}, times)
            self._moves[number] = moves
        return self._moves[number]


def _sorted(counts: Counts) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(counts.items()))


# --- all texts -------------------------------------------------------------------------------
def _searched(walk: _Walk) -> Effort | Endless:
    order, most = count(), 0
    ways: dict[_Place, tuple[_Place, str] | None] = {walk.first: None}
    waiting = [(-walk.cost(walk.first), next(order), walk.first)]
    peers: dict[bool, list[tuple[int, Counts]]] = {True: [], False: []}
    while waiting:
        cost, _, place = heappop(waiting)
        most = max(most, -cost)
        if most > MOST:
            return Endless("", _text(ways, place))
        if walk.work > _WORK:
            return Endless(_UNCOUNTED)
        known = peers[place.is_certain]
        walk.work += len(known)
        if any(cost >= least and _is_within(place, peer) for least, peer in known):
            continue
        if len(known) < _PEERS:
            known.append((cost, dict(place.counts)))
        for letter, reached in walk.following(place):
            if reached not in ways:
                ways[reached] = place, letter
                heappush(waiting, (-walk.cost(reached), next(order), reached))
    return Effort(most)


def _is_within(place: _Place, peer: Mapping[int, int]) -> bool:
    return all(peer.get(to, 0) >= number for to, number in place.counts)


def _text(ways: Mapping[_Place, tuple[_Place, str] | None], place: _Place) -> str:
    letters: list[str] = []
    way = ways[place]
    while way is not None:
        place, letter = way
        letters.append(letter)
        way = ways[place]
    return "".join(reversed(letters))
