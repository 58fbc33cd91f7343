"""The types that get a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from specloom.assertion import Assertion
from specloom.ir.ids import NO_DOCS, Docs, Hint, TypeId
from specloom.ir.types import Check, Type
from specloom.values import Json, Place, Text
from specloom.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Default:
    """Wraps the value so that a default of null differs from no default."""

    value: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    wire_name: Text
    hint: Text | None = None
    """What the author would have it called."""
    type: Type
    required: bool
    default: Default | None = None
    secret: bool = False
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    properties: tuple[Property, ...]
    closed: bool
    """Whether the document forbids further members. Where it does not they are kept."""
    additional: Type | None = None
    """What further members are, where the document says it: they are a field of their own."""
    checks: tuple[Check, ...] = ()
    """Of the object as a whole."""

    @property
    def types(self) -> tuple[Type, ...]:
        """Those of all members, named or not."""
        more = () if self.additional is None else (self.additional,)
        return (*(property_.type for property_ in self.properties), *more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    type: Type
    """Never a union, never null, and of another Python type than every other variant's, if not of
    another class: what they share is one variant, with a check."""
    assertion: Assertion | None = None
    """All that its schema says, where values have to be tried against it; None where they have not."""
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """At least two variants, and how a value is told to be of one of them."""

    variants: tuple[Variant, ...]
    verdict: Verdict
    exclusive: tuple[Assertion, ...] = ()
    """Of a `oneOf` in which a value may fit two: what its alternatives assert. A value that fits
    two of these is refused where decoding is strict."""


@dataclass(frozen=True, slots=True)
class Alias:
    of: Type


Shape: TypeAlias = Object | Union | Alias


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Which way a definition travels. Computed once, over the whole graph."""

    sent: bool = False
    received: bool = False
    patched: bool = False
    """Within the body of a PATCH: there an absent member means "leave it as it is"."""
    uploaded: bool = False
    """Within a multipart form: there octets are files."""
    closed: bool = False
    """Of a target that asks for it: values and variants that nobody listed are errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A schema that gets a name: every component, and every inline object, union, body or answer."""

    id: TypeId
    hints: tuple[Hint, ...]
    shape: Shape
    nullable: bool = False
    """Of an object or a union: null fits as well. An alias says so by its type."""
    usage: Usage
    twin: TypeId | None = None
    """Of a type that is sent: what the same schema is where it is received, if that is another."""
    docs: Docs = NO_DOCS
    at: Place = field(compare=False)

    @property
    def properties(self) -> tuple[Property, ...]:
        """Those of an object; nothing else has any."""
        return self.shape.properties if isinstance(self.shape, Object) else ()
