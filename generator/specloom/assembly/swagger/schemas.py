"""Schemas of Swagger 2.0, and what says of a parameter what a schema would say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specloom.assembly.swagger.parts import Again, Items, Kept, Link, Members, Part, Word
from specloom.document.grammar import A, Holds, ListOf, MapOf
from specloom.document.node import Node, pointer_of
from specloom.document.swagger import FACETS, SWAGGER

_FIELDS = SWAGGER.nouns["schema"].fields
_NULLABLE = "x-nullable"
_HINTS = ("x-enum", "x-ms-enum", "x-secret")
"""Extensions of a schema that a parameter has beside its type."""


def schema(node: Node) -> Part:
    """Return a schema of OpenAPI 3.0."""
    if not isinstance(node.value, Mapping):
        return Kept(node)
    members = dict(_members(node))
    if "nullable" in members and "$ref" in members:
        # what stands beside a reference says nothing in OpenAPI 3.0
        one = Members({"$ref": members.pop("$ref")}, node.at)
        return Members({"allOf": Items((one,), node.at), **members}, node.at)
    return Members(members, node.at)


def mention(node: Node) -> Part:
    """Return a schema that is made elsewhere: a reference to it, or the reference that it is."""
    return Again(node.at) if node.reference is None else schema(node)


def value_schema(node: Node) -> Part:
    """Return the schema of a parameter, a header or an item, which is no object of its own."""
    written = node.get("schema")
    if written is not None and node.get("type") is None:
        return schema(written)
    members: dict[str, Part] = {}
    for key, child in node.members():
        if key in FACETS:
            members |= _plain(key, child)
        elif key == "items":
            members[key] = value_schema(child)
        elif key.startswith(_HINTS):
            members[key] = Kept(child)
    members |= _nullable(node)
    return Members(members, node.at)


def _members(node: Node) -> Iterator[tuple[str, Part]]:
    for key, child in node.members():
        match key:
            case "$ref" if isinstance(child.value, str):
                yield key, Link(pointer_of(child.value), child.at)
            case "discriminator":
                yield key, Members({"propertyName": Kept(child)}, child.at)
            case "type" | "format":
                yield from _plain(key, child).items()
            case "x-example" if node.get("example") is None:
                yield "example", Kept(child)
            case "x-nullable":
                yield from _nullable(node).items()
            case _ if key.startswith("x-"):
                yield key, Kept(child)
            case _ if key in _FIELDS:
                yield key, _part(child, _FIELDS[key])
            case _:
                continue


def _part(node: Node, holds: Holds) -> Part:
    match holds:
        case A("schema"):
            return schema(node)
        case ListOf(item):
            return Items(tuple(_part(child, item) for child in node.items()), node.at)
        case MapOf(value):
            return Members({key: _part(child, value) for key, child in node.members()}, node.at)
        case _:
            return Kept(node)


def _plain(key: str, node: Node) -> dict[str, Part]:
    if key == "type" and node.value == "file":
        return {"type": Word("string", node.at), "format": Word("binary", node.at)}
    return {key: Kept(node)}


def _nullable(node: Node) -> dict[str, Part]:
    said = node.get(_NULLABLE)
    return {"nullable": Word(value=True, at=said.at)} if said and said.value is True else {}
