"""Types, and what a value must satisfy beyond its type."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from specloom.assertion import Assertion
from specloom.ir.ids import TypeId
from specloom.values import Json


class ScalarKind(Enum):
    """What a scalar is read as."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    STRING = "string"
    UUID = "uuid"
    DATE_TIME = "date_time"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    BASE64 = "base64"
    BASE64URL = "base64url"
    """Octets within JSON."""
    DECIMAL = "decimal"
    """A number in a text, digit for digit."""
    BINARY = "binary"
    """Octets: a file within a form, text within JSON."""
    NULL = "null"
    """Nothing but null. What else may be null is `Nullable`."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value, null included."""


@dataclass(frozen=True, slots=True)
class Scalar:
    kind: ScalarKind


@dataclass(frozen=True, slots=True)
class Literal:
    """One of a few values, each a string, an integer or a boolean. A `const` is a literal of one."""

    values: tuple[Json, ...]
    open: bool = False
    """Whether the document allows others of their kind too: the values are what is known of it."""
    tag: bool = False
    """Whether a union is told by it: another value means another variant."""


@dataclass(frozen=True, slots=True)
class Nullable:
    """`of` is never nullable itself, and never anything."""

    of: Type


@dataclass(frozen=True, slots=True)
class Array:
    item: Type


@dataclass(frozen=True, slots=True)
class Map:
    value: Type


@dataclass(frozen=True, slots=True)
class Checked:
    """`of`, narrowed where it is mentioned. `of` is never checked itself; order is as written."""

    of: Type
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Ref:
    """A mention of a definition. The only edge between types that may close a cycle."""

    target: TypeId


Type: TypeAlias = "Anything | Scalar | Literal | Nullable | Array | Map | Checked | Ref"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Of a number; `above` and `below` exclude their own value."""

    least: Json | None = None
    most: Json | None = None
    above: Json | None = None
    below: Json | None = None


@dataclass(frozen=True, slots=True)
class MultipleOf:
    """Of a number."""

    of: Json


@dataclass(frozen=True, slots=True)
class Length:
    """Of a string, in code points."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """Of the items of an array."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Size:
    """Of an object, in members."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Unique:
    """No two items of an array are equal."""


@dataclass(frozen=True, slots=True)
class UuidVersion:
    """The version of a UUID (RFC 9562, section 4.2)."""

    version: int


@dataclass(frozen=True, slots=True)
class Width:
    """Of an integer, in bits."""

    bits: int
    signed: bool


@dataclass(frozen=True, slots=True)
class Holds:
    """What neither a type nor another check says of a value: an assertion about its JSON."""

    assertion: Assertion


@dataclass(frozen=True, slots=True)
class Exclusive:
    """No two of these hold of the JSON: asked where decoding is strict, and never of what is sent.

    For the variants of a `oneOf` that share a type of Python's.
    """

    assertions: tuple[Assertion, ...]


Check: TypeAlias = (
    Bounds | MultipleOf | Width | Length | Count | Size | Unique | UuidVersion | Holds | Exclusive
)
