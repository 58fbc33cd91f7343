"""Assertions put together, and said as plainly as they can be.

What says nothing of a value may still mark the members or items that it looked at, for an
`Unevaluated` around it. Where nobody asks for marks (`marks` is false) it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from specloom.assertion import (
    ANYTHING,
    NOTHING,
    Assertion,
    Contains,
    Equals,
    Every,
    Fits,
    Items,
    Members,
    Names,
    Not,
    OfKind,
    Single,
    Some,
    Unevaluated,
    When,
)
from specloom.values import Json, Kind, Text

NULL = OfKind((Kind.NULL,))
Named: TypeAlias = tuple[tuple[Text, Assertion], ...]


def equals(values: Iterable[Json]) -> Assertion:
    known = tuple(dict.fromkeys(values))
    return Equals(known) if known else NOTHING


def every(of: Iterable[Assertion]) -> Assertion:
    flat = (part for each in of for part in (each.of if isinstance(each, Every) else (each,)))
    parts = tuple(dict.fromkeys(flat))
    if NOTHING in parts:
        return NOTHING
    return parts[0] if len(parts) == 1 else Every(parts)


def some(of: Iterable[Assertion], *, marks: bool) -> Assertion:
    flat = (part for each in of for part in (each.of if isinstance(each, Some) else (each,)))
    parts = _joined(tuple(dict.fromkeys(flat)))
    if ANYTHING in parts and not marks:
        return ANYTHING
    return parts[0] if len(parts) == 1 else Some(parts)


def _joined(parts: tuple[Assertion, ...]) -> tuple[Assertion, ...]:
    """Make one of all kinds among some alternatives, and one of all values."""
    kinds = dict.fromkeys(k for part in parts if isinstance(part, OfKind) for k in part.kinds)
    values = dict.fromkeys(v for part in parts if isinstance(part, Equals) for v in part.values)
    return tuple(dict.fromkeys(_among(part, tuple(kinds), tuple(values)) for part in parts))


def _among(part: Assertion, kinds: tuple[Kind, ...], values: tuple[Json, ...]) -> Assertion:
    match part:
        case OfKind():
            return OfKind(kinds)
        case Equals():
            return Equals(values)
        case _:
            return part


def single(of: tuple[Assertion, ...]) -> Assertion:
    return of[0] if len(of) == 1 else Single(of)


def negation(of: Assertion) -> Assertion:
    if of == ANYTHING:
        return NOTHING
    return ANYTHING if of == NOTHING else Not(of)


def when(condition: Assertion, then: Assertion, otherwise: Assertion, *, marks: bool) -> Assertion:
    if then == otherwise == ANYTHING and not marks:
        return ANYTHING
    return When(condition, then, otherwise)


def nullable(of: Assertion) -> Assertion:
    """Return what passes null as well."""
    match of:
        case OfKind(kinds):
            return OfKind(tuple(dict.fromkeys((*kinds, Kind.NULL))))
        case Equals(values):
            return equals((*values, Json("null")))
        case Every((OfKind() | Equals() as first, *others)) if not any(map(_is_strict, others)):
            return every((nullable(first), *others))
        case Every(()):
            return of
        case _:
            return some((of, NULL), marks=True)


def _is_strict(assertion: Assertion) -> bool:
    """Return whether an assertion may refuse null."""
    compound = Every | Some | Single | Not | When | Unevaluated | Fits
    return isinstance(assertion, OfKind | Equals | compound)


def items(first: tuple[Assertion, ...], rest: Assertion | None, *, marks: bool) -> Assertion:
    if not marks:
        rest = None if rest == ANYTHING else rest
        while rest is None and first and first[-1] == ANYTHING:
            first = first[:-1]
    return ANYTHING if not first and rest is None else Items(first, rest)


def contains(of: Assertion, least: int, most: int | None, *, marks: bool) -> Assertion:
    if least == 0 and most is None and not marks:
        return ANYTHING
    return Contains(of, least, most)


def members(named: Named, matching: Named, rest: Assertion | None, *, marks: bool) -> Assertion:
    if not marks:
        rest = None if rest == ANYTHING else rest
        if rest is None:
            named, matching = _telling(named), _telling(matching)
    if not named and not matching and rest is None:
        return ANYTHING
    return Members(named=named, matching=matching, rest=rest)


def _telling(named: Named) -> Named:
    return tuple((name, of) for name, of in named if of != ANYTHING)


def names(of: Assertion) -> Assertion:
    return ANYTHING if of == ANYTHING else Names(of)
