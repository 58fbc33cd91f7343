"""A conjunction of what can be asserted of one JSON value, kind by kind.

A value that fits a schema fits one of the schema's atoms; what fits an atom need not fit the
schema, for what cannot be said here is left out. So that nothing fits an atom is a proof, that
something does is a hint.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from specloom.unions.library import Schema
from specloom.unions.strings import Language
from specloom.values import Json, Kind

Number: TypeAlias = int | float
KINDS = frozenset(Kind)
"""In an atom `INTEGER` and `NUMBER` exclude one another: a number that is no integer."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Range:
    """Of numbers. An end that is open is not within."""

    least: Number = -math.inf
    most: Number = math.inf
    least_open: bool = False
    most_open: bool = False

    def meet(self, other: Range) -> Range:
        least = max((self.least, self.least_open), (other.least, other.least_open))
        most = min((self.most, not self.most_open), (other.most, not other.most_open))
        return Range(least[0], most[0], least[1], not most[1])

    def holds(self, number: Number) -> bool:
        above = self.least < number or (self.least == number and not self.least_open)
        below = self.most > number or (self.most == number and not self.most_open)
        return above and below

    def includes(self, other: Range) -> bool:
        return self.meet(other) == other

    @property
    def lowest(self) -> int | None:
        """The least integer within, if there is an end."""
        if self.least == -math.inf:
            return None
        return math.floor(self.least) + 1 if self.least_open else math.ceil(self.least)

    @property
    def highest(self) -> int | None:
        if self.most == math.inf:
            return None
        return math.ceil(self.most) - 1 if self.most_open else math.floor(self.most)


@dataclass(frozen=True, slots=True)
class Span:
    """Of lengths and counts."""

    least: int = 0
    most: int | None = None

    def meet(self, other: Span) -> Span:
        ends = [most for most in (self.most, other.most) if most is not None]
        return Span(max(self.least, other.least), min(ends, default=None))

    def holds(self, count: int) -> bool:
        return self.least <= count and (self.most is None or count <= self.most)

    @property
    def is_empty(self) -> bool:
        return self.most is not None and self.least > self.most


@dataclass(frozen=True, slots=True)
class Layout:
    """Of an array: schemas of the first items, and of all others."""

    first: tuple[Schema, ...]
    rest: Schema

    def at(self, index: int) -> Schema:
        return self.first[index] if index < len(self.first) else self.rest


@dataclass(frozen=True, slots=True)
class Layer:
    """What one schema object says of members that it does not name. Layers are not merged: each
    closes by its own names."""

    names: frozenset[str]
    patterns: tuple[tuple[str, Schema], ...]
    others: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    kinds: frozenset[Kind] = KINDS
    values: tuple[Json, ...] | None = None
    """Canonical, and only these; None: any."""
    refused: frozenset[Json] = frozenset()
    range: Range = Range()
    multiples: tuple[Number, ...] = ()
    length: Span = Span()
    languages: tuple[Language, ...] = ()
    count: Span = Span()
    layouts: tuple[Layout, ...] = ()
    contains: tuple[Schema, ...] = ()
    distinct: bool = False
    size: Span = Span()
    members: Mapping[str, tuple[Schema, ...]] = field(default_factory=dict[str, tuple[Schema, ...]])
    required: frozenset[str] = frozenset()
    layers: tuple[Layer, ...] = ()
    names: tuple[Schema, ...] = ()
    """What each name of a member fits, as a string."""
    forbidden: tuple[frozenset[str], ...] = ()
    """Sets of members of which one at least is missing."""
    exact: bool = True
    """Whether nothing was left out."""

    def of(self, kind: Kind) -> Atom:
        """Return what it asserts of one kind."""
        values = self.values
        if values is not None:
            values = tuple(value for value in values if kind_of_canonical(value) is kind)
        return replace(self, kinds=self.kinds & {kind}, values=values)


ANYTHING = Atom()


def kind_of_canonical(value: Json) -> Kind:
    """Return the kind of a canonical value, by its text alone."""
    raw = value.raw
    match raw[0]:
        case "n":
            return Kind.NULL
        case "t" | "f":
            return Kind.BOOLEAN
        case '"':
            return Kind.STRING
        case "[":
            return Kind.ARRAY
        case "{":
            return Kind.OBJECT
        case _:
            return Kind.INTEGER if raw.lstrip("-").isdecimal() else Kind.NUMBER


def conjunction(one: Atom, other: Atom) -> Atom:
    """Return what both assert together."""
    kinds = one.kinds & other.kinds
    values = one.values if other.values is None else other.values
    if one.values is not None and other.values is not None:
        common = {value.raw for value in other.values}
        values = tuple(value for value in one.values if value.raw in common)
    if values is not None:
        values = tuple(value for value in values if kind_of_canonical(value) in kinds)
        kinds = frozenset(map(kind_of_canonical, values))
    return Atom(
        kinds=kinds,
        values=values,
        refused=one.refused | other.refused,
        range=one.range.meet(other.range),
        multiples=_joined(one.multiples, other.multiples),
        length=one.length.meet(other.length),
        languages=_joined(one.languages, other.languages),
        count=one.count.meet(other.count),
        layouts=_joined(one.layouts, other.layouts),
        contains=_joined(one.contains, other.contains),
        distinct=one.distinct or other.distinct,
        size=one.size.meet(other.size),
        members=_members(one.members, other.members),
        required=one.required | other.required,
        layers=_joined(one.layers, other.layers),
        names=_joined(one.names, other.names),
        forbidden=_joined(one.forbidden, other.forbidden),
        exact=one.exact and other.exact,
    )


def _members(
    one: Mapping[str, tuple[Schema, ...]], other: Mapping[str, tuple[Schema, ...]]
) -> Mapping[str, tuple[Schema, ...]]:
    if not one or not other:
        return one or other
    both = {name: _joined(one[name], other.get(name, ())) for name in one}
    return {**both, **{name: schemas for name, schemas in other.items() if name not in one}}


def _joined(one: tuple[_T, ...], other: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys((*one, *other)))
