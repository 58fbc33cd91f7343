"""Twice the document is twice the work, counted in calls: a clock would count other processes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from specloom.config import Target
from specloom.pipeline import make
from specloom.values import Tree

GROWTH = 2.1
"""Of the calls, where the document doubles."""


def operations(count: int) -> dict[str, Tree]:
    """Return a document with many operations under several tags, each with types of its own."""
    schemas: dict[str, Tree] = {}
    paths: dict[str, Tree] = {}
    for number in range(count):
        schemas[f"Item{number}"] = {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string", "minLength": 1},
                "kind": {"enum": ["a", "b"]},
                "next": {"$ref": f"#/components/schemas/Item{(number + 1) % count}"},
            },
        }
        reference: Tree = {"schema": {"$ref": f"#/components/schemas/Item{number}"}}
        content: Tree = {"application/json": reference}
        paths[f"/items{number}/{{id}}"] = {
            "post": {
                "tags": [f"tag{number % 10}"],
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "requestBody": {"content": content},
                "responses": {"200": {"description": "", "content": content}},
            }
        }
    return document(schemas, paths)


def texts(count: int) -> dict[str, Tree]:
    """Return a document with a long description, of many lines and one that does not end."""
    lines = "\n".join(f'{number}. a \\ " \u202e line' for number in range(count * 20))
    found: Tree = {"type": "string", "description": lines + "word " * count * 20}
    answer: Tree = {"200": {"description": "", "content": {"application/json": {"schema": found}}}}
    return document({}, {"/a": {"get": {"description": lines, "responses": answer}}})


def values(count: int) -> dict[str, Tree]:
    """Return a document with long lists of values, members and variants."""
    listed: list[Tree] = [f"value {number}" for number in range(count * 4)]
    numbers = range(count * 2)
    properties: dict[str, Tree] = {f"field {n}": {"type": "string"} for n in numbers}
    shape: Tree = {"type": "object", "properties": properties}
    kinds: Tree = {"type": "string", "enum": listed}
    content: Tree = {"application/json": {"schema": {"$ref": "#/components/schemas/Shape"}}}
    answers: Tree = {"200": {"description": "", "content": content}}
    paths: dict[str, Tree] = {"/a": {"get": {"responses": answers}}}
    return document({"Shape": shape, "Kinds": kinds}, paths)


def document(schemas: dict[str, Tree], paths: dict[str, Tree]) -> dict[str, Tree]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "a", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called, those of the interpreter included."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("made", [operations, texts, values])
def test_twice_the_document_is_twice_the_work(
    tmp_path: Path, made: Callable[[int], dict[str, Tree]]
) -> None:
    counts: list[int] = []
    for count in (10, 60, 120):  # the first one fills what is kept between calls
        spec = tmp_path / f"{count}.json"
        spec.write_text(json.dumps(made(count)), "utf-8")
        target = Target("api", str(spec), "out", "api", "tests")
        counts.append(calls(partial(make, target)))
    assert counts[2] <= GROWTH * counts[1], counts
