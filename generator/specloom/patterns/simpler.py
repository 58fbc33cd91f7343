"""The same search, said so that a backtracking matcher has less to try.

An expression that goes back to a group stays as it is. Of any other only one thing counts: in which
texts it finds something.

- `(?:X+)*` is `X*`, and `a|b` is `[ab]`.
- `X+Y*` is `XY*` where all of X is in Y: `[a-z]+[a-z0-9]*`.
- `X*Y?X*` is `X*(?:YX*)?`.
- What is repeated where the search begins or ends need not be taken more often than it must, and
  alternatives of which one is empty need not be taken there at all.
"""

from __future__ import annotations

from dataclasses import replace

from specloom.patterns.ranges import Ranges, normal
from specloom.patterns.syntax import (
    EMPTY,
    Either,
    Group,
    Look,
    Node,
    One,
    Property,
    Repeat,
    Sequence,
    refers,
)


def simpler(tree: Node) -> Node:
    """Return an expression that finds something in the same texts."""
    return tree if refers(tree) else _trimmed(_trimmed(_simpler(tree), 0), -1)


# --- what stands anywhere --------------------------------------------------------------------
def _simpler(tree: Node) -> Node:
    match tree:
        case Group(of) | Look(of):
            return replace(tree, of=_simpler(of))
        case Repeat(of):
            inner = _simpler(of)
            one = _bare(inner)
            return _flat(replace(tree, of=one if isinstance(one, One | Property) else inner))
        case Either(of):
            return _one_of(tuple(map(_simpler, of)))
        case Sequence(of):
            return _sequence(_joined(tuple(map(_simpler, of))))
        case _:
            return tree


def _flat(outer: Repeat) -> Repeat:
    inner = _bare(outer.of)
    if isinstance(inner, Repeat) and inner.most is None and outer.most is None:
        least = min(outer.least, inner.least)
        if max(outer.least, inner.least) <= 1:
            return Repeat(inner.of, least, None)
    return outer


def _one_of(alternatives: tuple[Node, ...]) -> Node:
    """Return alternatives of one character each as a set of characters."""
    ranges: Ranges = ()
    names: tuple[tuple[str, bool], ...] = ()
    for part in alternatives:
        match part:
            case One():
                ranges += part.points
            case Property(negated=False):
                ranges += part.ranges
                names += part.names
            case _:
                return Either(alternatives)
    return (
        Property(0, tuple(dict.fromkeys(names)), normal(ranges)) if names else One(normal(ranges))
    )


def _bare(tree: Node) -> Node:
    while isinstance(tree, Group):
        tree = tree.of
    return tree


def _joined(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return what stands one after the other, with less between which to choose."""
    done: tuple[Node, ...] = ()
    for part in parts:
        done = (*done, part)
        while (shorter := _absorbed(done) or _factored(done)) is not None:
            done = shorter
    return done


def _absorbed(parts: tuple[Node, ...]) -> tuple[Node, ...] | None:
    """Take the last of two repetitions, or the one before, no more often than it must be taken."""
    match parts:
        case (
            *before,
            Repeat(One() as one, least, most) as first,
            Repeat(One() as other, low, high) as last,
        ):
            if high is None and most != least and _is_in(one, other):
                return (*before, *_times(one, least), last)
            if most is None and high != low and _is_in(other, one):
                return (*before, first, *_times(other, low))
        case _:
            pass
    return None


def _factored(parts: tuple[Node, ...]) -> tuple[Node, ...] | None:
    """Let a repetition that comes twice come again only where something stands between."""
    match parts:
        case (
            *before,
            Repeat(One() as one, _, None) as first,
            Repeat(of, 0, 1),
            Repeat(One() as other, 0, None) as last,
        ):
            if one == other:
                return (*before, first, Repeat(Group(Sequence((of, last))), 0, 1))
        case _:
            pass
    return None


def _is_in(one: One, other: One) -> bool:
    """Return whether all characters of one are among those of another."""
    return all(
        any(low <= first and last <= high for low, high in other.points)
        for first, last in one.points
    )


def _times(tree: Node, least: int) -> tuple[Node, ...]:
    match least:
        case 0:
            return ()
        case 1:
            return (tree,)
        case _:
            return (Repeat(tree, least, least),)


def _sequence(parts: tuple[Node, ...]) -> Node:
    return parts[0] if len(parts) == 1 else Sequence(parts)


# --- what stands where the search begins or ends ---------------------------------------------
def _trimmed(tree: Node, side: int) -> Node:
    """Return a tree without what it need not take at its first or last part."""
    match tree:
        case Group(of):
            trimmed = _trimmed(of, side)
            return EMPTY if trimmed == EMPTY else replace(tree, of=trimmed)
        case Either(of):
            parts = tuple(_trimmed(part, side) for part in of)
            return EMPTY if EMPTY in parts else Either(parts)
        case Repeat(of, least):
            parts = _times(of, least)
            return _trimmed(parts[0], side) if least == 1 else _sequence(parts)
        case Sequence(of) if of:
            trimmed = _trimmed(of[side], side)
            rest = of[1:] if side == 0 else of[:-1]
            if trimmed == EMPTY:
                return _trimmed(_sequence(rest), side)
            return _sequence((trimmed, *rest) if side == 0 else (*rest, trimmed))
        case _:
            return tree
