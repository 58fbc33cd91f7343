"""A regular expression as the steps that a backtracking matcher goes through.

`re` is such a matcher: it tries one way after the other. What it may try is a tree, in which each
path from the root is a way to read the beginning of the text; `backtracking` counts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Sequential
from dataclasses import dataclass
from enum import Enum, auto
from math import prod
from typing import TypeAlias

from specloom.patterns.ranges import ALL, Ranges
from specloom.patterns.syntax import (
    Back,
    Boundary,
    Either,
    End,
    Group,
    Look,
    Node,
    One,
    Property,
    Repeat,
    Sequence,
    Start,
    parts,
)
from specloom.patterns.widths import is_nullable, width

_MOST = 5_000
"""Steps of a program."""
_FARTHEST = 100
"""Characters that a group may have to which an expression goes back."""


class When(Enum):
    """What a step asks for that takes no character."""

    ALWAYS = auto()
    AT_START = auto()
    SOMETIMES = auto()


@dataclass(frozen=True, slots=True)
class Take:
    """Takes a character. It may take more than the expression does, never less."""

    ranges: Ranges
    to: int


@dataclass(frozen=True, slots=True)
class Try:
    """Goes on in several ways, one after the other."""

    to: tuple[int, ...]
    when: When = When.ALWAYS
    cost: int = 1


Step: TypeAlias = Take | Try


class Unbounded(Exception):
    """No bound can be found for what the matcher may try."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


DONE = 0
"""Where the expression has matched."""
_SEEN = 1
"""Where a look-around has: it goes on with what follows it."""


@dataclass(frozen=True, slots=True)
class Program:
    steps: tuple[Step, ...]
    first: int
    order: tuple[int, ...]
    """All steps: those first to which others lead that take no character."""


def program(tree: Node, largest: int) -> Program:
    """Return the steps of an expression.

    A repetition of more than the largest number of steps is taken as one without an end, which
    leaves more to try. Raises Unbounded for what cannot be said by steps.
    """
    making = _Making(_captured(tree), largest)
    first = making.before(tree, DONE)
    return Program(tuple(making.steps), first, tuple(_ordered(making.steps)))


def is_exact(tree: Node, largest: int) -> bool:
    """Return whether no repetition of a tree is taken as another one."""
    match tree:
        case Repeat(of, least, most):
            copies = max(largest // _size(of, largest), 1)
            return (most or least) <= copies and is_exact(of, largest)
        case _:
            return all(is_exact(part, largest) for part in parts(tree))


def _ordered(steps: Sequential[Step]) -> Iterator[int]:
    """Yield steps after those that they lead to without a character: no circle is of these alone."""
    seen: set[int] = set()
    for number in range(len(steps)):
        waiting = [(number, False)]
        while waiting:
            at, is_ready = waiting.pop()
            if is_ready:
                yield at
            elif at not in seen:
                seen.add(at)
                step = steps[at]
                waiting.append((at, True))
                waiting += ((to, False) for to in (step.to if isinstance(step, Try) else ()))


def _captured(tree: Node) -> dict[int, Node]:
    found: dict[int, Node] = {}
    if isinstance(tree, Group) and tree.number is not None:
        found[tree.number] = tree.of
    for part in parts(tree):
        found |= _captured(part)
    return found


class _Making:
    def __init__(self, groups: Mapping[int, Node], largest: int) -> None:
        self.steps: list[Step] = [Try(()), Try(())]
        self._groups = groups
        self._largest = largest

    def before(self, tree: Node, then: int) -> int:
        """Add the steps of a tree, which go on with a step, and return the first of them."""
        match tree:
            case One():
                return self._add(Take(tree.points, then))
            case Property():
                return self._add(Take(ALL, then))
            case Start():
                return self._add(Try((then,), When.AT_START))
            case End() | Boundary():
                return self._add(Try((then,), When.SOMETIMES))
            case Group(of):
                return self.before(of, then)
            case Sequence(of):
                for part in reversed(of):
                    then = self.before(part, then)
                return then
            case Either(of):
                return self._add(Try(tuple(self.before(part, then) for part in of)))
            case Repeat():
                return self._repeated(tree, then)
            case Look(of, ahead=True):
                return self._add(Try((self.before(of, _SEEN), then), When.SOMETIMES))
            case Look(of):
                return self._add(Try((then,), When.SOMETIMES, 1 + _behind(of)))
            case Back(number):
                return self._again(self._groups[number], then)

    def _add(self, step: Step) -> int:
        if len(self.steps) >= _MOST:
            raise Unbounded("it is too large")
        self.steps.append(step)
        return len(self.steps) - 1

    def _repeated(self, tree: Repeat, then: int) -> int:
        copies = max(self._largest // _size(tree.of, self._largest), 1)
        if tree.most is not None and tree.most <= copies:
            rest = then
            for _ in range(tree.most - tree.least):
                rest = self._add(Try((self.before(tree.of, rest), then)))
        elif is_nullable(tree.of):  # where `re` counts rounds that take nothing in its own way
            raise Unbounded("it repeats what may be nothing")
        else:
            rest = self._add(Try(()))
            self.steps[rest] = Try((self.before(tree.of, rest), then))
        for _ in range(min(tree.least, copies)):
            rest = self.before(tree.of, rest)
        return rest

    def _again(self, group: Node, then: int) -> int:
        length = width(group)
        if length is None or length > _FARTHEST:
            raise Unbounded("it goes back to a group of any length")
        for _ in range(length):
            then = self._add(Take(ALL, then))
        return then


def _size(tree: Node, largest: int) -> int:
    """Return how many steps a tree has, or a few more."""
    match tree:
        case Group(of):
            return _size(of, largest)
        case Look(of):
            return _size(of, largest) + 1
        case Sequence(of) | Either(of):
            return sum(_size(part, largest) for part in of) + 1
        case Repeat(of, least, most):
            inner = _size(of, largest) + 1
            return inner * (min(least if most is None else most, max(largest // inner, 1)) + 1)
        case Back():
            return _FARTHEST
        case _:
            return 1


def _behind(tree: Node) -> int:
    """Return what the matcher tries to look behind by a tree of one width."""
    return _ways(tree) * ((width(tree) or 0) + 1)


def _ways(tree: Node) -> int:
    match tree:
        case Group(of):
            return _ways(of)
        case Sequence(of):
            return prod(map(_ways, of))
        case Either(of):
            return sum(map(_ways, of))
        case Repeat(of, least):
            ways = _ways(of)
            return ways if ways == 1 else min(ways, _MOST) ** min(least, _FARTHEST)
        case Look() | Back():
            raise Unbounded("it looks around while it looks behind")
        case _:
            return 1
