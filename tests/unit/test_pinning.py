"""Tags of variants: the values that mean them, and no others."""

from __future__ import annotations

import pytest

from specloom import ir
from specloom.lower.api import lower
from specloom.values import Json

from .schemas import document

TEXT = ir.Scalar(ir.ScalarKind.STRING)
UNION = """
    Shape:
      oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]
      discriminator: {propertyName: kind, mapping: {round: Circle, oval: Circle, Square: Square}}
    Square: {type: object, required: [kind], properties: {kind: {type: string}}}
"""
CIRCLE = """
    Circle: {type: object, required: [kind], properties: {kind: KIND}}
"""


def kind(schemas: str) -> ir.Type:
    """Return the type of the member `kind` of `Circle`."""
    api = lower(document(schemas, "3.1.0")).api
    circle = next(d for d in api.definitions if d.id.address == "/components/schemas/Circle")
    assert isinstance(circle.shape, ir.Object)
    (found,) = (p.type for p in circle.shape.properties if p.wire_name.raw == "kind")
    return found


def literal(*values: str, tag: bool = True) -> ir.Literal:
    return ir.Literal(tuple(map(Json.of, values)), tag=tag)


@pytest.mark.parametrize(
    ("written", "pinned"),
    [
        ("{type: string}", literal("round", "oval")),
        ("{enum: [oval, Square, round]}", literal("oval", "round")),
        ("{enum: [oval, Square]}", literal("oval")),
        ("{$ref: '#/components/schemas/Kind'}", literal("round")),
        ("{type: string, default: round}", literal("round", "oval")),
        ("{type: string, default: flat}", TEXT),
    ],
)
def test_a_tag_has_the_values_that_mean_its_variant(written: str, pinned: ir.Type) -> None:
    schemas = UNION + CIRCLE.replace("KIND", written) + "    Kind: {enum: [round, Square]}"
    assert kind(schemas) == pinned


@pytest.mark.parametrize("required", ["", "required: [kind], "])
def test_a_tag_that_nobody_declared_is_declared(required: str) -> None:
    """Without it a caller could not send what the server could read."""
    forgetful = f"{{type: object, {required}properties: {{size: {{type: number}}}}}}"
    union = UNION[: UNION.index("    Square:")]
    schemas = f"{union}    Square: {forgetful}\n    Circle: {forgetful}\n"
    assert kind(schemas) == literal("round", "oval")


def test_an_enum_may_grow_where_its_object_comes_without_the_union() -> None:
    schemas = UNION + CIRCLE.replace("KIND", "{type: string}")
    drawing = """
    Drawing: {type: object, properties: {frame: {$ref: '#/components/schemas/Circle'}}}
    """
    assert kind(schemas + drawing) == literal("round", "oval", tag=False)


def test_an_heir_may_come_for_what_it_inherits_from() -> None:
    schemas = UNION + CIRCLE.replace("KIND", "{type: string}")
    ring = """
    Ring: {allOf: [{$ref: '#/components/schemas/Circle'}, {properties: {inner: {type: number}}}]}
    """
    drawing = """
    Drawing: {type: object, properties: {frame: {$ref: '#/components/schemas/Circle'}}}
    """
    assert kind(schemas + ring) == literal("round", "oval")
    assert kind(schemas + ring + drawing) == TEXT


@pytest.mark.parametrize(
    ("mapping", "pinned"),
    [("oval: Circle, round: Circle", literal("round", "oval")), ("ring: Circle", TEXT)],
)
def test_unions_that_disagree_pin_nothing(mapping: str, pinned: ir.Type) -> None:
    figure = f"""
    Figure:
      oneOf: [{{$ref: '#/components/schemas/Circle'}}, {{$ref: '#/components/schemas/Line'}}]
      discriminator: {{propertyName: kind, mapping: {{line: Line, {mapping}}}}}
    Line: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}
    """
    assert kind(UNION + CIRCLE.replace("KIND", "{type: string}") + figure) == pinned
