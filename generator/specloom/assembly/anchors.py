"""References by the names and addresses that schemas give themselves, as JSON pointers.

JSON Schema 2020-12, section 8.2: `$id` begins a resource of its own, to which references within it
are relative; `$anchor` names a place in a resource, and so does `$dynamicAnchor`. In what comes out
a schema is where it stands, as all other stages take it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import unquote, urldefrag, urljoin

from specloom.assembly.marks import Marked, replaced
from specloom.assembly.whole import Whole
from specloom.diagnostics import Diagnostic
from specloom.document.grammar import A
from specloom.document.node import Node, at_pointer
from specloom.document.walk import walk
from specloom.pointers import fragment, tokens_of
from specloom.rules.table import finding
from specloom.values import Place, Tree

_NAMES = ("$anchor", "$dynamicAnchor")
_IDENTITIES = frozenset(("$id", *_NAMES))
_REFERENCES = ("$ref", "$dynamicRef")
_MARKS = ("$anchor", "$dynamic", "$id")
"""What stands in the text of a document to which there is anything to do."""


@dataclass(frozen=True, slots=True)
class _Resource:
    pointer: str
    address: str
    """Without a fragment; empty for a document that does not say."""


_Resources: TypeAlias = Mapping[str, _Resource]


@dataclass(frozen=True, slots=True)
class _Identities:
    resources: _Resources
    """By pointer."""
    addresses: _Resources
    """By address."""
    names: Mapping[tuple[str, str], str]
    """Pointers, by the resource's and a name."""
    dynamic: Mapping[str, int]
    """How many places a dynamic anchor names."""


def anchored(document: Whole) -> tuple[Whole, tuple[Diagnostic, ...]]:
    """Return a document in which no reference needs a name or an address that a schema has."""
    if str(_version(document.tree)).startswith("3.0"):
        return document, ()  # whose schemas have none of these keywords
    if not any(key in source.page.text for source in document.sources for key in _MARKS):
        return document, ()
    root = Node(document.tree, Place(document.file, ""), document.tree)
    schemas = [v.node for v in walk(root) if v.holds == A("schema") and _is_object(v.node)]
    known = _identities(schemas)
    edits = Marked[Tree]()
    said: list[Diagnostic] = []
    for schema in schemas:
        members = dict(_members(schema, known, root, said))
        if members != schema.value:
            edits.add(tokens_of(schema.at.pointer), members)
    tree = replaced(document.tree, edits)
    return replace(document, tree=tree), document.placed(said)


def _version(tree: Tree) -> Tree:
    return tree.get("openapi") if isinstance(tree, Mapping) else None


def _is_object(node: Node) -> bool:
    return isinstance(node.value, Mapping)


def _identities(schemas: list[Node]) -> _Identities:
    resources = {"": _Resource("", "")}
    for schema in sorted(schemas, key=lambda node: len(node.at.pointer)):  # the outer ones first
        if (own := schema.word("$id")) is not None:
            pointer = schema.at.pointer
            address = urldefrag(urljoin(_around(pointer, resources).address, own)).url
            resources[pointer] = _Resource(pointer, address)
    names: dict[tuple[str, str], str] = {}
    dynamic: Counter[str] = Counter()
    for schema in schemas:
        for keyword in _NAMES:
            if (name := schema.word(keyword)) is not None:
                home = _around(schema.at.pointer, resources).pointer
                names.setdefault((home, name), schema.at.pointer)
                dynamic[name] += keyword == "$dynamicAnchor"
    addresses = {r.address: r for r in reversed(resources.values()) if r.address}
    return _Identities(resources, addresses, names, dynamic)


def _around(pointer: str, resources: _Resources) -> _Resource:
    """Return the resource that a schema is in."""
    while pointer not in resources:
        pointer = pointer.rpartition("/")[0]
    return resources[pointer]


def _members(
    schema: Node, known: _Identities, root: Node, said: list[Diagnostic]
) -> Iterator[tuple[str, Tree]]:
    """Return the members of a schema, its references rewritten where they lead somewhere."""
    home = _around(schema.at.pointer, known.resources)
    for key, value in schema.members():
        target = None
        if key in _REFERENCES and isinstance(value.value, str) and not _is_plain(key, value, home):
            target = _target(value.value, home, known, root)
        if target is None or (key == "$dynamicRef" and not _is_static(value, schema, known)):
            if key not in _IDENTITIES or (key == "$id" and not isinstance(value.value, str)):
                yield key, value.value
            continue
        if target.is_meant:
            message = (
                "by the letter this is relative to the `$id` around it, where it leads nowhere"
            )
            said.append(finding("rebased-reference", value.at, message))
        yield "$ref", fragment(target.pointer)


def _is_plain(key: str, reference: Node, home: _Resource) -> bool:
    """Return whether a reference is a pointer from the root already."""
    written = str(reference.value)
    return key == "$ref" and not home.pointer and (written == "#" or written.startswith("#/"))


@dataclass(frozen=True, slots=True)
class _Target:
    pointer: str
    is_meant: bool = False
    """Whether it is so against the letter."""


def _target(reference: str, home: _Resource, known: _Identities, root: Node) -> _Target | None:
    address, fragment = urldefrag(reference)
    where = known.addresses.get(urljoin(home.address, address)) if address else home
    if where is None:
        return None
    pointer = unquote(fragment)
    if pointer and not pointer.startswith("/"):
        named = known.names.get((where.pointer, pointer))
        return None if named is None else _Target(named)
    if _stands(f"{where.pointer}{pointer}", root):
        return _Target(f"{where.pointer}{pointer}")
    is_meant = not address and bool(pointer) and _stands(pointer, root)
    return _Target(pointer, is_meant=True) if is_meant else None


def _stands(pointer: str, root: Node) -> bool:
    return at_pointer(root, pointer) is not None


def _is_static(reference: Node, schema: Node, known: _Identities) -> bool:
    """Return whether a dynamic reference means one schema wherever it is come by."""
    name = urldefrag(str(reference.value)).fragment
    return known.dynamic.get(name, 0) < 2 and schema.reference is None
