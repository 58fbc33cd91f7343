"""A schema of which only some keywords count."""

from __future__ import annotations

from collections.abc import Mapping

from specloom.document.node import Node
from specloom.document.schema import Schema, read_schema
from specloom.values import Tree


def restricted(schema: Schema, keywords: frozenset[str]) -> Schema:
    """Return what these keywords of a schema say, read from where they stand."""
    kept = {key: child.value for key, child in schema.node.members() if key in keywords}
    return respelled(schema, kept)


def respelled(schema: Schema, keywords: Mapping[str, Tree]) -> Schema:
    """Return a schema of other keywords at the same place."""
    return read_schema(Node(keywords, schema.at, schema.node.root))
