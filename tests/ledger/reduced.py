"""A few operations of a document, with all that they refer to: a document that is quickly made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from urllib.parse import unquote

from specloom.document.grammar import METHODS
from specloom.values import Tree

_KEPT = ("openapi", "info", "servers", "security", "tags", "jsonSchemaDialect")
_FAR = 2_000
"""So many components are followed; what is left then leads nowhere, and the document is refused."""


def reduced(tree: Tree, random: Random, operations: int) -> Tree:
    """Return a document with so many operations of another, or all that it has."""
    assert isinstance(tree, Mapping)
    paths = tree.get("paths", {})
    assert isinstance(paths, Mapping)
    all_ = [
        (path, method)
        for path, item in paths.items()
        if isinstance(item, Mapping)
        for method in item
        if method in METHODS
    ]
    chosen = random.sample(all_, min(operations, len(all_)))
    kept = {path: _item(paths[path], [m for p, m in chosen if p == path]) for path, _ in chosen}
    made: dict[str, Tree] = {key: tree[key] for key in _KEPT if key in tree}
    return {**made, "paths": kept, "components": _components(tree, {**made, "paths": kept})}


def _item(item: Tree, methods: list[str]) -> Tree:
    assert isinstance(item, Mapping)
    return {key: value for key, value in item.items() if key not in METHODS or key in methods}


def _components(tree: Mapping[str, Tree], start: Tree) -> Tree:
    components = tree.get("components", {})
    assert isinstance(components, Mapping)
    schemes = components.get("securitySchemes", {})
    found: dict[tuple[str, str], Tree] = {}
    pending: list[Tree] = [start, schemes]
    while pending and len(found) < _FAR:
        for kind, key in _mentioned(pending.pop()):
            section = components.get(kind, {})
            if (kind, key) not in found and isinstance(section, Mapping) and key in section:
                found[kind, key] = section[key]
                pending.append(section[key])
    made: dict[str, Tree] = {"securitySchemes": schemes} if schemes else {}
    for kind, section in components.items():
        if isinstance(section, Mapping) and kind != "securitySchemes":
            inner = {key: section[key] for key in section if (kind, key) in found}
            made |= {kind: inner} if inner else {}
    return made


def _mentioned(tree: Tree) -> Iterator[tuple[str, str]]:
    """Return the components that texts refer to, whatever they are."""
    pending = [tree]
    while pending:
        value = pending.pop()
        if isinstance(value, Mapping):
            pending += value.values()
        elif isinstance(value, list):
            pending += value
        elif isinstance(value, str) and value.startswith("#/components/"):
            tokens = [unquote(token) for token in value.split("/")[2:4]]
            if len(tokens) == 2:
                yield tokens[0], tokens[1].replace("~1", "/").replace("~0", "~")
