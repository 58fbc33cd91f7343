"""Automata that search a text for a regular expression, one character after the other.

Each takes the whole text, whose beginning and end are skipped by loops at both ends; `^` and `$`
are jumps that can be taken only where the text begins and ends. So both mean what they mean
wherever they stand in the expression.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from specloom.patterns.ranges import ALL, Ranges, contains
from specloom.patterns.regular import (
    Alternation,
    Anchor,
    Concatenation,
    Edge,
    Iteration,
    Regular,
    Symbol,
    Widened,
    arrows,
    copies,
    states,
)

ARROWS = 10_000
"""What an automaton may have of them: some 4,000 states of most patterns."""


@dataclass(frozen=True, slots=True)
class Step:
    """Takes a character."""

    ranges: Ranges
    to: int


@dataclass(frozen=True, slots=True)
class Jump:
    """Takes none."""

    to: int
    only_at: Edge | None = None


@dataclass(frozen=True, slots=True)
class Automaton:
    """The arrows that leave each state. Once it accepts, it accepts whatever follows."""

    steps: tuple[tuple[Step, ...], ...]
    jumps: tuple[tuple[Jump, ...], ...]

    @property
    def size(self) -> int:
        """How many arrows there are."""
        return sum(map(len, self.steps)) + sum(map(len, self.jumps))


FIRST, ACCEPTING = 0, 1
_BEGUN, _DONE, _FREE = 2, 3, 4


def automaton(tree: Regular) -> Automaton | None:
    """Return the automaton of an expression; None for one of too many arrows."""
    if arrows(tree) > ARROWS:
        return None
    size = _FREE + states(tree)
    steps: list[list[Step]] = [[] for _ in range(size)]
    jumps: list[list[Jump]] = [[] for _ in range(size)]
    for source, arrow in _searching(tree):
        match arrow:
            case Step():
                steps[source].append(arrow)
            case Jump():
                jumps[source].append(arrow)
    return Automaton(tuple(map(tuple, steps)), tuple(map(tuple, jumps)))


def closure(of: Automaton, begin: Iterable[int], *at: Edge) -> frozenset[int]:
    """Return the states that are reached by jumps, with those that they start from."""
    found = set(begin)
    waiting = list(found)
    while waiting:
        for jump in of.jumps[waiting.pop()]:
            if jump.to not in found and (jump.only_at is None or jump.only_at in at):
                found.add(jump.to)
                waiting.append(jump.to)
    return frozenset(found)


def hopeful(of: Automaton) -> frozenset[int]:
    """Return the states that lead to acceptance once the text has begun."""
    sources: list[list[int]] = [[] for _ in of.steps]
    for state, (steps, jumps) in enumerate(zip(of.steps, of.jumps, strict=True)):
        for step in steps:
            sources[step.to].append(state)
        for jump in jumps:
            if jump.only_at is not Edge.START:
                sources[jump.to].append(state)
    found = {ACCEPTING}
    waiting = [ACCEPTING]
    while waiting:
        new = [state for state in sources[waiting.pop()] if state not in found]
        found.update(new)
        waiting.extend(new)
    return frozenset(found)


def accepts(of: Automaton, text: str) -> bool:
    """Return whether an automaton accepts a text."""
    current = frozenset({FIRST})
    for i, letter in enumerate(text):
        reached = closure(of, current, Edge.START) if i == 0 else closure(of, current)
        if ACCEPTING in reached:
            return True
        steps = (step for state in reached for step in of.steps[state])
        current = frozenset(step.to for step in steps if contains(step.ranges, ord(letter)))
    edges = (Edge.END,) if text else (Edge.START, Edge.END)
    return ACCEPTING in closure(of, current, *edges)


_Arrow = tuple[int, Step | Jump]


def _searching(tree: Regular) -> Iterator[_Arrow]:
    yield FIRST, Step(ALL, FIRST)
    yield FIRST, Jump(_BEGUN)
    yield from _arrows(tree, (_BEGUN, _DONE), _FREE)
    yield _DONE, Jump(ACCEPTING)
    yield ACCEPTING, Step(ALL, ACCEPTING)


def _arrows(tree: Regular, ends: tuple[int, int], free: int) -> Iterator[_Arrow]:
    """Yield what leads from one state to another; states from `free` on are nobody's yet."""
    start, end = ends
    match tree:
        case Symbol(ranges):
            yield start, Step(ranges, end)
        case Anchor(edge):
            yield start, Jump(end, edge)
        case Alternation(of):
            for alternative in of:
                yield from _arrows(alternative, ends, free)
                free += states(alternative)
        case Concatenation(()):
            yield start, Jump(end)
        case Concatenation(of):
            joints = (start, *range(free, free + len(of) - 1), end)
            yield from _chain(of, joints, free + len(of) - 1)
        case Iteration():
            yield from _repetition(tree, ends, free)
        case Widened(of):
            yield from _arrows(of, ends, free)


def _chain(parts: Iterable[Regular], joints: tuple[int, ...], free: int) -> Iterator[_Arrow]:
    for part, ends in zip(parts, pairwise(joints), strict=True):
        yield from _arrows(part, ends, free)
        free += states(part)


def _repetition(tree: Iteration, ends: tuple[int, int], free: int) -> Iterator[_Arrow]:
    """Yield a chain of copies with states of its own: a loop must touch no neighbour."""
    start, end = ends
    length = copies(tree)
    joints = tuple(range(free, free + length + 1))
    free += length + 1
    yield start, Jump(joints[0])
    yield from _chain([tree.of] * length, joints, free)
    if tree.most is None:
        yield from _arrows(tree.of, (joints[-1], joints[-1]), free + length * states(tree.of))
    for joint in joints[tree.least :]:
        yield joint, Jump(end)
