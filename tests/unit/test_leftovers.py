"""What some keywords of a schema assert without the others."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.assertion import (
    ANYTHING,
    NOTHING,
    Assertion,
    Contains,
    Formatted,
    Items,
    Long,
    Members,
    Not,
    OfKind,
    Requires,
    Some,
    Unevaluated,
    When,
    Within,
)
from specloom.evaluation import holds
from specloom.lower.closure import closure
from specloom.lower.leftovers import leftover
from specloom.values import Json, Kind, Text, Tree

from .asserting import OTHERS, SCHEMAS, VALUES, asserted, document, schema_of

A = Text("a")
STRING, INTEGER, OBJECT = (OfKind((kind,)) for kind in (Kind.STRING, Kind.INTEGER, Kind.OBJECT))

WHOLE: Tree = {
    "type": "object",
    "properties": {"a": {"type": "string"}},
    "patternProperties": {"^b": {"type": "integer"}},
    "additionalProperties": False,
    "minimum": 1,
    "exclusiveMinimum": 2,
    "prefixItems": [{"type": "string"}],
    "items": {"type": "integer"},
    "contains": {"type": "string"},
    "minContains": 2,
    "if": {"type": "string"},
    "then": {"minLength": 1},
    "not": {"required": ["a"]},
    "unevaluatedItems": False,
}
LEFT: list[tuple[str, tuple[Assertion, ...]]] = [
    ("type", (OBJECT,)),
    ("title", ()),
    (
        "additionalProperties",
        (Members(named=((A, ANYTHING),), matching=((Text("^b"), ANYTHING),), rest=NOTHING),),
    ),
    ("properties", (Members(named=((A, STRING),)),)),
    ("items", (Items((ANYTHING,), INTEGER),)),
    ("prefixItems", (Items((STRING,), None),)),
    ("contains", (Contains(STRING, 2, None),)),
    ("if", (When(STRING, Long(1, None), ANYTHING),)),
    ("then", ()),
    ("not type", (OBJECT, Not(Requires((A,))))),
    ("exclusiveMinimum", (Within(above=Json("2")),)),
]


@pytest.mark.parametrize(("keywords", "assertions"), LEFT)
def test_some_keywords_speak_alone(keywords: str, assertions: tuple[Assertion, ...]) -> None:
    found = document(WHOLE, legacy=False)
    assert leftover(schema_of(found), found, frozenset(keywords.split())) == assertions


def test_what_reads_its_neighbours_brings_them() -> None:
    found = document(
        {"required": ["a"], "unevaluatedItems": False, "unevaluatedProperties": False}, legacy=False
    )
    assert leftover(schema_of(found), found, frozenset(("unevaluatedItems",))) == (
        Unevaluated(Kind.ARRAY, Requires((A,)), NOTHING),
    )


def test_what_is_left_passes_null_where_the_schema_does() -> None:
    found = document({"not": {"type": "string"}, "minimum": 1, "nullable": True}, legacy=True)
    assert leftover(schema_of(found), found, frozenset(("not",))) == (
        Some((Not(STRING), OfKind((Kind.NULL,)))),
    )


def test_nothing_is_left_beside_a_reference_of_openapi_3_0() -> None:
    said: Tree = {"$ref": "#/components/schemas/S", "minimum": 1}
    for legacy, left in ((True, ()), (False, (Within(least=Json("1")),))):
        found = document(said, legacy=legacy)
        assert leftover(schema_of(found), found, frozenset(("minimum",))) == left


@settings(deadline=None, max_examples=200, derandomize=True)
@given(SCHEMAS, st.lists(VALUES, min_size=4, max_size=8))
def test_keywords_say_together_what_the_schema_says(said: Tree, values: list[Tree]) -> None:
    found, whole = document(said, OTHERS, legacy=False), asserted(said, OTHERS)
    schema = schema_of(found)
    keywords = [frozenset((keyword,)) for keyword, _ in schema.node.members()]
    parts = [part for keyword in keywords for part in leftover(schema, found, keyword)]
    known = dict(closure(parts, found))
    for value in values if keywords else []:
        assert all(holds(part, value, known) for part in parts) is whole.holds(value)


def test_formats_are_left_only_where_that_is_asked_for() -> None:
    found = document({"format": "uuid"}, legacy=False)
    schema, keywords = schema_of(found), frozenset(("format",))
    assert leftover(schema, found, keywords) == ()
    assert leftover(schema, found, keywords, formats=True) == (Formatted("uuid"),)
