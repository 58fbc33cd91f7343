"""The shortest text that fulfils several conditions at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from specloom.patterns.alphabet import alphabet
from specloom.patterns.conditions import Condition
from specloom.patterns.machine import Machine, State
from specloom.patterns.terms import Empty, Example, GaveUp, Meeting

_WORK = 1_000_000
"""Arrows that are followed, in all: well below a second."""
_STATE = 10
"""What a state of all machines together is counted as."""


_TOO_LONG = GaveUp("the search for a text that fits took too many steps")
_TOO_VARIED = GaveUp("the patterns tell too many characters apart")


class _Place(NamedTuple):
    """Where the search comes by, whatever way it took."""

    length: int
    """Of the text so far, as it matters: up to the least, and whether there is any."""
    states: tuple[State, ...]
    """Of each machine."""


def shortest(conditions: Sequence[Condition], least: int, most: int | None) -> Meeting:
    """Search texts of a range of lengths, breadth first, in all automata at once."""
    sets = (step.ranges for each in conditions for steps in each.automaton.steps for step in steps)
    kinds = alphabet(sets)
    if kinds is None:
        return _TOO_VARIED
    machines = [Machine(condition, kinds) for condition in conditions]
    begin = _Place(0, tuple(machine.first for machine in machines))
    ways: dict[_Place, tuple[_Place, str] | None] = {begin: None}
    waiting = deque([(begin, 0)] if most is None or least <= most else [])
    while waiting:
        place, length = waiting.popleft()
        if length >= least and _fulfilled(machines, place):
            return Example(_text(ways, place))
        if len(ways) * _STATE + sum(machine.work for machine in machines) > _WORK:
            return _TOO_LONG
        if length == most:
            continue
        for letter, states in _following(machines, kinds.letters, place.states):
            next_place = _Place(min(length + 1, max(least, 1)), states)
            if next_place not in ways:
                ways[next_place] = place, letter
                waiting.append((next_place, length + 1))
    return Empty()


def _fulfilled(machines: Sequence[Machine], place: _Place) -> bool:
    if place.length == 0:
        return all(machine.takes_empty_text for machine in machines)
    pairs = zip(machines, place.states, strict=True)
    return all(machine.row(state).fulfilled for machine, state in pairs)


def _following(
    machines: Sequence[Machine], letters: str, states: tuple[State, ...]
) -> Iterator[tuple[str, tuple[State, ...]]]:
    """Yield where each letter leads from which all conditions may still be fulfilled."""
    rows = [machine.row(state) for machine, state in zip(machines, states, strict=True)]
    for i, letter in enumerate(letters):
        reached = tuple(row.following[i] for row in rows)
        alive = tuple(state for state in reached if state is not None)
        if len(alive) == len(reached):
            yield letter, alive


def _text(ways: Mapping[_Place, tuple[_Place, str] | None], place: _Place) -> str:
    letters: list[str] = []
    way = ways[place]
    while way is not None:
        place, letter = way
        letters.append(letter)
        way = ways[place]
    return "".join(reversed(letters))
