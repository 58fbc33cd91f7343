"""How schemas of OpenAPI are read as JSON Schema: tested alone, for proofs and witnesses share it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from specloom.unions.dialect import translated
from specloom.values import Tree

_STRING: Tree = {"type": "string"}
_NULL: Tree = {"type": "null"}
_MENTION: Mapping[str, Tree] = {"$ref": "#/components/schemas/A"}

_READ: dict[str, tuple[str, Tree, Tree]] = {
    "annotations say nothing": (
        "3.1",
        {"title": "A", "description": "a", "example": 1, "$id": "x", "x-a": {}, "type": "string"},
        _STRING,
    ),
    "a type that is none": ("3.0", {"type": "file"}, {}),
    "what is malformed": (
        "3.1",
        {"type": 7, "minLength": None, "required": "a", "enum": {}, "pattern": 1, "allOf": {}},
        {},
    ),
    "no schema at all": ("3.1", None, True),
    "a list where a schema belongs": ("3.1", {"not": [], "items": 3}, {}),
    "an infinite bound": ("3.1", {"minimum": float("inf")}, {}),
    "counts as numbers": ("3.1", {"minLength": 2.0, "maxLength": -1}, {"minLength": 2}),
    "kinds of UUID": (
        "3.1",
        {"type": "string", "format": "uuid4"},
        {"type": "string", "format": "uuid"},
    ),
    "bounds of draft 4": (
        "3.0",
        {"minimum": 1, "exclusiveMinimum": True, "maximum": 2, "exclusiveMaximum": False},
        {"exclusiveMinimum": 1, "maximum": 2},
    ),
    "bounds of 2020-12": ("3.1", {"exclusiveMinimum": 1}, {"exclusiveMinimum": 1}),
    "beside a mention nothing counts in 3.0": ("3.0", {**_MENTION, "type": "string"}, _MENTION),
    "beside a mention all counts in 3.1": (
        "3.1",
        {**_MENTION, "type": "string"},
        {**_MENTION, "type": "string"},
    ),
    "nullable": (
        "3.0",
        {"type": "string", "nullable": True},
        {"type": ["string", "null"]},
    ),
    "nullable, as 3.1 has it no more": (
        "3.1",
        {"type": "string", "nullable": True},
        {"type": ["string", "null"]},
    ),
    "nullable values": (
        "3.0",
        {"type": "string", "enum": ["a"], "nullable": True},
        {"anyOf": [{"type": "string", "enum": ["a"]}, _NULL]},
    ),
    "nullable alone is null": ("3.0", {"nullable": True, "description": "a"}, _NULL),
    "not nullable says nothing": ("3.0", {"nullable": False}, {}),
    "a nullable mention": ("3.0", {**_MENTION, "nullable": True}, {"anyOf": [_MENTION, _NULL]}),
    "a nullable union": (
        "3.0",
        {"oneOf": [_STRING], "nullable": True},
        {"anyOf": [{"oneOf": [_STRING]}, _NULL]},
    ),
    "members mean an object": (
        "3.1",
        {"properties": {"a": _STRING}},
        {"properties": {"a": _STRING}, "type": "object"},
    ),
    "items mean an array": ("3.1", {"items": _STRING}, {"items": _STRING, "type": "array"}),
    "requirements mean nothing": ("3.1", {"required": ["a"]}, {"required": ["a"]}),
    "in a condition the letter counts": (
        "3.1",
        {"not": {"properties": {"a": {"items": True}}}, "if": {"items": True}},
        {"not": {"properties": {"a": {"items": True}}}, "if": {"items": True}},
    ),
    "a property may have any name": (
        "3.0",
        {"type": "object", "properties": {"$ref": _STRING, "nullable": True}},
        {"type": "object", "properties": {"$ref": _STRING, "nullable": True}},
    ),
    "values are values": (
        "3.0",
        {"enum": [{"nullable": True, "title": "a"}]},
        {"enum": [{"nullable": True, "title": "a"}]},
    ),
}


@pytest.mark.parametrize(("version", "written", "read"), _READ.values(), ids=_READ)
def test_a_schema_is_read_as_its_author_means_it(version: str, written: Tree, read: Tree) -> None:
    assert translated(written, version) == read
