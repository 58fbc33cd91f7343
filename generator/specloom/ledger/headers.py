"""What becomes of the headers of webhooks: some say which of them one is, or how it is signed."""

from __future__ import annotations

from specloom.document.node import Node, at_pointer
from specloom.ledger.entries import GENERATED, Entry, ignored
from specloom.ledger.facts import Facts

_SAYS = ("const", "enum")
_SHOWS = ("example", "examples")
_SCHEMA = "/schema"


def header_of(owner: Node, noun: str, field: str, facts: Facts) -> Entry | None:
    """Return what becomes of a field of a header that is understood, or of its schema."""
    pointer = owner.at.pointer
    if noun == "parameter" and pointer in facts.telling:
        return _of_parameter(owner, field, facts)
    parameter = pointer.removesuffix(_SCHEMA)
    if noun == "schema" and parameter != pointer and parameter in facts.telling:
        return _of_schema(owner, field, facts, parameter)
    return None


def _of_parameter(parameter: Node, field: str, facts: Facts) -> Entry:
    is_heard = parameter.at.pointer in facts.heard
    match field:
        case "name" | "in":
            return GENERATED
        case "schema" if is_heard:
            return GENERATED
        case "example" | "examples":
            schema = parameter.get("schema")
            is_shown = is_heard and (schema is None or not _says(schema.followed()))
            return GENERATED if is_shown else ignored("example")
        case _:
            return ignored("incoming")


def _of_schema(schema: Node, field: str, facts: Facts, parameter: str) -> Entry:
    if field == "$ref" or (field in _SAYS and parameter in facts.heard):
        return GENERATED
    if field in _SHOWS:
        is_shown = not _says(schema) and not _is_shown(facts.root, parameter)
        return GENERATED if is_shown else ignored("example")
    return ignored("incoming")


def _says(schema: Node) -> bool:
    return any(schema.get(keyword) is not None for keyword in _SAYS)


def _is_shown(root: Node, parameter: str) -> bool:
    found = at_pointer(root, parameter)
    return found is not None and any(found.get(field) is not None for field in _SHOWS)
