"""Three opinions of what schemas assert: the generator's, the generated code's and a validator's."""

from __future__ import annotations

import black
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.values import Tree

from .asserting import Asserted, asserted

OTHERS: dict[str, Tree] = {
    "T": {"properties": {"a": {"$ref": "#/components/schemas/T"}, "b": {"type": "integer"}}},
    "U": {
        "anyOf": [
            {"items": {"$ref": "#/components/schemas/U"}, "maxItems": 1, "type": "array"},
            {"properties": {"b": True}, "required": ["b"], "type": "object"},
        ]
    },
}


def opinions(said: Tree, found: Asserted, values: list[Tree]) -> list[tuple[bool, bool, bool]]:
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


# --- schemas that nobody thought of --------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "ab"])
SCALARS: st.SearchStrategy[Tree] = st.sampled_from(
    [None, True, False, 0, 1, 1.0, 1.5, 2, "", "a", "ab"]
)
VALUES: st.SearchStrategy[Tree] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
COUNTS = st.integers(0, 2)
KINDS = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])
PLAIN: st.SearchStrategy[dict[str, Tree]] = st.one_of(
    st.fixed_dictionaries({"type": KINDS | st.lists(KINDS, min_size=1, max_size=3, unique=True)}),
    st.fixed_dictionaries({"enum": st.lists(VALUES, min_size=1, max_size=2)}),
    st.fixed_dictionaries({"const": VALUES}),
    *(
        st.fixed_dictionaries({keyword: COUNTS})
        for keyword in (
            *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
            *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
        )
    ),
    st.fixed_dictionaries({"multipleOf": st.sampled_from([1, 0.5, 2])}),
    st.fixed_dictionaries({"uniqueItems": st.booleans()}),
    st.fixed_dictionaries({"pattern": st.sampled_from(["^a", "b$", "."])}),
    st.fixed_dictionaries({"required": st.lists(NAMES, max_size=2, unique=True)}),
    st.fixed_dictionaries(
        {"dependentRequired": st.dictionaries(NAMES, st.lists(NAMES, max_size=1))}
    ),
    st.just({"$ref": "#/components/schemas/T"}),
    st.just({"$ref": "#/components/schemas/U"}),
)


def around(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[dict[str, Tree]]:
    """Return keywords that hold schemas."""
    some = st.lists(inner, min_size=1, max_size=2)
    named = st.dictionaries(NAMES, inner, min_size=1, max_size=2)
    patterns = st.dictionaries(st.sampled_from(["^a", "b$"]), inner, min_size=1, max_size=2)
    return st.one_of(
        *(st.fixed_dictionaries({k: some}) for k in ("allOf", "anyOf", "oneOf", "prefixItems")),
        *(
            st.fixed_dictionaries({keyword: inner})
            for keyword in (
                *("not", "items", "additionalProperties", "propertyNames"),
                *("unevaluatedItems", "unevaluatedProperties"),
            )
        ),
        st.fixed_dictionaries({"properties": named}),
        st.fixed_dictionaries({"patternProperties": patterns}),
        st.fixed_dictionaries({"dependentSchemas": named}),
        st.fixed_dictionaries(
            {"contains": inner}, optional={"minContains": COUNTS, "maxContains": COUNTS}
        ),
        st.fixed_dictionaries({"if": inner}, optional={"then": inner, "else": inner}),
    )


def together(keywords: st.SearchStrategy[dict[str, Tree]]) -> st.SearchStrategy[Tree]:
    return st.booleans() | st.lists(keywords, min_size=1, max_size=3).map(merged)


def merged(parts: list[dict[str, Tree]]) -> Tree:
    """Return one schema; of `type` and `enum` only one, as null is read more kindly in them."""
    schema = {keyword: value for part in parts for keyword, value in part.items()}
    return {k: v for k, v in schema.items() if k != "enum" or "type" not in schema}


SCHEMAS: st.SearchStrategy[Tree] = st.recursive(
    together(PLAIN), lambda inner: together(PLAIN | around(inner)), max_leaves=6
)


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


# --- schemas that mean harm ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({"$ref": "#/components/schemas/S"}, True),
        ({"allOf": [{"$ref": "#/components/schemas/S"}, {"type": "integer"}]}, True),
        ({"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/S"}]}, True),
        ({"not": {"$ref": "#/components/schemas/S"}}, True),
        ({"unevaluatedItems": False, "$ref": "#/components/schemas/S"}, True),
    ],
    ids=str,
)
def test_what_mentions_itself_on_the_way_says_no_more_by_that(said: Tree, fits: bool) -> None:
    found = asserted(said)
    assert found.holds(1) is found.program()(1) is fits


def test_a_base_that_lists_its_own_heirs_is_no_trap() -> None:
    base: Tree = {"required": ["a"], "oneOf": [{"$ref": "#/components/schemas/Heir"}]}
    heir: Tree = {"required": ["b"], "allOf": [{"$ref": "#/components/schemas/S"}]}
    for name in ("S", "Heir"):
        found = asserted({"$ref": f"#/components/schemas/{name}"}, {"Heir": heir, "S": base})
        fits = found.program()
        for value, wanted in (({"a": 1, "b": 1}, True), ({"a": 1}, False), ({"b": 1}, False)):
            assert found.holds(value) is fits(value) is wanted


def chained(length: int, link: str) -> dict[str, Tree]:
    """Return schemas each of which mentions the next one twice."""
    links: dict[str, Tree] = {f"L{length}": {"type": "string"}}
    for i in range(length):
        links[f"L{i}"] = {link: [{"$ref": f"#/components/schemas/L{i + 1}"}] * 2}
    return links


@pytest.mark.parametrize("link", ["anyOf", "oneOf", "prefixItems"])
def test_nothing_is_asked_twice(link: str) -> None:
    found = asserted({"$ref": "#/components/schemas/L0"}, chained(60, link))
    value: Tree = 1
    if link == "prefixItems":
        for _ in range(60):
            value = [value] * 2
    assert not found.holds(value)
    assert not found.program()(value)


def test_alternatives_that_differ_only_deep_down_take_no_longer() -> None:
    """Each level would be looked at once by each of the three variants above it."""
    variants: Tree = [
        {"properties": {"of": {"$ref": "#/components/schemas/S"}, "kind": {"const": kind}}}
        for kind in "abc"
    ]
    fits = asserted({"oneOf": variants}).program()
    value: Tree = {"kind": "c"}
    for _ in range(45):
        value = {"of": value, "kind": "b"}
    assert fits(value)


def test_a_chain_that_would_take_all_of_the_stack_is_cut() -> None:
    found = asserted({"$ref": "#/components/schemas/L0"}, chained(1500, "allOf"))
    assert len(found.known) == 1501
    assert not found.holds("a")
    assert not found.program()("a")
