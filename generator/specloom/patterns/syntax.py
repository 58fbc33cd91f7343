"""The tree of a regular expression of ECMA-262."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from specloom.patterns.ranges import Ranges, complement, normal


@dataclass(frozen=True, slots=True)
class One:
    """One character of a set: a literal, `.`, `\\d`, a class."""

    ranges: Ranges
    """As they are written."""
    negated: bool = False

    @property
    def points(self) -> Ranges:
        return complement(self.ranges) if self.negated else normal(self.ranges)


@dataclass(frozen=True, slots=True)
class Property:
    """One character by properties of Unicode (`\\p{…}`), or of a class that has some."""

    at: int
    names: tuple[tuple[str, bool], ...] = ()
    """Any of them; with each whether it is negated."""
    ranges: Ranges = ()
    """Or of any of these."""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """`^`"""


@dataclass(frozen=True, slots=True)
class End:
    """`$`"""


@dataclass(frozen=True, slots=True)
class Boundary:
    """`\\b` and `\\B`"""

    negated: bool


@dataclass(frozen=True, slots=True)
class Back:
    """What a group has matched, once more."""

    number: int
    at: int


@dataclass(frozen=True, slots=True)
class Look:
    """What comes next, or came before, without taking it."""

    of: Node
    ahead: bool
    negated: bool
    at: int


@dataclass(frozen=True, slots=True)
class Group:
    """Parentheses; those that capture have a number."""

    of: Node
    number: int | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    of: Node
    least: int
    most: int | None
    lazy: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other. Of none: the empty text."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Two alternatives or more."""

    of: tuple[Node, ...]


Node: TypeAlias = (
    "One | Property | Start | End | Boundary | Back | Look | Group | Repeat | Sequence | Either"
)

EMPTY = Sequence(())


def parts(tree: Node) -> tuple[Node, ...]:
    """Return the trees that a tree is made of."""
    match tree:
        case Group(of) | Repeat(of) | Look(of):
            return (of,)
        case Sequence(of) | Either(of):
            return of
        case One() | Property() | Start() | End() | Boundary() | Back():
            return ()


def refers(tree: Node) -> bool:
    """Return whether anything in a tree goes back to a group."""
    return isinstance(tree, Back) or any(map(refers, parts(tree)))


@dataclass(frozen=True, slots=True)
class Malformed:
    """What is no regular expression, and where that shows."""

    reason: str
    offset: int
