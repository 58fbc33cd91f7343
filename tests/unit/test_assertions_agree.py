"""Three opinions of what schemas assert: the generator's, the generated code's and a validator's."""

from __future__ import annotations

import black
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.values import Tree

from .asserting import OTHERS, SCHEMAS, VALUES, Asserted, asserted


def opinions(
    said: Tree, found: Asserted, values: list[Tree]
) -> list[tuple[bool, bool | None, bool]]:
    """Return what each of three says of each value."""
    judge = jsonschema_rs.Draft202012Validator(
        {"$ref": "#/components/schemas/S", "components": {"schemas": {"S": said, **OTHERS}}}
    )
    fits = found.program()
    return [(judge.is_valid(value), found.holds(value), fits(value)) for value in values]


TELLING: list[tuple[Tree, list[Tree], list[Tree]]] = [
    ({"type": "integer"}, [1, 1.0, -0.0], [1.5, True, "1"]),
    ({"type": "number"}, [1, 1.5], [False, None]),
    ({"const": 1}, [1.0], [True, "1"]),
    ({"const": {"a": [False]}}, [{"a": [False]}], [{"a": [0]}, {"a": [False], "b": 1}]),
    ({"enum": [[True], "a"]}, [[True]], [[1], True]),
    ({"minimum": 9007199254740993}, [9007199254740993], [9007199254740992]),
    ({"multipleOf": 0.01}, [4.35, 1, "a"], [0.075]),
    ({"minLength": 2}, ["\U0001f600\U0001f600", 1], ["\U0001f600"]),
    ({"pattern": "b$"}, ["ab", 1], ["ba", "b\n"]),
    (
        {"uniqueItems": True},
        [[1, True], [{"a": 1}, {"a": True}]],
        [[1, 1.0], [{"a": 1, "b": 2}, {"b": 2, "a": 1}]],
    ),
    ({"prefixItems": [{"type": "string"}], "items": False}, [[], ["a"], "a"], [[1], ["a", 1]]),
    ({"contains": {"type": "string"}, "maxContains": 1}, [[1, "a"], {}], [[], ["a", "b"]]),
    ({"contains": {"type": "string"}, "minContains": 0, "maxContains": 0}, [[1]], [["a"]]),
    ({"required": ["a"]}, [{"a": None}, []], [{}, {"b": 1}]),
    ({"properties": {"a": False}}, [{"b": 1}], [{"a": 1}]),
    (
        {"patternProperties": {"a": {"type": "string"}}, "properties": {"ba": {"minLength": 1}}},
        [{"ba": "a"}, {"b": 1}],
        [{"ba": ""}, {"ba": 1}],
    ),
    (
        {"patternProperties": {"^a": True}, "additionalProperties": {"type": "null"}},
        [{"a": 1, "b": None}],
        [{"b": 1}],
    ),
    ({"propertyNames": {"maxLength": 1}}, [{"a": 1}, "ab"], [{"ab": 1}]),
    ({"dependentRequired": {"a": ["b"]}}, [{"b": 1}, {"a": 1, "b": 1}], [{"a": 1}]),
    (
        {"dependentSchemas": {"a": {"maxProperties": 1}}},
        [{"a": 1}, {"b": 1, "c": 1}, 1],
        [{"a": 1, "b": 1}],
    ),
    ({"dependentSchemas": {"a": False}}, [1, {"b": 1}], [{"a": 1}]),
    ({"oneOf": [{"minimum": 1}, {"minimum": 2}]}, [1], [2, 0, "a"]),
    ({"anyOf": [{"minimum": 2}, {"type": "integer"}]}, [1, 2.5], [1.5]),
    ({"not": {"type": ["integer", "string"]}}, [1.5, None], [1, "a"]),
    ({"if": {"minimum": 1}, "then": {"maximum": 2}, "else": {"const": 0}}, [1, 0, "a"], [3, -1]),
    ({"if": False, "else": {"type": "string"}, "then": False}, ["a"], [1]),
    (
        {"allOf": [{"properties": {"a": True}}], "additionalProperties": False},
        [{}],
        [{"a": 1}],
    ),
    (
        {"allOf": [{"properties": {"a": True}}], "unevaluatedProperties": False},
        [{"a": 1}],
        [{"b": 1}],
    ),
    (
        {
            "anyOf": [{"properties": {"a": {"const": 1}}}, {"properties": {"b": True}}],
            "unevaluatedProperties": False,
        },
        [{"a": 1, "b": 2}],
        [{"a": 2}, {"c": 1}],
    ),
    (
        {"not": {"not": {"properties": {"a": True}}}, "unevaluatedProperties": False},
        [{}],
        [{"a": 1}],
    ),
    (
        {
            "if": {"properties": {"a": {"const": 1}}, "required": ["a"]},
            "unevaluatedProperties": False,
        },
        [{"a": 1}],
        [{"a": 2}],
    ),
    (
        {"allOf": [{"unevaluatedProperties": {"type": "integer"}}], "unevaluatedProperties": False},
        [{"a": 1}],
        [{"a": "a"}],
    ),
    (
        {"dependentSchemas": {"a": {"properties": {"a": True}}}, "unevaluatedProperties": False},
        [{"a": 1}],
        [{"b": 1}],
    ),
    (
        {"contains": {"type": "string"}, "unevaluatedItems": {"type": "null"}},
        [["a", None]],
        [["a", 1]],
    ),
    ({"allOf": [{"prefixItems": [True]}], "unevaluatedItems": False}, [[1], {"a": 1}], [[1, 2]]),
    (
        {"$ref": "#/components/schemas/T", "unevaluatedProperties": False},
        [{"a": {"c": 1}, "b": 1}],
        [{"c": 1}, {"b": ""}],
    ),
    (
        {"$ref": "#/components/schemas/U"},
        [{"b": 1}, [[{"b": 1}]], [[[]]]],
        [[[1, 2]], {}, [{"a": 1}], 1],
    ),
]


@pytest.mark.parametrize(("said", "fitting", "others"), TELLING, ids=lambda part: str(part)[:60])
def test_telling_cases(said: Tree, fitting: list[Tree], others: list[Tree]) -> None:
    found = asserted(said, OTHERS)
    assert opinions(said, found, fitting) == [(True, True, True)] * len(fitting)
    assert opinions(said, found, others) == [(False, False, False)] * len(others)


# --- schemas that nobody thought of ------------------------------------------------------------


@settings(deadline=None, max_examples=300, derandomize=True)
@given(SCHEMAS, st.lists(VALUES, min_size=4, max_size=12))
def test_nobody_disagrees(said: Tree, values: list[Tree]) -> None:
    found = asserted(said, OTHERS)
    for value, said_of in zip(values, opinions(said, found, values), strict=True):
        assert len(set(said_of)) == 1, (value, said_of)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(SCHEMAS)
def test_black_leaves_what_is_written(said: Tree) -> None:
    code = asserted(said, OTHERS).code()
    assert black.format_str(code, mode=black.Mode()) == code
