"""The whole document: OpenAPI 3.0, 3.1 or 3.2."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.document.node import Node, resolve
from specloom.document.operation import Operation, read_operations
from specloom.document.schema import Schema, read_schema
from specloom.document.security import (
    SecurityRequirement,
    SecurityScheme,
    read_requirements,
    read_schemes,
)
from specloom.document.server import Server, read_servers
from specloom.values import EMPTY, Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    at: Place
    legacy: bool
    """OpenAPI 3.0, whose schemas are not quite those of JSON Schema."""
    title: Text
    version: Text
    servers: tuple[Server, ...]
    security: tuple[SecurityRequirement, ...]
    security_schemes: tuple[SecurityScheme, ...]
    schemas: tuple[tuple[Text, Schema], ...]
    operations: tuple[Operation, ...]
    root: Node

    def schema(self, origin: Schema) -> Schema | None:
        """Return the schema that the reference of `origin` means; None where it leads nowhere."""
        if origin.reference is None:
            return None
        node = resolve(origin.node, origin.reference)
        return None if node is None else read_schema(node)


def read_document(root: Node) -> Document:
    """Read a document in which the rules have found no error."""
    info = root.get("info")
    components = root.get("components")
    security = root.get("security")
    return Document(
        at=root.at,
        legacy=(root.word("openapi") or "").startswith("3.0"),
        title=EMPTY if info is None else info.prose("title"),
        version=EMPTY if info is None else info.prose("version"),
        servers=read_servers(root),
        security=() if security is None else read_requirements(security),
        security_schemes=read_schemes(components),
        schemas=tuple(
            (Text(key), read_schema(node))
            for key, node in (components.children("schemas") if components else ())
        ),
        operations=tuple(read_operations(root)),
        root=root,
    )
