"""What the decoder of a union makes of a JSON value, worked out by other means.

Where that cannot be told exactly there is no outcome, and nothing is tried.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import TypeAlias, assert_never

from specloom import ir
from specloom.assertion import Assertion
from specloom.evaluation import holds
from specloom.python.annotations import is_open
from specloom.python.codecs.inside import inside
from specloom.python.codecs.variants import kinds_listed
from specloom.values import Json, Kind, Text, Tree, kind_of
from specloom.verdict import ByItem, ByKey, ByKind, ByMember, ByTag, ByTest, Choice, Take, Trial

Holding: TypeAlias = Callable[[Assertion, Tree], bool]
Steps: TypeAlias = tuple[str | int, ...]
_LISTED = 12
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Taken:
    """For a value of this variant, whose decoder has the rest of the say."""

    variant: int


@dataclass(frozen=True, slots=True)
class Refused:
    """`says` is what the error says after its path."""

    says: str
    steps: Steps = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """As it came, for its tag may mean something one day; where decoding is strict, refused."""

    strictly: Refused


@dataclass(frozen=True, slots=True)
class TakenLoosely:
    """For a value of this variant, though it fits two alternatives: where decoding is strict, refused."""

    variant: int


Outcome: TypeAlias = Taken | TakenLoosely | Refused | Kept
Foretold: TypeAlias = Callable[[ir.TypeId, Json], Outcome | None]
"""Returns what becomes of a value that a union reads, if it is no null that it takes as well."""


class Absent(Enum):
    """What stands where a member or an item is not."""

    ABSENT = "absent"


_ABSENT = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class _Here:
    """A value on which something depends, and how it was come by."""

    value: Tree | Absent
    whole: Tree
    """What it is within, or the value itself."""
    steps: Steps = ()
    is_kept: bool = False
    """Whether the value as a whole is kept where its tag is not listed."""

    def within(self, value: Tree | Absent, step: str | int) -> _Here:
        return replace(self, value=value, steps=(*self.steps, step))

    def refused(self, expected: str) -> Refused:
        return Refused(f"expected {expected}, found {found(self.value)}", self.steps)


def foretold(
    definitions: Mapping[ir.TypeId, ir.Definition], known: Mapping[Text, Assertion]
) -> Foretold:
    """Return what tells the outcomes of all unions, each once: to judge a value takes a while."""

    @cache
    def outcome(id_: ir.TypeId, value: Json) -> Outcome | None:
        union = definitions[id_].shape
        assert isinstance(union, ir.Union)
        reading = _Reading(
            union,
            definitions,
            holds=lambda assertion, tree: holds(assertion, tree, known),
            known=known,
            tolerant=is_open(definitions[id_]),
        )
        return reading.outcome(value.value)

    return outcome


@dataclass(frozen=True, slots=True)
class _Reading:
    """How one union is read."""

    union: ir.Union
    definitions: Mapping[ir.TypeId, ir.Definition]
    holds: Holding
    known: Mapping[Text, Assertion]
    tolerant: bool
    """Whether an object is kept where nobody listed its tag."""

    def outcome(self, value: Tree) -> Outcome | None:
        made = self._follow(self.union.verdict.choice, _Here(value, value, is_kept=self.tolerant))
        if sum(self.holds(assertion, value) for assertion in self.union.exclusive) < 2:
            return made
        return TakenLoosely(made.variant) if isinstance(made, Taken) else None

    def _follow(self, choice: Choice, here: _Here) -> Outcome | None:
        made: Choice | Refused | Kept
        match choice:
            case Take(variant):
                return Taken(variant)
            case ByKind(cases):
                kind = None if isinstance(here.value, Absent) else kind_of(here.value)
                listed = kinds_listed(tuple(k for kinds, _ in cases for k in kinds))
                made = next((of for kinds, of in cases if kind in kinds), here.refused(listed))
            case ByTag():
                made = _tagged(choice, here)
            case ByKey():
                made = _keyed(choice, here)
            case ByMember(name, of, absent):
                if not isinstance(here.value, dict):
                    return here.refused("an object")
                here = here.within(here.value.get(name.raw, _ABSENT), name.raw)
                made = absent if absent is not None and here.value is _ABSENT else of
            case ByItem(of, absent):
                if not isinstance(here.value, list):
                    return None if here.steps else here.refused("an array")
                here = replace(here.within(next(iter(here.value), _ABSENT), 0), is_kept=False)
                made = absent if absent is not None and here.value is _ABSENT else of
            case ByTest(variants):
                return self._tested(variants, here)
            case Trial(variants):
                return self._tried(variants, here)
            case _:
                assert_never(choice)
        return made if isinstance(made, Refused | Kept) else self._follow(made, here)

    def _tested(self, variants: tuple[int, ...], here: _Here) -> Outcome | None:
        """Return the first that fits; the last is not asked."""
        for number in variants[:-1]:
            assertion = self.union.variants[number].assertion
            if assertion is None or isinstance(here.value, Absent):
                return None
            within = inside(assertion, here.steps, self.known)
            asked = (assertion, here.whole) if within is None else (within, here.value)
            if self.holds(*asked):
                return Taken(number)
        return Taken(variants[-1])

    def _tried(self, variants: tuple[int, ...], here: _Here) -> Outcome | None:
        """Return the most specific of those that fit, or the one that is the nearest."""
        if any(self.union.variants[n].assertion is None for n in variants):
            return None
        return Taken(max(variants, key=lambda number: self._rank(number, here.whole)))

    def _rank(self, number: int, value: Tree) -> tuple[bool, int, int, bool]:
        """Return how well a variant fits: of equals, the first of the document is taken."""
        variant = self.union.variants[number]
        shape = None
        if isinstance(variant.type, ir.Ref):
            shape = self.definitions[variant.type.target].shape
        fits = variant.assertion is not None and self.holds(variant.assertion, value)
        if not isinstance(shape, ir.Object) or not isinstance(value, dict):
            closed = isinstance(shape, ir.Object) and shape.closed
            return fits, 0, 0, closed
        declared = sum(p.wire_name.raw in value for p in shape.properties)
        required = [p.wire_name.raw for p in shape.properties if p.required]
        missing = sum(name not in value for name in required)
        return fits, declared - missing, len(required), shape.closed


def _tagged(tag: ByTag, here: _Here) -> Choice | Refused | Kept:
    if not isinstance(here.value, dict):
        return here.refused("an object")
    here = here.within(here.value.get(tag.name.raw, _ABSENT), tag.name.raw)
    found_ = here.value
    if isinstance(found_, Absent):
        return tag.absent or tag.others or _unlisted(tag, here)
    for values, of in tag.cases:
        if any(_is_same(found_, value) for value in values):
            return of
    if tag.others is not None:
        return tag.others
    known = {kind_of(value.value) for values, _ in tag.cases for value in values}
    kinds = {Kind.STRING: str, Kind.INTEGER: int}
    may_come = any(kind in known and type(found_) is class_ for kind, class_ in kinds.items())
    refused = _unlisted(tag, here)
    return Kept(refused) if here.is_kept and may_come else refused


def _is_same(found_: Tree, listed: Json) -> bool:
    """Return whether `match` takes a value for a tag: 1.0 for 1, and true too, which then fails."""
    value = listed.value
    return found_ is value if isinstance(value, bool) else found_ == value


def _unlisted(tag: ByTag, here: _Here) -> Refused:
    words = [str(value.value) for values, _ in tag.cases for value in values]
    more = f" and {len(words) - _LISTED} more" if len(words) > _LISTED else ""
    listed = f"{', '.join(words[:_LISTED])}{more}"
    if type(here.value) is not str and type(here.value) is not int:
        return here.refused(f"one of {listed}")
    shown = json.dumps(here.value)
    if len(shown) > _LONGEST:
        shown = f"{shown[:_LONGEST]}..."
    near = get_close_matches(str(here.value)[: 4 * _LONGEST], words, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return Refused(f"{shown} is not one of {listed}{hint}", here.steps)


def _keyed(key: ByKey, here: _Here) -> Choice | Refused:
    if not isinstance(here.value, dict):
        return here.refused("an object")
    names: list[str] = []
    rest: Choice | None = key
    while isinstance(rest, ByKey):
        if rest.name.raw in here.value:
            return rest.present
        names.append(rest.name.raw)
        rest = rest.absent
    if rest is not None:
        return rest
    *others, last = names
    either = f"{', '.join(others)} or {last}" if others else last
    none = "none of them" if others else "none"
    return Refused(f"expected a member {either}, found {none}", here.steps)


def found(value: Tree | Absent) -> str:
    """Return what the errors of a package call a value."""
    return "nothing" if isinstance(value, Absent) else _FOUND[kind_of(value)]


_FOUND = {
    Kind.NULL: "null",
    Kind.BOOLEAN: "a boolean",
    Kind.INTEGER: "a number",
    Kind.NUMBER: "a number",
    Kind.STRING: "a string",
    Kind.ARRAY: "an array",
    Kind.OBJECT: "an object",
}
