"""Small documents, for tests of functions of schemas."""

from __future__ import annotations

import yaml

from specloom.document.node import Node, resolve
from specloom.document.root import Document, read_document
from specloom.document.schema import Schema, read_schema
from specloom.lower.meaning.merge import Merged, united
from specloom.lower.meaning.parts import parts
from specloom.lower.meaning.spread import Spread
from specloom.lower.meaning.spread import spread as spread_over
from specloom.values import Place, Tree


def document(schemas: str, version: str = "3.1.0") -> Document:
    """Return a document with these components, written in YAML."""
    tree: Tree = {
        "openapi": version,
        "info": {"title": "a", "version": "1"},
        "paths": {},
        "components": {"schemas": yaml.safe_load(schemas)},
    }
    return read_document(Node(tree, Place("api.yaml", ""), tree))


def component(found: Document, path: str) -> Schema:
    """Return a schema by its way below the components: `Pet/properties/name`."""
    node = resolve(found.root, f"#/components/schemas/{path}")
    assert node is not None, path
    return read_schema(node)


def merged(schema: Schema, found: Document) -> Merged:
    return united(schema, parts(schema, found), found)


def spread(schema: Schema, found: Document) -> Spread | None:
    return spread_over(schema, parts(schema, found), found)
