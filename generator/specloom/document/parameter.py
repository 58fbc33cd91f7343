"""A Parameter Object, as written."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.document.node import Node
from specloom.document.schema import Schema, read_schema
from specloom.values import Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    at: Place
    name: Text
    location: str
    """`path`, `query`, `header` or `cookie`."""
    required: bool
    description: Text
    deprecated: bool
    schema: Schema | None


def read_parameter(node: Node) -> Parameter:
    """Read a parameter, or what a reference to one leads to."""
    found = node.followed()
    schema = found.get("schema")
    location = found.word("in") or ""
    return Parameter(
        at=found.at,
        name=found.prose("name"),
        location=location,
        required=location == "path" or found.flag("required"),
        description=found.prose("description"),
        deprecated=found.flag("deprecated"),
        schema=None if schema is None else read_schema(schema),
    )
