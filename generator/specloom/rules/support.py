"""What the stages cannot do yet: each is an error with a place, never a guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from specloom.diagnostics import Diagnostic
from specloom.document.grammar import A
from specloom.document.node import Node
from specloom.document.walk import walk
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Kind, Place, Tree

_KEYWORDS = (
    "$id",
    "$anchor",
    "$dynamicRef",
    "$dynamicAnchor",
    "patternProperties",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
    "dependentRequired",
    "dependentSchemas",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
)
_CONDITIONS = ("not", "if", "then", "else")
"""Schemas that are only asked whether they hold: of these, every keyword is known."""
_DIALECTS = (
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.1/",
    "https://spec.openapis.org/oas/3.2/",
)


def support(root: Node) -> Iterator[Diagnostic]:
    """Return every place of a sound document that waits for a later version."""
    yield from _dialect(root, "jsonSchemaDialect")
    yield from _schemas(root)


def not_yet(at: Place, what: str, hint: str = "") -> Diagnostic:
    return finding("not-supported-yet", at, f"{what}: this version cannot do that yet", hint)


def _schemas(root: Node) -> Iterator[Diagnostic]:
    asked: set[str] = set()
    for visit in walk(root):
        node = visit.node
        if visit.holds != A("schema"):
            continue
        asked.update(child.at.pointer for key in _CONDITIONS if (child := node.get(key)))
        if asked and not asked.isdisjoint(_around(node.at.pointer)):
            continue
        yield from _dialect(node, "$schema")
        for keyword in _KEYWORDS:
            if (child := node.get(keyword)) is not None:
                yield not_yet(child.at.at_key(), f"`{keyword}`")
        kinds = node.get("type")
        if kinds is not None and isinstance(kinds.value, Sequence):
            words = set(_words(kinds.value)) - {Kind.NULL.value}
            if len(words) > 1:
                yield not_yet(kinds.at, "a value of several types")


def _around(pointer: str) -> Iterator[str]:
    """Return a pointer, and those of all that is around it."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]


def _dialect(node: Node, key: str) -> Iterator[Diagnostic]:
    dialect = node.word(key)
    if dialect is not None and not dialect.rstrip("#").startswith(_DIALECTS):
        yield not_yet(node.at.step(key), f"the dialect `{shown(dialect)}`")


def _words(value: Tree) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence):
        return tuple(word for word in value if isinstance(word, str))
    return ()
