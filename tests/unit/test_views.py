"""What is sent and what is received, of documents that say `readOnly` and `writeOnly`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from specloom import ir
from specloom.assertion import Fits
from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.lower.api import Lowered, lower
from specloom.naming import name
from specloom.naming.given import given
from specloom.naming.pins import Section
from specloom.values import Place, Text, Tree

PATHS = """
/a:
  METHOD:
    requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
    responses:
      "200":
        description: ''
        content: {application/json: {schema: {$ref: '#/components/schemas/OUT'}}}
"""


def lowered(
    schemas: str, *, method: str = "put", out: str = "A", version: str = "3.1.0"
) -> Lowered:
    tree: Tree = {
        "openapi": version,
        "info": {"title": "a", "version": "1"},
        "paths": yaml.safe_load(PATHS.replace("METHOD", method).replace("OUT", out)),
        "components": {"schemas": yaml.safe_load(schemas)},
    }
    return lower(read_document(Node(tree, Place("api.yaml", ""), tree)))


def members(found: Lowered) -> dict[str, dict[str, bool]]:
    """Return, by the names of types, their members, and whether these are required."""
    types = name(found.api).types
    return {
        types[d.id].name: {p.wire_name.raw: p.required for p in _properties(d.shape)}
        for d in found.api.definitions
    }


def _properties(shape: ir.Shape) -> Iterator[ir.Property]:
    yield from shape.properties if isinstance(shape, ir.Object) else ()


ID = "{type: object, required: [id, b], properties: {id: ID, b: {type: string}}}"
SPLIT = {"A": {"id": True, "b": True}, "AInput": {"b": True}}


@pytest.mark.parametrize(
    ("id_", "more", "version"),
    [
        ("{type: string, readOnly: true}", "", "3.1.0"),
        ("{$ref: '#/components/schemas/Id'}", "Id: {type: string, readOnly: true}", "3.1.0"),
        ("{$ref: '#/components/schemas/Id', readOnly: true}", "Id: {type: string}", "3.0.3"),
        (
            "{$ref: '#/components/schemas/To'}",
            "{To: {$ref: '#/components/schemas/Id'}, Id: {type: string, readOnly: true}}",
            "3.1.0",
        ),
        (
            "{allOf: [{$ref: '#/components/schemas/Id'}]}",
            "Id: {type: string, readOnly: true}",
            "3.1.0",
        ),
        ("{allOf: [{type: string}], readOnly: true}", "", "3.1.0"),
    ],
)
def test_a_property_is_marked_by_itself_or_by_what_it_mentions(
    id_: str, more: str, version: str
) -> None:
    schemas = {"A": yaml.safe_load(ID.replace("ID", id_)), **(yaml.safe_load(more or "{}"))}
    found = lowered(yaml.safe_dump(schemas), version=version)
    assert found.findings == ()
    assert {key: of for key, of in members(found).items() if key in SPLIT} == SPLIT


@pytest.mark.parametrize(
    ("schemas", "expected"),
    [
        (  # another part of it requires what one part hides
            """
            A: {allOf: [{$ref: '#/components/schemas/B'}, {required: [id]}]}
            B: {properties: {id: {type: string, readOnly: true}, b: {type: string}}}
            """,
            {
                "A": {"id": True, "b": False},
                "AInput": {"b": False},
                "B": {"id": False, "b": False},
            },
        ),
        (  # and one part hides what another declares and requires
            """
            A: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {id: {readOnly: true}}}]}
            B: {required: [id], properties: {id: {type: string}, b: {type: string}}}
            """,
            {"A": {"id": True, "b": False}, "AInput": {"b": False}, "B": {"id": True, "b": False}},
        ),
        (  # in circles
            """
            A: {properties: {id: {readOnly: true}, next: {$ref: '#/components/schemas/B'}}}
            B: {properties: {a: {type: array, items: {$ref: '#/components/schemas/A'}}}}
            """,
            {
                "A": {"id": False, "next": False},
                "AInput": {"next": False},
                "B": {"a": False},
                "BInput": {"a": False},
            },
        ),
        (  # what leads to a difference by what only comes is alike
            """
            A: {properties: {b: {$ref: '#/components/schemas/B', readOnly: true}, c: {$ref: '#/components/schemas/C'}}}
            B: {properties: {id: {readOnly: true}}}
            C: {properties: {c: {type: string}}}
            """,
            {
                "A": {"b": False, "c": False},
                "AInput": {"c": False},
                "B": {"id": False},
                "C": {"c": False},
            },
        ),
        (  # a name that is taken
            """
            A: {properties: {id: {readOnly: true}}}
            AInput: {properties: {x: {type: string}}}
            """,
            {"A": {"id": False}, "AInput": {"x": False}, "AInput2": {}},
        ),
        (  # data that looks like a mark
            """
            A: {properties: {id: {type: string}}, example: {id: {readOnly: true}}}
            """,
            {"A": {"id": False}},
        ),
    ],
)
def test_a_schema_that_travels_both_ways_is_two_types(
    schemas: str, expected: dict[str, dict[str, bool]]
) -> None:
    found = lowered(schemas)
    assert found.findings == ()
    assert members(found) == expected


def test_what_travels_one_way_is_one_type() -> None:
    schemas = """
    A: {properties: {id: {readOnly: true}, pin: {writeOnly: true}}}
    B: {properties: {id: {readOnly: true}, pin: {writeOnly: true}}}
    """
    assert members(lowered(schemas, out="B")) == {"A": {"pin": False}, "B": {"id": False}}


def test_a_name_of_the_lock_carries_its_twin() -> None:
    api = lowered("A: {properties: {id: {readOnly: true}}}").api
    pins = {Section.TYPES: {"/components/schemas/A": "B"}}
    assert [found.name for found in name(api, pins).types.values()] == ["B", "BInput"]
    assert name(api, given(api, name(api))) == name(api)


def test_what_is_asserted_of_a_side_is_that_of_the_side() -> None:
    schemas = """
    A: {anyOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}
    B: {properties: {id: {type: string, readOnly: true}, n: {type: string}}}
    C: {properties: {n: {type: string}, m: {type: string}}}
    """
    api = lowered(schemas).api
    asserted = {address.raw: of for address, of in api.assertions}
    said = asserted["/components/schemas/B"], asserted["/components/schemas/B/(sent)"]
    assert ["'id'" in repr(of) for of in said] == [True, False]
    tried = {
        d.id.address: [v.assertion for v in d.shape.variants]
        for d in api.definitions
        if isinstance(d.shape, ir.Union)
    }
    assert tried["/components/schemas/A"][0] == Fits(Text("/components/schemas/B"))
    assert tried["/components/schemas/A/(sent)"][0] == Fits(Text("/components/schemas/B/(sent)"))
