"""What a schema asserts of a JSON value, exactly, as JSON Schema 2020-12 means it.

An assertion passes every value of a kind that it does not speak of. It looks at the JSON value,
never at the Python one. Schemas mention others by their address, so recursion needs no cycles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from specloom.values import Json, Kind, Text


@dataclass(frozen=True, slots=True)
class OfKind:
    """Of one of these kinds. `NUMBER` takes integers too; `INTEGER` takes 1.0."""

    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Equals:
    """Equal to one of these, as JSON is: 1.0 is 1, true is not."""

    values: tuple[Json, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Of a number; `above` and `below` exclude their own value."""

    least: Json | None = None
    most: Json | None = None
    above: Json | None = None
    below: Json | None = None


@dataclass(frozen=True, slots=True)
class Multiple:
    """Of a number."""

    of: Json


@dataclass(frozen=True, slots=True)
class Long:
    """Of a string, in code points."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Matches:
    """Of a string: an ECMA-262 regular expression, searched, not matched."""

    pattern: Text


@dataclass(frozen=True, slots=True)
class Formatted:
    """Of a string: one of the formats that Specloom asserts where they tell variants apart."""

    format: str


@dataclass(frozen=True, slots=True)
class Counted:
    """Of an array, in items."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Distinct:
    """Of an array: no two items are equal."""


@dataclass(frozen=True, slots=True)
class Items:
    """Of an array: the first few, each against its own, and all others."""

    first: tuple[Assertion, ...]
    rest: Assertion | None


@dataclass(frozen=True, slots=True)
class Contains:
    """Of an array: how many items pass."""

    of: Assertion
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Sized:
    """Of an object, in members."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Requires:
    """Of an object: these members are there; always, or where `given` is."""

    names: tuple[Text, ...]
    given: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Of an object: each member against all that speaks of its name; `rest` for the others."""

    named: tuple[tuple[Text, Assertion], ...] = ()
    matching: tuple[tuple[Text, Assertion], ...] = ()
    """By ECMA-262 regular expressions of names."""
    rest: Assertion | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Of an object: each name, as a string."""

    of: Assertion


@dataclass(frozen=True, slots=True)
class Every:
    """All of them. Of none: the schema `true`."""

    of: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of them. Of none: the schema `false`."""

    of: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Single:
    """Exactly one of them."""

    of: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Not:
    of: Assertion


@dataclass(frozen=True, slots=True)
class When:
    """`if`, `then` and `else`; `dependentSchemas`."""

    condition: Assertion
    then: Assertion
    otherwise: Assertion


@dataclass(frozen=True, slots=True)
class Unevaluated:
    """`of`, and then: what `of` says nothing of, where it holds, passes `rest`.

    JSON Schema 2020-12, section 11: of members of an object, or of items of an array.
    """

    kind: Kind
    """`OBJECT` or `ARRAY`."""
    of: Assertion
    rest: Assertion


@dataclass(frozen=True, slots=True)
class Fits:
    """What the schema at this address (a JSON pointer) asserts. The only edge that may close a
    cycle."""

    address: Text


Assertion: TypeAlias = (
    OfKind
    | Equals
    | Within
    | Multiple
    | Long
    | Matches
    | Formatted
    | Counted
    | Distinct
    | Items
    | Contains
    | Sized
    | Requires
    | Members
    | Names
    | Every
    | Some
    | Single
    | Not
    | When
    | Unevaluated
    | Fits
)

ANYTHING = Every(())
NOTHING = Some(())
