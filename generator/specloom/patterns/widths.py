"""How many characters an expression takes."""

from __future__ import annotations

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


def width(tree: Node) -> int | None:
    """Return how many characters a tree takes; None where that varies."""
    match tree:
        case One() | Property():
            return 1
        case Start() | End() | Boundary() | Look():
            return 0
        case Back():
            return None
        case Group(of):
            return width(of)
        case Repeat(of, least, most):
            each = width(of)
            return each * least if each is not None and least == most else None
        case Sequence(of):
            widths = [width(part) for part in of]
            return None if None in widths else sum(each or 0 for each in widths)
        case Either(of):
            widths = [width(part) for part in of]
            return widths[0] if len(set(widths)) == 1 else None


def is_nullable(tree: Node) -> bool:
    """Return whether a tree may take nothing."""
    match tree:
        case One() | Property():
            return False
        case Start() | End() | Boundary() | Look() | Back():
            return True
        case Group(of):
            return is_nullable(of)
        case Repeat(of, least):
            return least == 0 or is_nullable(of)
        case Sequence(of):
            return all(map(is_nullable, of))
        case Either(of):
            return any(map(is_nullable, of))
