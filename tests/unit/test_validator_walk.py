"""Our walk says what openapi-spec-validator's says, in the same order, and has places."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import (
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)

from specloom.rules.findings import judge
from specloom.rules.validator import schema_findings, version_of
from specloom.rules.walk import walked
from specloom.values import Place, Tree

Members: TypeAlias = "dict[str, Tree]"
STOCK = {
    "3.0": OpenAPIV30SpecValidator,
    "3.1": OpenAPIV31SpecValidator,
    "3.2": OpenAPIV32SpecValidator,
}
OK: Members = {"responses": {"200": {"description": ""}}}


def document(version: str = "3.1.0", /, **parts: Tree) -> Members:
    return {"openapi": version, "info": {"title": "a", "version": "1"}, "paths": {}, **parts}


def stock(tree: Members) -> tuple[list[str], bool]:
    """Return what the validator says beyond the JSON Schema, and whether it came to its end."""
    validator = STOCK[version_of(tree)](tree)
    schema = len(list(validator.schema_validator.iter_errors(tree)))
    said: list[str] = []
    try:
        said.extend(str(error.message) for error in validator.iter_errors())
    except Exception:
        # The walk breaks off with whatever the document made it stumble over.
        return said[schema:], False
    return said[schema:], True


def sorted_names(message: str) -> str:
    """Return a message without the order of a set in it."""
    head, mark, names = message.partition("not defined properties: ")
    return head + mark + "".join(sorted(names))


def agrees(tree: Members) -> bool:
    """Whether our walk says the same, and goes on where the validator stops."""
    said, ended = stock(copy.deepcopy(tree))
    ours = [f.message.raw for f in walked(tree, version_of(tree))]
    theirs = [sorted_names(message) for message in said]
    return [sorted_names(m) for m in (ours if ended else ours[: len(said)])] == theirs


PET: Members = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "integer", "default": 1},
        "tag": {"type": "string", "pattern": "^[a-z]+$"},
        "next": {"$ref": "#/components/schemas/Pet"},
        "kind": {"enum": ["cat", "dog"], "default": "cat"},
    },
}
WHOLE: Members = {
    "tags": [{"name": "a"}, {"name": "b"}],
    "components": {
        "schemas": {
            "Pet": PET,
            "Pets": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
            "Both": {
                "required": ["id"],
                "allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"x": {}}}],
            },
            "Either": {"oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/Pet"}]},
        },
        "parameters": {
            "id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        },
    },
    "paths": {
        "/pets/{id}": {
            "parameters": [{"$ref": "#/components/parameters/id"}],
            "get": {
                "operationId": "get",
                "parameters": [{"name": "q", "in": "query", "schema": {"default": 1}}],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Pets"}}
                        },
                    }
                },
            },
            "delete": {"operationId": "delete", "responses": {"default": {"description": ""}}},
        }
    },
}
FAULTS: tuple[Tree, ...] = (
    None,
    True,
    1,
    1.0,
    -1,
    "x",
    [],
    ["a", "a"],
    {},
    {"type": "integer", "default": "x"},
    {"type": "integer", "default": None, "nullable": True},
    {"$ref": "#/components/schemas/Pet"},
    {"$ref": "#/components/schemas/None"},
    {"$ref": "#/paths/~1pets~1{id}"},
    {"pattern": "("},
    {"pattern": "\\p{L}"},
    {"minLength": 1.0},
    {"exclusiveMinimum": True},
    {"type": "foo"},
    {"type": ["string", "null"]},
    {"allOf": [{"type": "object"}], "required": ["zz"]},
    {"allOf": []},
    {"$schema": "http://example.com/dialect"},
    {"enum": ["a", "a"]},
    {"name": "id", "in": "path", "required": True, "schema": {}},
    "get",
    "/x/{y}",
)
KEYS = ("default", "required", "type", "parameters", "operationId", "responses", "tags", "$ref")


def places(tree: Tree) -> Iterator[tuple[Members | list[Tree], str | int]]:
    """Return each container of a tree with each of its keys."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield tree, key
            yield from places(value)
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield tree, index
            yield from places(value)


@st.composite
def documents(draw: st.DrawFn) -> Members:
    """Draw a document that has a few faults, at any depth."""
    version = draw(st.sampled_from(("3.0.3", "3.1.0", "3.2.0")))
    tree = copy.deepcopy(document(version, **WHOLE))
    for _ in range(draw(st.integers(0, 4))):
        container, key = draw(st.sampled_from(list(places(tree))))
        fault = copy.deepcopy(draw(st.sampled_from(FAULTS)))
        if isinstance(container, list):
            container[int(key)] = fault
        elif draw(st.booleans()):
            container[draw(st.sampled_from(KEYS))] = fault
        else:
            container[str(key)] = fault
    tree["openapi"] = version
    return tree


def follows_data(tree: Tree) -> bool:
    """Whether a default looks like a reference: the validator follows it, and we must not."""
    return any(
        key == "default" and isinstance(holder := node[key], dict) and "$ref" in holder
        for node, key in places(tree)
        if isinstance(node, dict) and isinstance(key, str)
    )


@settings(max_examples=150, deadline=None)
@given(documents())
def test_the_walk_says_what_the_validator_says(tree: Members) -> None:
    assume(not follows_data(tree))
    assert agrees(tree)


@settings(max_examples=100, deadline=None)
@given(documents())
def test_every_finding_has_a_place_in_the_document(tree: Members) -> None:
    findings = (*schema_findings(tree), *walked(tree, version_of(tree)))
    for diagnostic in judge(findings, "a.yaml", ()):
        assert isinstance(diagnostic.at, Place)
        node: Tree = tree
        for token in diagnostic.at.pointer.split("/")[1:]:
            key = token.replace("~1", "/").replace("~0", "~")
            if isinstance(node, Mapping):
                node = node[key]
            else:
                assert isinstance(node, list)
                node = node[int(key)]


SMALL: list[Members] = [
    WHOLE,
    {"tags": [{"name": "a"}, {"name": "a"}]},
    {"components": {"schemas": {"A": {"type": "integer", "default": "x"}}}},
    {"components": {"schemas": {"A": {"type": 5}}}},
    {"components": {"schemas": {"A": {"allOf": [{}], "required": ["b"]}}}},
    {"paths": {"/a/{b}": {"get": OK}}},
    {"paths": {"/a": {"get": {**OK, "parameters": [{"name": "b", "in": "path"}]}}}},
    {"paths": {"/a": {"get": {**OK, "operationId": "x"}, "put": {**OK, "operationId": "x"}}}},
]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
@pytest.mark.parametrize("parts", SMALL)
def test_small_documents_good_and_bad(version: str, parts: Members) -> None:
    tree = document(version, **parts)
    assert agrees(tree)
    assert (stock(tree)[0] == []) is (parts is WHOLE)


def schemas(**named: Tree) -> Members:
    return document(components={"schemas": named})


def test_the_walk_goes_on_behind_what_it_stumbles_over() -> None:
    tree = schemas(A={"$ref": "#/nowhere"}, B={"type": "integer", "default": "x"})
    assert [(f.pointer, f.keyword) for f in walked(tree, "3.1")] == [
        ("/components/schemas/A/$ref", "PointerToNowhere"),
        ("/components/schemas/B/default", "Default"),
    ]


def test_a_place_is_where_a_reference_leads() -> None:
    parameter: Tree = {"name": "q", "in": "query", "schema": {"$ref": "#/components/schemas/A"}}
    tree = schemas(A={"$ref": "#/components/schemas/B"}, B={"type": 5})
    tree["paths"] = {"/a": {"get": {**OK, "parameters": [parameter]}}}
    assert [f.pointer for f in walked(tree, "3.1")] == ["/components/schemas/B/type"]


def test_a_place_that_is_not_known_is_what_is_around_it() -> None:
    tree = document(paths={"/a": {"get": {**OK, "operationId": {"$ref": "#/nowhere"}}}})
    assert [f.pointer for f in walked(tree, "3.1")] == ["/paths/~1a/get"]
