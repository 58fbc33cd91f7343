"""Assertions as code that reads like the schema they come from."""

from __future__ import annotations

import black
import pytest

from specloom.lower.schemas.formatted import Formats
from specloom.values import Tree

from .asserting import asserted

TREE: Tree = {
    "type": "object",
    "required": ["kind"],
    "properties": {
        "kind": {"enum": ["branch", "leaf"]},
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
    },
    "not": {"required": ["leaves", "children"]},
    "if": {"properties": {"kind": {"const": "leaf"}}},
    "then": {"maxProperties": 2},
    "patternProperties": {"^x-": {"type": "string", "pattern": "^[a-z]+$"}},
}
WRITTEN = """\
@schema.named
def _schema_0() -> schema.Assertion:
    return schema.every(
        schema.kind("object"),
        containers.requires("kind"),
        containers.members(
            {
                "kind": schema.equals("branch", "leaf"),
                "children": schema.every(
                    schema.kind("array"), containers.items(rest=_schema_0)
                ),
            },
            matching={
                "^x-": schema.every(schema.kind("string"), facets.matches("^[a-z]+\\\\Z"))
            },
        ),
        schema.negation(containers.requires("leaves", "children")),
        schema.when(
            containers.members({"kind": schema.equals("leaf")}), facets.size(0, 2)
        ),
    )


_ROOT = schema.some(_schema_0, schema.kind("string"))
"""


def test_code_reads_like_the_schema() -> None:
    said: Tree = {"anyOf": [{"$ref": "#/components/schemas/Tree"}, {"type": "string"}]}
    assert asserted(said, {"Tree": TREE}).code() == WRITTEN


LINES: list[tuple[Tree, str]] = [
    (True, "schema.ANYTHING"),
    (False, "schema.NOTHING"),
    ({"type": ["integer", "null"]}, 'schema.kind("integer", "null")'),
    ({"const": [None, {"a": True}]}, 'schema.equals([None, {"a": True}])'),
    ({"minimum": 1, "exclusiveMaximum": 2.5}, "facets.within(least=1, below=2.5)"),
    ({"multipleOf": 0.1}, "facets.multiple(0.1)"),
    ({"minLength": 1}, "facets.length(1)"),
    ({"maxItems": 2}, "facets.count(0, 2)"),
    ({"minProperties": 1}, "facets.size(1)"),
    ({"uniqueItems": True}, "facets.unique()"),
    ({"dependentRequired": {"a": ["b", "c"]}}, 'containers.requires("b", "c", given="a")'),
    ({"propertyNames": {"maxLength": 3}}, "containers.names(facets.length(0, 3))"),
    ({"additionalProperties": False}, "containers.members(rest=schema.NOTHING)"),
    (
        {"patternProperties": {f"^{letter * 17}": {"minLength": 1} for letter in "ab"}},
        "containers.members(matching={"
        f'"^{"a" * 17}": facets.length(1), "^{"b" * 17}": facets.length(1)'
        "})",
    ),
    (
        {"prefixItems": [{"const": 1}], "items": False},
        "containers.items(schema.equals(1), rest=schema.NOTHING)",
    ),
    ({"contains": {"const": 1}}, "containers.contains(schema.equals(1))"),
    ({"contains": {"const": 1}, "minContains": 2}, "containers.contains(schema.equals(1), 2)"),
    (
        {"oneOf": [{"const": 1}, {"minLength": 1}]},
        "schema.single(schema.equals(1), facets.length(1))",
    ),
    (
        {"if": {"const": 1}, "else": False},
        "schema.when(schema.equals(1), schema.ANYTHING, schema.NOTHING)",
    ),
    ({"unevaluatedProperties": False}, "unevaluated.members(schema.ANYTHING, schema.NOTHING)"),
    ({"unevaluatedItems": False}, "unevaluated.items(schema.ANYTHING, schema.NOTHING)"),
]


@pytest.mark.parametrize(("said", "line"), LINES, ids=[line for _, line in LINES])
def test_each_keyword_has_a_call(said: Tree, line: str) -> None:
    assert asserted(said).code() == black.format_str(f"_ROOT = {line}", mode=black.Mode())


def test_formats_are_constants() -> None:
    assert (
        asserted({"format": "date-time"}, formats=Formats.HERE).code()
        == "_ROOT = formats.DATE_TIME\n"
    )


def test_patterns_that_python_spells_alike_are_one() -> None:
    said: Tree = {"patternProperties": {"^a/": {"minLength": 1}, r"^a\/": {"maxLength": 2}}}
    found = asserted(said)
    assert '{"^a/": schema.every(facets.length(1), facets.length(0, 2))}' in found.code()
    fits = found.program()
    assert [fits({"a/": text}) for text in ("", "a", "aaa")] == [False, True, False]


def test_words_of_a_document_stay_words() -> None:
    word = '"); raise SystemExit("\\\n\u2028{x}'
    said: Tree = {
        "enum": [{word: word}],
        "required": [word],
        "properties": {word: {"const": word}},
        "dependentRequired": {word: [word]},
        "patternProperties": {r'^"\); raise SystemExit\("': True},
        "additionalProperties": False,
    }

    found = asserted(said)
    assert found.code().isascii()
    assert found.program()({word: word})
