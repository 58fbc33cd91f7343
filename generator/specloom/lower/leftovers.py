"""What some keywords of a schema assert without the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from specloom.assertion import Assertion, Every
from specloom.document.node import Node
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.assertions import assertion_of
from specloom.plain import every
from specloom.values import Tree

_WITH: Mapping[str, tuple[str, ...]] = {
    "contains": ("minContains", "maxContains"),
    "if": ("then", "else"),
    "minimum": ("exclusiveMinimum",),
    "maximum": ("exclusiveMaximum",),
}
"""What says how a keyword is meant."""
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "items": ("prefixItems",),
    "additionalProperties": ("properties", "patternProperties"),
}
"""What takes from a keyword some of what it would speak of."""
_UNEVALUATED = frozenset(("unevaluatedItems", "unevaluatedProperties"))


def leftover(
    schema: Schema, document: Document, keywords: frozenset[str], *, formats: bool = False
) -> tuple[Assertion, ...]:
    """Return what the named keywords of a schema say, and none of the others.

    `unevaluatedItems` and `unevaluatedProperties` say what their neighbours say, too, for they read
    it. Raises Refused where Python cannot say a pattern.
    """
    node = schema.node
    if not isinstance(node.value, Mapping):
        return ()
    if document.legacy and node.reference is not None:  # where what stands beside it is ignored
        keywords &= {"$ref"}
    values = [_reduced(node.value, keywords - _UNEVALUATED)]
    if asked := keywords & _UNEVALUATED:
        values.append({k: v for k, v in node.value.items() if k not in _UNEVALUATED - asked})
    schemas = (replace(schema, node=Node(value, node.at, node.root)) for value in values)
    said = every(assertion_of(each, document, formats=formats) for each in schemas)
    return said.of if isinstance(said, Every) else (said,)


def _reduced(value: Mapping[str, Tree], keywords: frozenset[str]) -> Mapping[str, Tree]:
    """Return the members that are asked for; of those beside them, what they are about."""
    kept = keywords.union(("nullable",), *(_WITH.get(key, ()) for key in keywords))
    beside = frozenset[str]().union(*(_BESIDE.get(key, ()) for key in keywords)) - kept
    members = ((key, child) for key, child in value.items() if key in kept | beside)
    return {key: child if key in kept else _silent(child) for key, child in members}


def _silent(schemas: Tree) -> Tree:
    """Return as many schemas that say nothing."""
    match schemas:
        case Mapping():
            return dict.fromkeys(schemas, True)
        case list():
            return [True] * len(schemas)
        case _:
            return schemas
