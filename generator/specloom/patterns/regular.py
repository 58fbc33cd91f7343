"""The regular part of an expression: what an automaton can decide.

What it cannot is widened, never narrowed: the outcome takes every text that the expression takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
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
)

_LARGEST = 4_200
"""Arrows of one repetition: `[a-z]{1,2048}` is exact, `[a-z]{1,9999}` becomes `[a-z]+`."""


class Edge(Enum):
    """Where a text begins and where it ends."""

    START = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Symbol:
    ranges: Ranges
    """In normal form."""


@dataclass(frozen=True, slots=True)
class Anchor:
    edge: Edge


@dataclass(frozen=True, slots=True)
class Concatenation:
    of: tuple[Regular, ...]


@dataclass(frozen=True, slots=True)
class Alternation:
    of: tuple[Regular, ...]


@dataclass(frozen=True, slots=True)
class Iteration:
    of: Regular
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Widened:
    """What takes more than the expression does that it stands for."""

    of: Regular
    reason: str
    exact_below: int = 0
    """Of texts of fewer characters than this it takes the same as the expression."""


Regular: TypeAlias = "Symbol | Anchor | Concatenation | Alternation | Iteration | Widened"

_ANY_CHARACTER = Symbol(ALL)
_ANY_TEXT = Iteration(_ANY_CHARACTER, 0, None)
_NO_TEXT = Concatenation(())


def regular(tree: Node) -> Regular:
    """Return the regular part of an expression."""
    match tree:
        case One():
            return Symbol(tree.points)
        case Start():
            return Anchor(Edge.START)
        case End():
            return Anchor(Edge.END)
        case Group(of):
            return regular(of)
        case Sequence(of):
            return Concatenation(tuple(map(regular, of)))
        case Either(of):
            return Alternation(tuple(map(regular, of)))
        case Repeat(of, least, most):
            return _bounded(Iteration(regular(of), least, most))
        case Property():
            return Widened(_ANY_CHARACTER, "a property of Unicode")
        case Back():
            return Widened(_ANY_TEXT, "a back-reference")
        case Boundary():
            return Widened(_NO_TEXT, "a boundary of words")
        case Look():
            return Widened(_NO_TEXT, "a look-around")


def _bounded(tree: Iteration) -> Regular:
    if arrows(tree) <= _LARGEST:
        return tree
    fitting = _LARGEST // 2 // (arrows(tree.of) + 1)
    wide = Iteration(tree.of, min(tree.least, fitting), None)
    # a text has no more parts than characters, but for empty ones, of which none is needed
    exact_below = 0 if tree.most is None or tree.least > fitting else tree.most + 1
    return Widened(wide, "a long repetition", exact_below)


def widenings(tree: Regular) -> Iterator[Widened]:
    """Yield where a tree takes more than the expression, if it does."""
    match tree:
        case Symbol() | Anchor():
            return
        case Concatenation(of) | Alternation(of):
            for part in of:
                yield from widenings(part)
        case Iteration(of):
            yield from widenings(of)
        case Widened(of):
            yield tree
            yield from widenings(of)


def arrows(tree: Regular) -> int:
    """Return how many arrows an automaton has for it, and a little more than it has states."""
    match tree:
        case Symbol() | Anchor():
            return 1
        case Concatenation(of) | Alternation(of):
            return max(sum(map(arrows, of)), 1)
        case Iteration(of, most=most):
            return (arrows(of) + 1) * (copies(tree) + (most is None)) + 2
        case Widened(of):
            return arrows(of)


def states(tree: Regular) -> int:
    """Return how many states an automaton has for it, between its first and its last."""
    match tree:
        case Symbol() | Anchor():
            return 0
        case Concatenation(of):
            return sum(map(states, of)) + max(len(of) - 1, 0)
        case Alternation(of):
            return sum(map(states, of))
        case Iteration(of, most=most):
            inner = states(of)  # once: of what is nested, twice would be a power of two
            return copies(tree) * (inner + 1) + 1 + (inner if most is None else 0)
        case Widened(of):
            return states(of)


def copies(tree: Iteration) -> int:
    """Return how often what is repeated stands in a chain, apart from a loop at its end."""
    return tree.least if tree.most is None else tree.most
