"""Schemas that lead on for a thousand steps, or back to where they began, wherever values stand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from time import process_time
from typing import TypeAlias

import pytest

from specloom.config import Target
from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.pipeline import Made, Refused, make
from specloom.values import Place, Tree

Link: TypeAlias = Callable[[Tree], Tree]

LINKS: Mapping[str, Link] = {
    "words": lambda on: {**_members(on), "description": "Another name."},
    "allOf": lambda on: {"allOf": [on]},
    "null": lambda on: {"anyOf": [on, {"type": "null"}]},
    "array": lambda on: {"type": "array", "items": on},
    "map": lambda on: {"type": "object", "additionalProperties": on},
    "object": lambda on: {"type": "object", "properties": {"on": on}},
}
OF_ITSELF = ("array", "map", "object")
FIRST: Tree = {"$ref": "#/components/schemas/S0"}
PLACES: Mapping[str, Mapping[str, Tree]] = {
    "answer": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": FIRST}}}}},
    "header": {"responses": {"200": {"description": "", "headers": {"X-First": {"schema": FIRST}}}}},
    "query": {"parameters": [{"name": "first", "in": "query", "schema": FIRST}]},
    "form": {
        "requestBody": {
            "content": {
                "multipart/form-data": {"schema": {"type": "object", "properties": {"first": FIRST}}}
            }
        }
    },
}  # fmt: skip
SLOWEST = 8.0
"""Seconds of the processor; a step for each pair of 2,000 schemas takes some 30."""


def _members(on: Tree) -> Mapping[str, Tree]:
    assert isinstance(on, Mapping)
    return on


def chain(length: int, link: Link, end: Tree) -> dict[str, Tree]:
    schemas = {
        f"S{number}": link({"$ref": f"#/components/schemas/S{number + 1}"})
        for number in range(length)
    }
    return {**schemas, f"S{length}": end}


def made(folder: Path, schemas: Mapping[str, Tree], place: str) -> Made | Refused:
    operation = {"responses": {"204": {"description": "Done."}}, **PLACES[place]}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Chains", "version": "1"},
        "paths": {"/first": {"post": operation}},
        "components": {"schemas": schemas},
    }
    path = folder / "chains.json"
    path.write_text(json.dumps(document), "utf-8")
    return make(Target("chains", str(path), "out", "chains", None))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("link", OF_ITSELF)
def test_what_holds_itself_ends(link: str, place: str, tmp_path: Path) -> None:
    around = chain(1, LINKS[link], LINKS[link](FIRST))
    assert isinstance(made(tmp_path, around, place), Made)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("link", ["null", "array"])
def test_a_long_chain_is_no_recursion(link: str, place: str, tmp_path: Path) -> None:
    schemas = chain(1_200, LINKS[link], {"type": "object"})
    assert isinstance(made(tmp_path, schemas, place), Made)


@pytest.mark.parametrize("link", ["words", "allOf"])
def test_the_cost_of_a_chain_is_that_of_its_links(link: str, tmp_path: Path) -> None:
    schemas = chain(2_000, LINKS[link], {"type": "object"})
    start = process_time()
    assert isinstance(made(tmp_path, schemas, "answer"), Made)
    assert process_time() - start < SLOWEST


@pytest.mark.parametrize("link", ["allOf", "null"])
def test_aliases_of_one_another_are_refused(link: str, tmp_path: Path) -> None:
    schemas = chain(2, LINKS[link], LINKS[link]({"$ref": "#/components/schemas/S1"}))
    found = made(tmp_path, schemas, "answer")
    assert isinstance(found, Refused)
    said = [message for message in found.messages if ": error: endless-schema: " in message]
    assert len(said) == 3, found.messages


@pytest.mark.parametrize(("length", "is_refused"), [(12, False), (14, True), (1_000, True)])
def test_unions_are_not_within_one_another_without_end(
    length: int, is_refused: bool, tmp_path: Path
) -> None:
    """Each has the variants of all that are within it: those of a chain are as many as pairs."""
    schemas = chain(length, lambda on: {"anyOf": [on, {"type": "integer"}]}, {"type": "string"})
    result = made(tmp_path, schemas, "answer")
    assert isinstance(result, Refused) is is_refused
    if isinstance(result, Refused):
        assert any("over 12 unions within one another" in message for message in result.messages)


# Where chains of references end


def ends(**schemas: Tree) -> dict[str, str]:
    """Return by the key of a component where its chain of references ends, also by key."""
    tree: Tree = {"openapi": "3.1.0", "paths": {}, "components": {"schemas": schemas}}
    found = read_document(Node(tree, Place("x", ""), tree)).ends
    return {pointer.split("/")[3]: end.at.pointer.split("/")[3] for pointer, end in found.items()}


def to(key: str) -> dict[str, Tree]:
    return {"$ref": f"#/components/schemas/{key}"}


def test_a_chain_of_references_ends_in_what_is_none() -> None:
    assert ends(A=to("B"), B=to("C"), C={"type": "string"}, D=to("B")) == {
        "A": "C",
        "B": "C",
        "D": "C",
    }


def test_a_circle_has_no_end_and_what_is_no_component_is_looked_up_from_the_last_link() -> None:
    assert ends(A=to("B"), B=to("C"), C=to("B"), D=to("D")) == {}
    assert ends(A=to("B"), B=to("C/properties/p"), C={"properties": {"p": {}}}) == {
        "A": "B",
        "B": "B",
    }
    assert ends(A={**to("B"), "title": "T"}, B=to("C"), C={}) == {"B": "C"}


def test_a_long_chain_is_followed_in_one_step() -> None:
    chain = {f"N{number}": to(f"N{number + 1}") for number in range(3000)}
    assert set(ends(**chain, N3000={"type": "string"}).values()) == {"N3000"}
