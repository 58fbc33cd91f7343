"""How the variants of a union are told apart, and what is known about it.

A choice is a decision tree over a JSON value, read from the top; a decoder is that tree, printed.
Variants are numbered as their union lists them. Null is no part of it: a union that takes null says
so itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from specloom.values import Json, Kind, Text, kind_of

# --- choices -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Take:
    """This one: nothing else is left."""

    variant: int


@dataclass(frozen=True, slots=True)
class ByKind:
    """By what JSON itself can tell apart. A kind without a case is of no variant.

    Integers and other numbers have cases of their own only where variants differ in that: 1.0 is an
    integer.
    """

    cases: tuple[tuple[tuple[Kind, ...], Choice], ...]


@dataclass(frozen=True, slots=True)
class ByTag:
    """Of an object: by the value of a member. Tags of two members are one within the other."""

    name: Text
    cases: tuple[tuple[tuple[Json, ...], Choice], ...]
    absent: Choice | None = None
    """None: the member has to be there."""
    others: Choice | None = None
    """Where a variant takes values that it does not list. None: another value is of no variant."""


@dataclass(frozen=True, slots=True)
class ByKey:
    """Of an object: by whether a member is there."""

    name: Text
    present: Choice
    absent: Choice | None
    """None: of no variant."""


@dataclass(frozen=True, slots=True)
class ByMember:
    """Of an object: by a choice over the value of a member."""

    name: Text
    of: Choice
    absent: Choice | None
    """None: the member has to be there."""


@dataclass(frozen=True, slots=True)
class ByItem:
    """Of an array: by a choice over its first item."""

    of: Choice
    empty: Choice | None
    """Of an array without items. None: of no variant."""


@dataclass(frozen=True, slots=True)
class ByTest:
    """Of a value without members or items, or of a few kinds of arrays and objects that exclude one
    another: the first that it fits, the most specific before the others."""

    variants: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """Of those that fit, the most specific; of none, the one that was probably meant."""

    variants: tuple[int, ...]
    """In the order of the document."""


Choice: TypeAlias = "Take | ByKind | ByTag | ByKey | ByMember | ByItem | ByTest | Trial"

# --- what is known -----------------------------------------------------------------------


class Evidence(Enum):
    """How far it is known that no value is of two variants."""

    PROVEN = "proven"
    DECLARED = "declared"
    """The author's `discriminator` says so, and the schemas alone do not prove it."""
    CONVENTION = "convention"
    """What decides tells all variants apart without trial, although an odd value fits two."""
    OVERLAP = "overlap"
    """Values fit several variants, and only a trial decides. There is a witness."""
    UNDECIDED = "undecided"
    """Neither a proof nor a witness was found."""


class Rule(Enum):
    """What decides, as people are told of it."""

    ONE = "one variant"
    DECLARED_TAG = "declared tag"
    TAG = "tag"
    TAGS = "several tags"
    KIND = "kind"
    KEY = "key"
    VALUES = "values"
    CONSTRAINT = "constraint"
    NESTED = "nested"
    """By what is within a member or an item."""
    MIXED = "mixed"
    TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class Overlap:
    """A value that two variants accept, the smallest that was found; a validator agrees."""

    first: int
    second: int
    witness: Json


class Cure(Enum):
    TAG = "a required constant of its own in each"
    CLOSE_FIRST = "`additionalProperties: false` in the first"
    CLOSE_SECOND = "`additionalProperties: false` in the second"
    REQUIRE = "requiring a member that tells them apart already"


@dataclass(frozen=True, slots=True)
class Mended:
    """What would make two variants disjoint: it was tried, and the proof succeeds."""

    by: Cure
    name: Text | None = None
    """The member that is meant, if any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    choice: Choice
    evidence: Evidence
    rule: Rule
    overlaps: tuple[Overlap, ...] = ()
    """At most one for each pair of variants, and of a few pairs only; the first is shown."""
    cures: tuple[Mended, ...] = ()
    """For the pair of the first overlap."""
    dead: tuple[int, ...] = ()
    """Variants that no value fits: no choice leads to them."""
    same: tuple[tuple[int, int], ...] = ()
    """Variants that say what an earlier one says: (the later, the earlier)."""
    reason: str = ""
    """Where undecided: why, in our own words."""


def tag_of(choice: Choice) -> ByTag | None:
    """Return the tag of a union whose objects one tag tells apart; what is no object may be with
    them."""
    match choice:
        case ByTag():
            return choice
        case ByKind(cases):
            found = [of for kinds, of in cases if Kind.OBJECT in kinds]
            return tag_of(found[0]) if found else None
        case _:
            return None


def tags(choice: Choice) -> dict[int, tuple[Json, ...]]:
    """Return the values of the tag that mean each variant; none where no tag decides."""
    found: dict[int, tuple[Json, ...]] = {}
    tag = tag_of(choice)
    for values, of in tag.cases if tag else ():
        if isinstance(of, Take):
            found[of.variant] = (*found.get(of.variant, ()), *values)
    return found


def is_trial(choice: Choice) -> bool:
    """Return whether a value may have to be tried against several variants."""
    return isinstance(choice, Trial) or any(is_trial(of) for of in branches(choice))


def keys(choice: Choice) -> dict[int, Text]:
    """Return the member whose presence means each variant, where that decides."""
    found: dict[int, Text] = {}
    match choice:
        case ByKey(name, present, absent):
            if isinstance(present, Take):
                found[present.variant] = name
            for of in (present, absent):
                found |= {n: key for n, key in (keys(of) if of else {}).items() if n not in found}
        case ByKind(cases):
            for _, of in cases:
                found |= keys(of)
        case _:
            pass
    return found


def tested(choice: Choice) -> frozenset[int]:
    """Return the variants that values are tried against, with all that their schemas assert."""
    match choice:
        case Trial(variants):
            return frozenset(variants)
        case ByTest(variants):
            return frozenset(variants[:-1])
        case _:
            return frozenset(n for of in branches(choice) for n in tested(of))


def compared(choice: Choice) -> frozenset[int]:
    """Return those of the tested variants of which the one that fits best is taken."""
    match choice:
        case Trial(variants):
            return frozenset(variants)
        case _:
            return frozenset(n for of in branches(choice) for n in compared(of))


def branches(choice: Choice) -> tuple[Choice, ...]:
    """Return the choices within a choice, in order."""
    match choice:
        case Take() | ByTest() | Trial():
            return ()
        case ByKind(cases):
            return tuple(of for _, of in cases)
        case ByTag(_, cases, absent, others):
            rest = (of for of in (absent, others) if of is not None)
            return (*(of for _, of in cases), *rest)
        case ByKey(_, present, absent):
            return (present,) if absent is None else (present, absent)
        case ByMember(_, of, absent) | ByItem(of, absent):
            return (of,) if absent is None else (of, absent)


def changed(
    choice: Choice, change: Callable[[Choice], Choice], *, missing: Choice | None
) -> Choice:
    """Return a choice with each choice within it changed, and `missing` where there is none."""

    def rest(of: Choice | None) -> Choice | None:
        return missing if of is None else change(of)

    match choice:
        case Take() | ByTest() | Trial():
            return choice
        case ByKind(cases):
            return ByKind(tuple((kinds, change(of)) for kinds, of in cases))
        case ByTag(name, cases, absent, others):
            within = tuple((values, change(of)) for values, of in cases)
            return ByTag(name, within, rest(absent), rest(others))
        case ByKey(name, present, absent):
            return ByKey(name, change(present), rest(absent))
        case ByMember(name, of, absent):
            return ByMember(name, change(of), rest(absent))
        case ByItem(of, empty):
            return ByItem(change(of), rest(empty))


def has_unknown(choice: Choice) -> bool:
    """Return whether a tag may have values that nobody listed, in an object that is kept whole."""
    match choice:
        case ByTag(_, cases, _, None):
            kinds = {kind_of(value.value) for values, _ in cases for value in values}
            if kinds & {Kind.STRING, Kind.INTEGER}:
                return True
        case ByItem():
            return False
        case _:
            pass
    return any(has_unknown(of) for of in branches(choice))
