"""What schemas assert, as it is read from a document."""

from __future__ import annotations

import pytest

from specloom.assertion import (
    ANYTHING,
    NOTHING,
    Assertion,
    Contains,
    Counted,
    Distinct,
    Equals,
    Every,
    Fits,
    Formatted,
    Items,
    Long,
    Matches,
    Members,
    Multiple,
    Names,
    Not,
    OfKind,
    Requires,
    Single,
    Sized,
    Some,
    Unevaluated,
    When,
    Within,
)
from specloom.lower.schemas.assertions import Unsayable
from specloom.lower.schemas.formatted import FORMATTED, Formats
from specloom.values import Json, Kind, Place, Text, Tree

from .asserting import HOME, asserted

A, B, C = Text("a"), Text("b"), Text("c")
STRING, INTEGER, OBJECT = (OfKind((kind,)) for kind in (Kind.STRING, Kind.INTEGER, Kind.OBJECT))


def values(*of: Tree) -> Equals:
    return Equals(tuple(map(Json.of, of)))


READ: list[tuple[Tree, Assertion]] = [
    (True, ANYTHING),
    (False, NOTHING),
    ({}, ANYTHING),
    ({"title": "a", "format": "uuid", "default": 1}, ANYTHING),
    ({"type": "string"}, STRING),
    ({"type": "file"}, ANYTHING),
    ({"type": ["string", "integer"]}, OfKind((Kind.STRING, Kind.INTEGER))),
    ({"enum": ["a", "a", 1.0]}, values("a", 1.0)),
    ({"const": None}, values(None)),
    ({"type": "string", "enum": ["a", 1]}, values("a")),
    ({"type": "number", "enum": ["a", 1, 1.5]}, values(1, 1.5)),
    ({"type": "integer", "const": "a"}, NOTHING),
    ({"minimum": 1, "exclusiveMaximum": 2.5}, Within(least=Json("1"), below=Json("2.5"))),
    ({"multipleOf": 0.1}, Multiple(Json("0.1"))),
    ({"minLength": 1, "pattern": "^a"}, Every((Long(1, None), Matches(Text("^a"))))),
    ({"maxLength": 2.0}, Long(0, 2)),
    ({"minItems": 0, "uniqueItems": False}, ANYTHING),
    ({"maxItems": 2, "uniqueItems": True}, Every((Counted(0, 2), Distinct()))),
    ({"items": {"type": "string"}}, Items((), STRING)),
    (
        {"prefixItems": [{"type": "string"}, True], "items": False},
        Items((STRING, ANYTHING), NOTHING),
    ),
    ({"prefixItems": [{"type": "string"}, True]}, Items((STRING,), None)),
    ({"contains": {"type": "string"}}, Contains(STRING, 1, None)),
    ({"contains": True, "minContains": 0, "maxContains": 2}, Contains(ANYTHING, 0, 2)),
    ({"contains": True, "minContains": 0}, ANYTHING),
    ({"minProperties": 1}, Sized(1, None)),
    ({"required": ["a", "b", "a"]}, Requires((A, B))),
    ({"dependentRequired": {"a": []}, "enum": []}, NOTHING),
    ({"dependentRequired": {"a": []}}, ANYTHING),
    ({"dependentRequired": {"a": ["b", "c"]}}, Requires((B, C), given=A)),
    ({"properties": {"a": {"type": "string"}, "b": {}}}, Members(named=((A, STRING),))),
    (
        {"properties": {"a": {}}, "patternProperties": {"^b": True}, "additionalProperties": False},
        Members(named=((A, ANYTHING),), matching=((Text("^b"), ANYTHING),), rest=NOTHING),
    ),
    ({"additionalProperties": True}, ANYTHING),
    ({"propertyNames": {"maxLength": 1}}, Names(Long(0, 1))),
    ({"allOf": [{"type": "string"}, {"minLength": 1}]}, Every((STRING, Long(1, None)))),
    ({"type": "string", "allOf": [{"type": "string"}]}, STRING),
    ({"allOf": [True, False]}, NOTHING),
    ({"anyOf": [{"type": "string"}, {"type": "null"}]}, OfKind((Kind.STRING, Kind.NULL))),
    (
        {"anyOf": [{"const": 1}, {"minimum": 3}, {"enum": [2]}]},
        Some((values(1, 2), Within(least=Json("3")))),
    ),
    ({"anyOf": [{"type": "string"}, True]}, ANYTHING),
    ({"oneOf": [{"type": "string"}]}, STRING),
    ({"oneOf": [{"type": "string"}, {"type": "string"}]}, Single((STRING, STRING))),
    ({"not": {"required": ["a"]}}, Not(Requires((A,)))),
    ({"not": {}}, NOTHING),
    ({"not": False}, ANYTHING),
    ({"if": {"type": "string"}, "then": {"minLength": 1}}, When(STRING, Long(1, None), ANYTHING)),
    (
        {"if": {"type": "string"}, "else": {"minimum": 1}},
        When(STRING, ANYTHING, Within(least=Json("1"))),
    ),
    ({"if": {"type": "string"}}, ANYTHING),
    ({"then": {"type": "string"}}, ANYTHING),
    (
        {"dependentSchemas": {"a": {"required": ["b"]}}},
        When(Every((OBJECT, Requires((A,)))), Requires((B,)), ANYTHING),
    ),
    (
        {"properties": {"a": True}, "unevaluatedProperties": False},
        Unevaluated(Kind.OBJECT, Members(named=((A, ANYTHING),)), NOTHING),
    ),
    (
        {
            "not": {"properties": {"a": True}},
            "unevaluatedProperties": False,
        },
        Unevaluated(Kind.OBJECT, NOTHING, NOTHING),
    ),
    (
        {"dependentSchemas": {"a": True}, "unevaluatedProperties": False},
        Unevaluated(Kind.OBJECT, ANYTHING, NOTHING),
    ),
    (
        {"if": {"prefixItems": [True]}, "unevaluatedItems": {"type": "string"}},
        Unevaluated(Kind.ARRAY, When(Items((ANYTHING,), None), ANYTHING, ANYTHING), STRING),
    ),
    (
        {"$ref": "#/components/schemas/S", "minimum": 1},
        Every((Fits(Text(f"{HOME}S")), Within(least=Json("1")))),
    ),
]


@pytest.mark.parametrize(("said", "assertion"), READ, ids=str)
def test_a_schema_is_read_to_the_letter(said: Tree, assertion: Assertion) -> None:
    assert asserted(said).root == assertion


LEGACY: list[tuple[Tree, Assertion]] = [
    ({"minimum": 1, "exclusiveMinimum": True}, Within(above=Json("1"))),
    ({"maximum": 1, "exclusiveMaximum": False}, Within(most=Json("1"))),
    ({"exclusiveMaximum": True}, ANYTHING),
    ({"$ref": "#/components/schemas/S", "minimum": 1}, Fits(Text(f"{HOME}S"))),
    (
        {"$ref": "#/components/schemas/S", "nullable": True},
        Some((Fits(Text(f"{HOME}S")), OfKind((Kind.NULL,)))),
    ),
]


@pytest.mark.parametrize(("said", "assertion"), LEGACY, ids=str)
def test_openapi_3_0_has_a_dialect_of_its_own(said: Tree, assertion: Assertion) -> None:
    assert asserted(said, legacy=True).root == assertion


NULLS: list[tuple[Tree, Assertion]] = [
    ({"type": "string", "nullable": True}, OfKind((Kind.STRING, Kind.NULL))),
    (
        {"type": "string", "nullable": True, "minLength": 1},
        Every((OfKind((Kind.STRING, Kind.NULL)), Long(1, None))),
    ),
    (
        {"type": "string", "nullable": True, "minLength": 1, "not": {"pattern": "a"}},
        Some((Every((STRING, Long(1, None), Not(Matches(A)))), OfKind((Kind.NULL,)))),
    ),
    (
        {
            "allOf": [{"anyOf": [{"properties": {"a": True}}, True], "nullable": True}],
            "unevaluatedProperties": False,
        },
        Unevaluated(
            Kind.OBJECT,
            Some((Members(named=((A, ANYTHING),)), ANYTHING, OfKind((Kind.NULL,)))),
            NOTHING,
        ),
    ),
    ({"enum": ["a"], "nullable": True}, values("a", None)),
    ({"nullable": True}, ANYTHING),
    ({"anyOf": [{"type": "string"}, {"nullable": True}]}, OfKind((Kind.STRING, Kind.NULL))),
    ({"oneOf": [{"type": "string"}, {"nullable": True}]}, Single((STRING, OfKind((Kind.NULL,))))),
    (
        {"not": {"minimum": 1}, "nullable": True},
        Some((Not(Within(least=Json("1"))), OfKind((Kind.NULL,)))),
    ),
    ({"type": "string", "enum": ["a", None]}, values("a", None)),
    ({"type": ["string", "null"], "enum": ["a"]}, values("a", None)),
    ({"type": "string", "enum": [None]}, NOTHING),
    ({"type": "string", "enum": [None], "nullable": True}, OfKind((Kind.NULL,))),
]


@pytest.mark.parametrize("legacy", [True, False])
@pytest.mark.parametrize(("said", "assertion"), NULLS, ids=str)
def test_null_fits_where_it_is_meant_to(said: Tree, assertion: Assertion, legacy: bool) -> None:
    assert asserted(said, legacy=legacy).root == assertion


def test_formats_are_asserted_where_that_is_asked_for() -> None:
    said: Tree = {"allOf": [{"format": name} for name in ("date", "uuid4", "int32", "x")]}
    assert asserted(said).root == ANYTHING
    assert asserted(said, formats=Formats.HERE).root == Every(
        (Formatted("date"), Formatted("uuid"))
    )
    mentioned: dict[str, Tree] = {"T": {"format": "date"}}
    for formats, key, of in (
        (Formats.NOWHERE, "T", ANYTHING),
        (Formats.HERE, "T", ANYTHING),
        (Formats.EVERYWHERE, f"T{FORMATTED}", Formatted("date")),
    ):
        found = asserted({"$ref": "#/components/schemas/T"}, mentioned, formats=formats)
        assert found.known == {Text(f"{HOME}{key}"): of}


# --- what is mentioned ------------------------------------------------------------------------


def test_a_schema_that_mentions_itself_is_read_once() -> None:
    found = asserted(
        {"$ref": "#/components/schemas/T%3C"},
        {"T<": {"items": {"$ref": "#/components/schemas/T%3c"}}},
    )
    address = Text(f"{HOME}T<")
    assert found.root == Fits(address)
    assert found.known == {address: Items((), Fits(address))}


def test_what_is_mentioned_comes_in_the_order_in_which_it_is_met() -> None:
    others: dict[str, Tree] = {
        "A": {"items": {"$ref": "#/components/schemas/C"}},
        "B": {"type": "string"},
        "C": {"properties": {"b": {"$ref": "#/components/schemas/B"}}},
    }
    said: Tree = {"allOf": [{"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/A"}]}
    assert [address.raw for address in asserted(said, others).known] == [
        f"{HOME}{n}" for n in "BAC"
    ]


def test_marks_are_kept_where_an_unevaluated_asks_for_them() -> None:
    others: dict[str, Tree] = {
        "T": {"allOf": [{"$ref": "#/components/schemas/U"}]},
        "U": {"properties": {"a": {"properties": {"b": True}}}},
    }
    said: Tree = {"$ref": "#/components/schemas/T"}
    assert asserted(said, others).known == {
        Text(f"{HOME}T"): Fits(Text(f"{HOME}U")),
        Text(f"{HOME}U"): ANYTHING,
    }
    marked = Members(named=((A, ANYTHING),))
    asking: list[tuple[dict[str, Tree], Assertion]] = [
        ({"not": said, "anyOf": [said]}, marked),
        ({"if": said}, marked),
        ({"not": said}, ANYTHING),
        ({"additionalProperties": said}, ANYTHING),
    ]
    for keywords, of in asking:
        closed = asserted({**keywords, "unevaluatedProperties": False}, others)
        assert closed.known[Text(f"{HOME}U")] == of


def test_a_schema_far_beside_another_is_mentioned_by_address() -> None:
    said: Tree = {"type": "string"}
    for _ in range(12):
        said = {"not": said}
    assert [address.raw for address in asserted(said).known] == [
        f"{HOME}S" + "/not" * depth for depth in (5, 10)
    ]


def test_a_schema_far_within_another_is_mentioned_by_address() -> None:
    said: Tree = {"type": "string"}
    for _ in range(12):
        said = {"items": said}
    found = asserted(said)
    assert [address.raw for address in found.known] == [
        f"{HOME}S" + "/items" * depth for depth in (5, 10)
    ]
    value: Tree = "a"
    for _ in range(12):
        value = [value]
    assert found.holds(value) is True
    assert found.holds([value]) is False


def test_a_pattern_that_python_cannot_say_is_told_where_it_stands() -> None:
    with pytest.raises(Unsayable) as unsayable:
        asserted({"properties": {"a": {"pattern": r"^\p{Script=Greek}$"}}})
    assert unsayable.value.at == Place("spec.yaml", f"{HOME}S/properties/a/pattern")
    with pytest.raises(Unsayable) as unsayable:
        asserted({"patternProperties": {r"^\p{Script=Greek}$": True}})
    at = Place("spec.yaml", f"{HOME}S/patternProperties/^\\p{{Script=Greek}}$").at_key()
    assert unsayable.value.at == at
