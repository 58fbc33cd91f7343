"""Schemas for values of several kinds, values of any kind that are listed, and items in order."""

from __future__ import annotations

import pytest

from specloom import ir
from specloom.assertion import NOTHING, Equals
from specloom.lower.api import Lowered, lower
from specloom.values import Json

from .schemas import document

NUMBER = ir.Scalar(ir.ScalarKind.NUMBER)
STRING = ir.Scalar(ir.ScalarKind.STRING)


def lowered(schemas: str) -> Lowered:
    return lower(document(schemas, "3.1.0"))


def shape(found: Lowered, name: str) -> ir.Shape:
    address = f"/components/schemas/{name}"
    return next(d for d in found.api.definitions if d.id.address == address).shape


def variants(found: Lowered, name: str) -> list[ir.Type]:
    union = shape(found, name)
    assert isinstance(union, ir.Union)
    return [variant.type for variant in union.variants]


@pytest.mark.parametrize(
    ("schema", "types"),
    [
        ("{type: [string, number]}", [STRING, NUMBER]),
        (
            "{type: [string, number], minLength: 2, minimum: 3}",
            [
                ir.Checked(STRING, (ir.Length(2, None),)),
                ir.Checked(NUMBER, (ir.Bounds(least=Json("3")),)),
            ],
        ),
        (
            "{type: ['null', array, string], items: {type: number}}",
            [ir.Array(NUMBER), STRING],
        ),
        (
            "{allOf: [{type: [string, array, object]}, {type: [array, string]}]}",
            [STRING, ir.Array(ir.Anything())],
        ),
        (
            "{type: [string, object], properties: {a: {}}}",
            [STRING, ir.Ref(ir.TypeId("/components/schemas/Whole/type/object"))],
        ),
    ],
)
def test_several_kinds_are_a_variant_each(schema: str, types: list[ir.Type]) -> None:
    assert variants(lowered(f"Whole: {schema}"), "Whole") == types


def test_integers_are_among_the_numbers() -> None:
    assert shape(lowered("Whole: {type: [integer, number]}"), "Whole") == ir.Alias(NUMBER)


def test_kinds_within_a_union_are_its_variants() -> None:
    found = lowered("Whole: {oneOf: [{type: [string, boolean]}, {type: number}]}")
    assert variants(found, "Whole") == [STRING, ir.Scalar(ir.ScalarKind.BOOLEAN), NUMBER]


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ("{enum: [0.5, 1]}", NUMBER),
        ("{const: 0.5}", NUMBER),
        ("{enum: [[1], []]}", ir.Array(ir.Anything())),
        ("{const: {a: 1}}", ir.Map(ir.Anything())),
    ],
)
def test_what_no_literal_holds_is_of_its_kind_and_checked(schema: str, type_: ir.Type) -> None:
    found = shape(lowered(f"Whole: {schema}"), "Whole")
    assert isinstance(found, ir.Alias)
    assert isinstance(found.of, ir.Checked)
    assert found.of.of == type_
    (check,) = found.of.checks
    assert isinstance(check, ir.Holds)
    assert isinstance(check.assertion, Equals)


def test_whole_numbers_are_integers_however_they_are_written() -> None:
    found = shape(lowered("Whole: {enum: [1.0, -2.0, 3]}"), "Whole")
    assert found == ir.Alias(ir.Literal((Json("1"), Json("-2"), Json("3"))))


def test_listed_values_of_several_kinds_are_a_variant_each() -> None:
    found = lowered("Whole: {enum: [auto, 0.5, true]}")
    text, number, flag = variants(found, "Whole")
    assert text == ir.Literal((Json('"auto"'),))
    assert isinstance(number, ir.Checked)
    assert number.of == NUMBER
    assert flag == ir.Literal((Json("true"),))


def test_nothing_fits_an_enum_of_nothing() -> None:
    found = shape(lowered("Whole: {enum: []}"), "Whole")
    assert found == ir.Alias(ir.Checked(ir.Anything(), (ir.Holds(NOTHING),)))


@pytest.mark.parametrize(
    ("schema", "item"),
    [
        ("prefixItems: [{type: string}], items: false", STRING),
        ("prefixItems: [{type: string}, {type: string}], items: {type: string}", STRING),
        ("prefixItems: [{type: string}], maxItems: 1", STRING),
        ("prefixItems: [{type: string}], maxItems: 2", ir.Anything()),
        ("prefixItems: [{type: string}]", ir.Anything()),
        ("prefixItems: [{type: string}, {}], items: false", ir.Anything()),
        ("prefixItems: [{type: string}, true], items: false", ir.Anything()),
        (
            "prefixItems: [{type: string}], items: {type: number}",
            ir.Ref(ir.TypeId("/components/schemas/Whole/prefixItems")),
        ),
        ("allOf: [{prefixItems: [{}]}], items: {type: number}", NUMBER),
    ],
)
def test_an_item_is_what_any_of_them_may_be(schema: str, item: ir.Type) -> None:
    found = shape(lowered(f"Whole: {{type: array, {schema}}}"), "Whole")
    assert isinstance(found, ir.Alias)
    array = found.of.of if isinstance(found.of, ir.Checked) else found.of
    assert array == ir.Array(item)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("patternProperties: {^x: {type: string}}, additionalProperties: false", STRING),
        (
            "patternProperties: {^x: {type: string}, ^y: {type: string}}, additionalProperties: false",
            STRING,
        ),
        (
            "patternProperties: {^x: {type: string}, ^y: {}}, additionalProperties: false",
            ir.Anything(),
        ),
        (
            "patternProperties: {^x: {type: string}}, additionalProperties: {type: number}",
            ir.Anything(),
        ),
        ("patternProperties: {^x: {type: string}}", ir.Anything()),
    ],
)
def test_a_map_is_of_what_its_patterns_allow(schema: str, value: ir.Type) -> None:
    found = shape(lowered(f"Whole: {{type: object, {schema}}}"), "Whole")
    assert isinstance(found, ir.Alias)
    assert isinstance(found.of, ir.Checked)
    assert found.of.of == ir.Map(value)


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ("additionalProperties: {type: number}", NUMBER),
        (
            "additionalProperties: {type: number, minimum: 1}",
            ir.Checked(NUMBER, (ir.Bounds(least=Json("1")),)),
        ),
        ("additionalProperties: true", None),
        ("additionalProperties: false", None),
        ("patternProperties: {^x: {type: string}}, additionalProperties: false", STRING),
        ("patternProperties: {^x: {type: string}}", ir.Anything()),
    ],
)
def test_members_beside_those_declared_have_a_type(schema: str, type_: ir.Type | None) -> None:
    found = shape(lowered(f"Whole: {{type: object, properties: {{a: {{}}}}, {schema}}}"), "Whole")
    assert isinstance(found, ir.Object)
    assert found.additional == type_
    assert found.closed == (schema == "additionalProperties: false")


def test_a_default_that_a_check_refuses_is_dropped() -> None:
    found = lowered("Whole: {properties: {a: {type: integer, maximum: 3, default: 5}}}")
    assert [finding.rule for finding in found.findings] == ["bad-default"]
