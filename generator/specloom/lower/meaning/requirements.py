"""Alternatives of `required`: no union of types, but what one object has to hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from specloom.document.node import Node
from specloom.document.schema import Schema
from specloom.lower.meaning.narrowing import kinds
from specloom.values import Json, Kind, Text, canonical

_COMPOUND = ("allOf", "anyOf", "oneOf")
_READ = frozenset((*_COMPOUND, "not", "required", "type", "properties"))
_WORDS = frozenset(
    (
        *("title", "description", "default", "deprecated", "nullable", "readOnly", "writeOnly"),
        *("example", "examples", "externalDocs", "xml", "$comment"),
    )
)


def is_requirement(alternatives: Iterable[Schema], base: Iterable[Schema]) -> bool:
    """Return whether alternatives say no more of an object than which of its members are there.

    `base` is what stands around them. An alternative may repeat properties of it.
    """
    around = tuple(base)
    declared = {
        name: tuple(_spellings(name, around)) for s in around for name, _ in s.properties or ()
    }
    is_object = kinds(around) == (Kind.OBJECT,) or bool(declared)
    return is_object and all(_requires(a.node, declared) for a in alternatives)


def _spellings(name: Text, schemas: Iterable[Schema]) -> Iterator[Json]:
    for schema in schemas:
        child = dict(schema.properties or ()).get(name)
        if child is not None:
            yield canonical(child.node.value)


def _requires(node: Node, declared: Mapping[Text, tuple[Json, ...]]) -> bool:
    if any(not _is_read(key) for key in node.keys):
        return False
    if node.value is not True and not isinstance(node.value, Mapping):
        return False
    if node.word("type") not in (None, Kind.OBJECT.value):
        return False
    repeated = all(
        _repeats(Text(name), child, declared) for name, child in node.children("properties")
    )
    within = [child for key in _COMPOUND for child in node.elements(key)]
    negated = node.get("not")
    within += [] if negated is None else [negated]
    return repeated and all(_requires(child, declared) for child in within)


def _is_read(key: str) -> bool:
    return key in _READ or key in _WORDS or key.startswith("x-")


def _repeats(name: Text, child: Node, declared: Mapping[Text, tuple[Json, ...]]) -> bool:
    known = declared.get(name)
    return known is not None and (not _says(child) or canonical(child.value) in known)


def _says(node: Node) -> bool:
    return any(key not in _WORDS and not key.startswith("x-") for key in node.keys)
