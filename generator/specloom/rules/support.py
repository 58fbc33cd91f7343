"""What the stages cannot do yet: each is an error with a place, never a guess."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.diagnostics import Diagnostic
from specloom.document.grammar import A
from specloom.document.node import Node
from specloom.document.walk import walk
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Place

_KEYWORDS = ("$dynamicRef",)
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
    for visit in walk(root):
        node = visit.node
        if visit.holds != A("schema"):
            continue
        yield from _dialect(node, "$schema")
        for keyword in _KEYWORDS:
            if (child := node.get(keyword)) is not None:
                yield not_yet(child.at.at_key(), f"`{keyword}`")


def _dialect(node: Node, key: str) -> Iterator[Diagnostic]:
    dialect = node.word(key)
    if dialect is not None and not dialect.rstrip("#").startswith(_DIALECTS):
        yield not_yet(node.at.step(key), f"the dialect `{shown(dialect)}`")
