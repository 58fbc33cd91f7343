"""What the stages cannot do yet: each is an error with a place, never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from specloom.diagnostics import Diagnostic, Omission
from specloom.document.grammar import A
from specloom.document.node import Node
from specloom.document.walk import Visit
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Place, Tree

_DIALECTS = (
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.1/",
    "https://spec.openapis.org/oas/3.2/",
)
_DEEPEST = 60
"""A compiler reads brackets within brackets by recursion."""
_CONTAINERS = ("/items", "/additionalProperties")


def support(root: Node, places: Iterable[Visit]) -> Iterator[Diagnostic]:
    """Return every place of a sound document that waits for a later version.

    `places` are all that the grammar speaks of.
    """
    yield from _dialect(root, "jsonSchemaDialect")
    yield from _schemas(places)


def not_yet(at: Place, what: str, hint: str = "") -> Diagnostic:
    return finding("not-supported-yet", at, f"{what}: this version cannot do that yet", hint)


def unsupported(feature: str, at: Place, what: str, without: Place | None = None) -> Diagnostic:
    """Return the finding of what a target may go without, by the name of the feature.

    `without` is what is left out then: the operation, where nothing else is said.
    """
    hint = f'allow = ["{feature}"] in the target, or --allow {feature}, goes without'
    return replace(not_yet(at, what, hint), omission=Omission(feature, without))


def _schemas(places: Iterable[Visit]) -> Iterator[Diagnostic]:
    for visit in places:
        node = visit.node
        if visit.holds != A("schema"):
            continue
        yield from _dialect(node, "$schema")
        if _containers(node.at.pointer) == _DEEPEST + 1:
            what = f"more than {_DEEPEST} arrays and maps, each within the next"
            yield not_yet(node.at, what, "give one of them a name, and refer to that")
        for key in ("const", "enum", "default"):
            if (child := node.get(key)) is not None and _is_deep(child.value):
                yield not_yet(child.at, f"a value that is nested more than {_DEEPEST} levels deep")
        if (child := node.get("$dynamicRef")) is not None:
            yield unsupported("dynamic-reference", child.at.at_key(), "`$dynamicRef`", child.at)


def _containers(pointer: str) -> int:
    """Return how many arrays and maps a schema is within, none of which has a name."""
    count = 0
    while pointer.endswith(_CONTAINERS):
        pointer = pointer.rpartition("/")[0]
        count += 1
    return count


def _is_deep(value: Tree) -> bool:
    """Return whether a value is nested too deeply for a literal of Python."""
    level: list[Tree] = [value]
    for _ in range(_DEEPEST):
        level = [part for one in level for part in _parts(one)]
        if not level:
            return False
    return True


def _parts(value: Tree) -> Iterable[Tree]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _dialect(node: Node, key: str) -> Iterator[Diagnostic]:
    dialect = node.word(key)
    if dialect is not None and not dialect.rstrip("#").startswith(_DIALECTS):
        yield not_yet(node.at.step(key), f"the dialect `{shown(dialect)}`")
