"""What openapi-spec-validator finds, in our rules and our words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import pytest

from specloom.diagnostics import Diagnostic
from specloom.rules.findings import judge
from specloom.rules.validator import Finding, schema_findings, walk_findings
from specloom.values import Place, Text, Tree

Members: TypeAlias = "dict[str, Tree]"
OK: Members = {"responses": {"200": {"description": ""}}}
LONG = 60.0
"""Seconds that no walk here needs."""


def document(version: str = "3.1.0", /, **parts: Tree) -> Members:
    return {"openapi": version, "info": {"title": "a", "version": "1"}, "paths": {}, **parts}


def schemas(version: str = "3.1.0", /, **named: Tree) -> Members:
    return document(version, components={"schemas": named})


def operation(path: str = "/a", version: str = "3.1.0", **parts: Tree) -> Members:
    return document(version, paths={path: {"get": {**OK, **parts}}})


def judged(tree: Tree, spoken: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return the rules and pointers for a document, the walk included."""
    walk = walk_findings(tree, seconds=LONG)
    assert walk is not None
    return [where(d) for d in judge((*schema_findings(tree), *walk), "a.yaml", spoken)]


def where(diagnostic: Diagnostic) -> tuple[str, str]:
    assert isinstance(diagnostic.at, Place)
    return diagnostic.rule, diagnostic.at.pointer


MEANINGS: list[tuple[Tree, list[tuple[str, str]]]] = [
    (operation("/a/{b}"), [("path-parameter", "/paths/~1a~1{b}")]),
    (
        operation(
            parameters=[{"name": "b", "in": "path", "required": True, "schema": {}}],
        ),
        [("unused-path-parameter", "/paths/~1a/get")],
    ),
    (
        document(
            paths={"/a": {"get": {**OK, "operationId": "x"}, "put": {**OK, "operationId": "x"}}}
        ),
        [("duplicate-operation-id", "/paths/~1a/put/operationId")],
    ),
    (
        operation(parameters=[{"name": "q", "in": "query", "schema": True}] * 2),
        [("duplicate-parameter", "/paths/~1a/get/parameters")],
    ),
    (
        schemas(A={"type": "integer", "default": "x"}),
        [("bad-default", "/components/schemas/A/default")],
    ),
    (schemas(A={"$ref": "#/b"}), [("broken-reference", "/components/schemas/A/$ref")]),
    (schemas(A={"$ref": "b.yaml"}), [("foreign-reference", "/components/schemas/A/$ref")]),
    (schemas("3.0.0", A={"const": 1}), [("openapi-advice", "/components/schemas/A/const")]),
    (
        schemas("3.0.0", A={"minimum": 1, "exclusiveMinimum": 1}),
        [("openapi-advice", "/components/schemas/A/exclusiveMinimum")],
    ),
    (
        schemas("3.1.0", A={"required": ["a", "a"]}),
        [("duplicate-required", "/components/schemas/A/required")],
    ),
    (
        schemas("3.0.0", A={"optional": True}),
        [("unknown-field", "/components/schemas/A/optional")],
    ),
    (operation(responses={"200": {}}), [("incomplete", "/paths/~1a/get/responses/200")]),
    (
        operation(responses={"4xx": {"description": ""}, "no": {"description": ""}}),
        [
            ("missing-responses", "/paths/~1a/get/responses"),
            ("status-range", "/paths/~1a/get/responses/4xx"),
            ("status-key", "/paths/~1a/get/responses/no"),
        ],
    ),
    (document("3.0.0", paths={"/a": {"get": {}}}), [("missing-responses", "/paths/~1a/get")]),
    (document("3.0.0", paths={"a": {}}), [("path", "/paths/a")]),
    (
        document(tags=[{"name": "a", "description": None}]),
        [("openapi-advice", "/tags/0/description")],
    ),
    (
        document(info={"title": 1, "version": 2}),
        [("openapi-advice", "/info/title"), ("wrong-type", "/info/version")],
    ),
    (document(tags=[{"name": "a"}, {"name": "a"}]), [("openapi-advice", "/tags")]),
    (schemas(license=5), [("wrong-type", "/components/schemas/license")]),
    (
        schemas(A={"properties": {"description": "a name, no prose"}}),
        [("wrong-type", "/components/schemas/A/properties/description")],
    ),
    (
        operation(parameters=[{"name": "q", "in": "here", "schema": {}}]),
        [("openapi-schema", "/paths/~1a/get/parameters/0/in")],
    ),
    (
        operation(parameters=[{"name": "q", "in": "query"}]),
        [("missing-field", "/paths/~1a/get/parameters/0")],
    ),
    (
        operation(parameters=[{"name": "b", "in": "path", "schema": {}}])
        | {
            "paths": {
                "/{b}": {"get": {**OK, "parameters": [{"name": "b", "in": "path", "schema": {}}]}}
            }
        },
        [("incomplete", "/paths/~1{b}/get/parameters/0")],
    ),
    ({"openapi": "3.1.0", "info": {"title": "a", "version": "1"}}, [("no-content", "")]),
    (
        schemas(A={"$ref": "#/components/schemas/A"}),
        [("validator-gave-up", "/components/schemas/A")],
    ),
]


@pytest.mark.parametrize(("tree", "expected"), MEANINGS)
def test_what_a_finding_means(tree: Tree, expected: list[tuple[str, str]]) -> None:
    assert judged(tree) == expected


def test_a_default_that_holds_a_reference_is_data() -> None:
    tree = schemas(
        A={"type": "object", "default": {"$ref": "https://127.0.0.1/x"}},
        B={"type": "object", "properties": {"$ref": {"type": "string"}}},
        C={"example": {"$ref": "x.yaml"}, "enum": [{"$ref": "x.yaml"}]},
    )
    assert judged(tree) == []


@pytest.mark.parametrize(
    ("found", "spoken", "silent"),
    [
        (Finding("/a/b", "type"), "/a/b", True),
        (Finding("/a/b", "type"), "/a", False),
        (Finding("/a/b", "type"), "/a/b/c", False),
        (Finding("/a/required", "uniqueItems"), "/a/required/1", True),
        (Finding("/a", "oneOf"), "/a/b/c", True),
        (Finding("/a", "oneOf"), "/ab", False),
        (Finding("/a/parameters", "ParameterDuplicateError"), "/a/parameters/1", True),
        (Finding("/a/responses", "required", names=(Text("default"),)), "/a/responses/4xx", True),
        (Finding("/a/get", "UnusedParameterError"), "/a/get/parameters/0", True),
        (Finding("/a/b/c", "KeyError"), "/a", True),
        (Finding("/a", "KeyError"), "/a/b/c", True),
        (Finding("/a", "KeyError"), "", False),
    ],
)
def test_what_our_rules_have_spoken_of_is_not_said_again(
    found: Finding, spoken: str, *, silent: bool
) -> None:
    assert (list(judge([found], "a.yaml", {spoken})) == []) is silent


def test_a_finding_is_said_once() -> None:
    found = Finding("/a/b", "type", names=(Text("string"),))
    once = list(judge([found, found, Finding("/a/b", "not")], "a.yaml", ()))
    assert [(d.rule, d.message) for d in once] == [("wrong-type", "expected a string")]


def test_messages_are_escaped_and_cut_and_hold_no_values() -> None:
    value = "S3CR3T" * 1000
    escape = "\x1b[31m" + "x" * 1000
    tree = schemas(
        "3.0.0",
        A={"type": "integer", "default": value},
        B={"type": value, escape: 1},
        C={"$ref": "#/" + escape},
        D={"minLength": value, "enum": value, "required": value},
    )
    tree["tags"] = [{"name": escape}, {"name": escape}]
    tree["paths"] = {"/" + escape: {"get": {"operationId": escape, "responses": {escape: {}}}}}
    walk = walk_findings(tree, seconds=LONG)
    assert walk is not None
    said = [d.message for d in judge((*schema_findings(tree), *walk), "a.yaml", ())]
    assert len(said) >= 8
    assert all(message.isprintable() and len(message) < 500 for message in said)
    assert not any("S3CR3T" in message for message in said)
