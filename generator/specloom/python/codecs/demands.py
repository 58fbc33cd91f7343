"""What the codecs of a definition ask of its JSON, beyond what types and checks can say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from specloom import ir, plain
from specloom.assertion import ANYTHING, Assertion, Items, Members, Single
from specloom.code import NOTHING, Code
from specloom.python.annotations import World
from specloom.python.layout import Group, block


@dataclass(frozen=True, slots=True)
class Demands:
    """What one codec asks, and the names of the constants that it mentions."""

    received: Assertion
    """Where decoding is strict."""
    sent: Assertion
    received_name: Code
    """Empty: nothing is asked."""
    sent_name: Code


class Asking(TypedDict):
    expected: Code
    required: Code


def of_definition(definition: ir.Definition, world: World) -> Demands:
    asked = (_shape(definition.shape, strict=strict) for strict in (True, False))
    received, sent = (plain.nullable(a) if definition.nullable else a for a in asked)
    return _named(world.codec(definition.id), received, sent)


def of_type(type_: ir.Type, codec: Code) -> Demands:
    """Return what the private codec of a variant asks."""
    return _named(codec, _type(type_, strict=True), _type(type_, strict=False))


def asking(found: Demands) -> Asking:
    """Return the statements of a codec that ask: of what was received, and of what is to be sent."""
    received, sent = found.received_name, found.sent_name
    expect = Group(Code("schema.expect("), (received, Code("value")), Code(")"))
    require = Group(Code("schema.require("), (sent, Code("out")), Code(")"))
    return Asking(
        expected=block(expect, 8) if received else NOTHING,
        required=block(require, 4) if sent else NOTHING,
    )


def _named(codec: Code, received: Assertion, sent: Assertion) -> Demands:
    shared = Code(f"_{codec.upper()}_SCHEMA") if sent != ANYTHING else NOTHING
    if received == sent:
        return Demands(received, sent, shared, shared)
    return Demands(received, sent, Code(f"_{codec.upper()}_STRICT"), shared)


def _shape(shape: ir.Shape, *, strict: bool) -> Assertion:
    match shape:
        case ir.Object(properties=properties, additional=additional, checks=checks):
            named = tuple((p.wire_name, _type(p.type, strict=strict)) for p in properties)
            rest = None if additional is None else _type(additional, strict=strict)
            members = plain.members(named, (), rest, marks=False)
            return plain.every((members, *_held(checks, strict=strict)))
        case ir.Alias(of):
            return _type(of, strict=strict)
        case ir.Union():
            return ANYTHING  # its variants are asked by their own codecs


def _type(type_: ir.Type, *, strict: bool) -> Assertion:
    match type_:
        case ir.Checked(of, checks):
            return plain.every((_type(of, strict=strict), *_held(checks, strict=strict)))
        case ir.Nullable(of):
            return plain.nullable(_type(of, strict=strict))
        case ir.Array(item):
            inner = _type(item, strict=strict)
            return ANYTHING if inner == ANYTHING else Items((), inner)
        case ir.Map(value):
            inner = _type(value, strict=strict)
            return ANYTHING if inner == ANYTHING else Members(rest=inner)
        case ir.Anything() | ir.Scalar() | ir.Literal() | ir.Ref():
            return ANYTHING


def _held(checks: tuple[ir.Check, ...], *, strict: bool) -> Iterator[Assertion]:
    for check in checks:
        match check:
            case ir.Holds(assertion):
                yield assertion
            case ir.Exclusive(assertions) if strict:
                yield Single(assertions)
            case _:
                pass
