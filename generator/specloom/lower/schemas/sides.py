"""A document from one side: without the properties that only travel the other way.

OpenAPI 3.1.1, "Schema Object", and JSON Schema Validation 2020-12, section 9.4: what is `readOnly`
is not sent, what is `writeOnly` does not come, and neither is required there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from specloom.document.grammar import OPENAPI, A, Holds, ListOf, MapOf
from specloom.document.node import Node, resolve
from specloom.document.root import Document, reread
from specloom.document.schema import Schema
from specloom.lower.meaning.parts import is_synthetic, parts
from specloom.lower.schemas.marks import Marks, unit_of
from specloom.values import Tree

_UNSENT: Final[Tree] = {}
_UNRECEIVED: Final[Tree] = {}
"""The schemas of properties that are not there: these very values, which say nothing of anything."""
_STANDING = {"readOnly": _UNSENT, "writeOnly": _UNRECEIVED}
_SAME_VALUE = ("allOf", "anyOf", "oneOf", "if", "then", "else")
_NO_NAMES: frozenset[str] = frozenset()


def without(document: Document, keyword: str, found: Marks) -> Document:
    """Return a document without the properties that bear `keyword`; itself where there are none."""
    touched = found.touched[keyword]
    if not touched:
        return document
    root = document.root
    side = _Side(keyword, touched, frozenset(_around(touched)), found.tags)
    tree = side.rewritten(root, A("document"), _NO_NAMES)
    if tree is root.value:
        return document
    return reread(document, Node(tree, root.at, tree), lambda at: unit_of(at) in touched)


def is_hidden(schema: Schema, document: Document) -> bool:
    """Return whether a property is not there, by any of its parts."""
    return any(value is _UNSENT or value is _UNRECEIVED for value in _values(schema, document))


def is_unreceived(schema: Schema, document: Document) -> bool:
    """Return whether a property is not there because it is only sent."""
    return any(value is _UNRECEIVED for value in _values(schema, document))


def _values(schema: Schema, document: Document) -> Iterator[Tree]:
    if is_synthetic(schema):
        yield from (part.schema.node.value for part in parts(schema, document))
    else:
        yield schema.node.value


@dataclass(frozen=True, slots=True)
class _Side:
    keyword: str
    touched: frozenset[str]
    around: frozenset[str]
    """The pointers of what units stand in that are touched."""
    tags: frozenset[str]

    def rewritten(self, node: Node, holds: Holds, names: frozenset[str]) -> Tree:
        """Return the value of a node from this side: the same where it looks the same.

        `names` are those of properties that are hidden in what a schema is a part of.
        """
        match holds:
            case A("schema") if isinstance(node.value, Mapping):
                return self._schema(node, names)
            case A(noun) if isinstance(node.value, Mapping):
                rules = OPENAPI.nouns[noun]
                return self._members(
                    node,
                    {
                        key: (rules.fields.get(key, rules.others), _NO_NAMES)
                        for key in node.keys
                        if key in rules.fields or not key.startswith("x-")
                    },
                )
            case ListOf(item):
                made = [self.rewritten(child, item, names) for child in node.items()]
                old = node.value if isinstance(node.value, Sequence) else ()
                return (
                    made if any(a is not b for a, b in zip(made, old, strict=True)) else node.value
                )
            case MapOf(value):
                return self._members(node, dict.fromkeys(node.keys, (value, _NO_NAMES)))
            case _:
                return node.value

    def _members(self, node: Node, held: Mapping[str, tuple[Holds | None, frozenset[str]]]) -> Tree:
        changed: dict[str, Tree] = {}
        for key, child in node.members():
            holds, names = held.get(key, (None, _NO_NAMES))
            if holds is not None and self._may_differ(child):
                made = self.rewritten(child, holds, names)
                if made is not child.value:
                    changed[key] = made
        if not changed or not isinstance(node.value, Mapping):
            return node.value
        return {key: changed.get(key, value) for key, value in node.value.items()}

    def _may_differ(self, node: Node) -> bool:
        """Return whether a node is within a unit that is touched, or around one."""
        return unit_of(node.at.pointer) in self.touched or node.at.pointer in self.around

    def _schema(self, node: Node, names: frozenset[str]) -> Tree:
        names |= self._hidden(node)
        fields = OPENAPI.nouns["schema"].fields
        held = {
            key: (fields.get(key), names if key in _SAME_VALUE else _NO_NAMES) for key in node.keys
        }
        value = self._members(node, held)
        if not names or not isinstance(value, Mapping):
            return value
        own = value.get("properties")
        more: dict[str, Tree] = {}
        hidden = _STANDING[self.keyword]
        if isinstance(own, Mapping) and not names.isdisjoint(own):
            more["properties"] = {k: hidden if k in names else v for k, v in own.items()}
        required = [text.raw for text in node.texts("required")]
        if not names.isdisjoint(required):
            more["required"] = [name for name in required if name not in names]
        return {**value, **more} if more else value

    def _hidden(self, schema: Node) -> frozenset[str]:
        """Return the names of the properties that are hidden in a schema and in what it is made of."""
        return frozenset(
            name
            for part in _made_of(schema, _SAME_VALUE)
            for name, child in part.children("properties")
            if name not in self.tags and self._is_marked(child)
        )

    def _is_marked(self, child: Node) -> bool:
        return any(part.flag(self.keyword) for part in _made_of(child, ("allOf",)))


def _around(units: Iterable[str]) -> Iterator[str]:
    for unit in units:
        steps = unit.split("/")
        yield from ("/".join(steps[:count]) for count in range(1, len(steps)))


def _made_of(schema: Node, keywords: tuple[str, ...]) -> Iterator[Node]:
    """Return a schema, what it refers to, and what stands under `keywords`: each once."""
    seen: set[str] = set()
    pending = [schema]
    while pending:
        part = pending.pop()
        if part.at.pointer in seen or not isinstance(part.value, Mapping):
            continue
        seen.add(part.at.pointer)
        yield part
        target = None if part.reference is None else resolve(part, part.reference)
        pending += [] if target is None else [target]
        for keyword in keywords:
            under = part.get(keyword)
            if under is not None:
                pending += [under] if isinstance(under.value, Mapping) else under.items()
