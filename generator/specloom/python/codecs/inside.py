"""What an assertion about a value says of what is within the value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from specloom.assertion import (
    ANYTHING,
    Assertion,
    Equals,
    Every,
    Fits,
    Items,
    Members,
    Not,
    OfKind,
    Single,
    Some,
    Unevaluated,
    When,
)
from specloom.patterns import Pattern, takes
from specloom.plain import every
from specloom.values import Kind, Text

Step: TypeAlias = str | int
_NONE: frozenset[Text] = frozenset()


def inside(
    assertion: Assertion, steps: Iterable[Step], known: Mapping[Text, Assertion]
) -> Assertion | None:
    """Return all that is said of a member or an item that is there; None where it depends on more.

    `known` has what is mentioned by address. What mentions itself on the way says no more by that.
    """
    found: Assertion | None = assertion
    for step in steps:
        found = None if found is None else _inside(found, step, known, _NONE)
    return found


def _inside(
    assertion: Assertion, step: Step, known: Mapping[Text, Assertion], trail: frozenset[Text]
) -> Assertion | None:
    match assertion:
        case Every(of):
            return _all(_inside(part, step, known, trail) for part in of)
        case Fits(address) if address in trail:
            return ANYTHING
        case Fits(address):
            return _inside(known[address], step, known, trail | {address})
        case Some(of):
            live = [part for part in of if _may_hold(part, step)]
            return _inside(live[0], step, known, trail) if len(live) == 1 else None
        case Members() if isinstance(step, str):
            return _member(assertion, step)
        case Items(first, rest) if isinstance(step, int):
            return first[step] if step < len(first) else rest or ANYTHING
        case Equals() | Single() | Not() | When() | Unevaluated():
            return None
        case _:
            return ANYTHING


def _all(parts: Iterable[Assertion | None]) -> Assertion | None:
    found: list[Assertion] = []
    for part in parts:
        if part is None:
            return None
        found.append(part)
    return every(found)


def _may_hold(assertion: Assertion, step: Step) -> bool:
    """Return whether something with members, or items, may be what is asserted."""
    needed = Kind.OBJECT if isinstance(step, str) else Kind.ARRAY
    return not isinstance(assertion, OfKind) or needed in assertion.kinds


def _member(members: Members, name: str) -> Assertion | None:
    about = [of for named, of in members.named if named.raw == name]
    for pattern, of in members.matching:
        found = takes(Pattern(pattern.raw), name)
        if found is None:
            return None
        about += [of] if found else []
    return every(about) if about else members.rest or ANYTHING
