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

_LARGEST = 2_100
"""States of one repetition: `[a-z]{1,2048}` is exact, `[a-z]{1,9999}` becomes `[a-z]+`."""


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


Regular: TypeAlias = "Symbol | Anchor | Concatenation | Alternation | Iteration"

ANY_TEXT = Iteration(Symbol(ALL), 0, None)
_NO_TEXT = Concatenation(())


def inner(tree: Regular) -> int:
    """Return how many states an automaton has for it, between its first and its last."""
    match tree:
        case Symbol() | Anchor():
            return 0
        case Alternation(of):
            return sum(map(inner, of))
        case Concatenation(of):
            return sum(map(inner, of)) + max(len(of) - 1, 0)
        case Iteration(of, most=most):
            return copies(tree) * (inner(of) + 1) + 1 + (inner(of) if most is None else 0)


def copies(tree: Iteration) -> int:
    """Return how often what is repeated stands in a chain, apart from a loop at its end."""
    return tree.least if tree.most is None else tree.most


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
        case Repeat():
            exact = _exact(tree)
            return exact if inner(exact) <= _LARGEST else _shortened(exact)
        case Property():
            return Symbol(ALL)
        case Back():
            return ANY_TEXT
        case Boundary() | Look():
            return _NO_TEXT


def widenings(tree: Node) -> Iterator[str]:
    """Yield what the regular part of an expression takes more widely than it says."""
    match tree:
        case One() | Start() | End():
            return
        case Group(of):
            yield from widenings(of)
        case Sequence(of) | Either(of):
            for part in of:
                yield from widenings(part)
        case Repeat(of):
            yield from widenings(of)
            if inner(_exact(tree)) > _LARGEST:
                yield "a long repetition"
        case Property():
            yield "a property of Unicode"
        case Back():
            yield "a back-reference"
        case Boundary():
            yield "a boundary of words"
        case Look():
            yield "a look-around"


def _exact(tree: Repeat) -> Iteration:
    return Iteration(regular(tree.of), tree.least, tree.most)


def _shortened(tree: Iteration) -> Iteration:
    fitting = _LARGEST // 2 // (inner(tree.of) + 1)
    return Iteration(tree.of, min(tree.least, fitting), None)
