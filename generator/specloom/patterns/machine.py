"""A condition, decided for a set of states at a time, as far as anybody asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from specloom.patterns.alphabet import Alphabet
from specloom.patterns.automaton import ACCEPTING, FIRST, closure, hopeful
from specloom.patterns.conditions import Condition
from specloom.patterns.regular import Edge

State: TypeAlias = frozenset[int]
"""Where an automaton may be. Of none: nothing that follows is accepted."""

_ACCEPTED: State = frozenset({ACCEPTING})


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a state."""

    fulfilled: bool
    """Whether the text may end here."""
    following: tuple[State | None, ...]
    """For each letter of the alphabet; None where no text can fulfil the condition any more."""


class Machine:
    """The subset construction, which remembers the states that it has met."""

    def __init__(self, condition: Condition, alphabet: Alphabet) -> None:
        self._automaton = condition.automaton
        self._accepted = condition.accepted
        self._letters = len(alphabet.letters)
        self._hopeful = hopeful(condition.automaton)
        self._arrows = [
            [(alphabet.symbols[step.ranges], step.to) for step in steps]
            for steps in condition.automaton.steps
        ]
        self._rows: dict[State, Row] = {}
        self.work = 0
        """The arrows that were followed."""
        begun = closure(condition.automaton, {FIRST}, Edge.START)
        self.first = _ACCEPTED if ACCEPTING in begun else begun
        ended = closure(condition.automaton, {FIRST}, Edge.START, Edge.END)
        self.takes_empty_text = (ACCEPTING in ended) is condition.accepted

    def row(self, state: State) -> Row:
        """Return where a state leads, once the text has begun."""
        row = self._rows.get(state)
        if row is None:
            row = self._rows[state] = self._found(state)
        return row

    def _found(self, state: State) -> Row:
        reached: list[set[int]] = [set() for _ in range(self._letters)]
        self.work += self._letters
        for source in state:
            for symbols, to in self._arrows[source]:
                self.work += len(symbols)
                for symbol in symbols:
                    reached[symbol].add(to)
        targets = [frozenset(states) for states in reached]
        closures = {states: self._closed(states) for states in dict.fromkeys(targets)}
        ended = closure(self._automaton, state, Edge.END)
        self.work += len(ended) + sum(map(len, closures.values()))
        following = tuple(self._alive(closures[states]) for states in targets)
        return Row((ACCEPTING in ended) is self._accepted, following)

    def _closed(self, states: Iterable[int]) -> State:
        """Return a state without what makes no difference to what follows."""
        found = closure(self._automaton, states)
        return _ACCEPTED if ACCEPTING in found else found & self._hopeful

    def _alive(self, state: State) -> State | None:
        alive = state != _ACCEPTED if not self._accepted else bool(state)
        return state if alive else None
