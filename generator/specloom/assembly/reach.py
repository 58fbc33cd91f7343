"""What the operations of a document reach of its components, by the grammar and by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from specloom.document.grammar import OPENAPI, A, MapOf
from specloom.document.node import Node, at_pointer, pointer_tokens, resolve
from specloom.document.walk import Visit, is_reference, parts
from specloom.pointers import pointer_to
from specloom.values import Place, Tree

Way = tuple[str, ...]
"""The tokens of a pointer."""
_SCHEMAS = ("components", "schemas")
_COMPONENTS = OPENAPI.nouns["components"].fields


@dataclass(frozen=True, slots=True)
class Reach:
    components: frozenset[tuple[str, str]]
    """The section and the name of each."""
    lost: tuple[Way, ...]
    """References to what is not there, though it may have been left out."""


def reached(tree: Mapping[str, Tree], file: str) -> Reach:
    """Return the components that the rest of a document reaches, and those that they reach."""
    without = {key: value for key, value in tree.items() if key != "components"}
    heirs = _Heirs(Node(tree, Place(file, ""), tree))
    found: set[tuple[str, str]] = set()
    lost: dict[Way, None] = {}
    seen: set[tuple[str, object]] = set()
    pending = [Visit(Node(without, Place(file, ""), tree), A("document"))]
    while pending:
        visit = pending.pop()
        place = (visit.node.at.pointer, visit.holds)
        if place in seen:
            continue
        seen.add(place)
        pending.extend(parts(visit))
        for way in _mentioned(visit, heirs):
            target = at_pointer(heirs.root, pointer_to(way))
            if target is None:
                lost[way] = None
            elif way[:1] == ("components",) and len(way) > 2:
                # all of it stays, and so all that it mentions
                found.add((way[1], way[2]))
                pending += _component(heirs.root, way[1], way[2])
            else:
                pending.append(Visit(target, visit.holds))
    return Reach(frozenset(found), tuple(lost))


class _Heirs:
    """The components that are made of another, looked for once there is a discriminator."""

    def __init__(self, root: Node) -> None:
        self.root = root

    @cached_property
    def of(self) -> Mapping[str, list[str]]:
        """By the pointer of a schema: the names of the components whose `allOf` mentions it."""
        components = self.root.get("components")
        found: dict[str, list[str]] = {}
        for key, schema in components.children("schemas") if components else ():
            for base in _bases(schema):
                found.setdefault(base, []).append(key)
        return found


def _bases(schema: Node) -> Iterator[str]:
    if schema.reference is not None and (target := resolve(schema, schema.reference)) is not None:
        yield target.at.pointer
    for part in schema.elements("allOf"):
        yield from _bases(part)


def _mentioned(visit: Visit, heirs: _Heirs) -> Iterator[Way]:
    """Return what a place mentions, by reference or by name."""
    node = visit.node
    if is_reference(visit) and (way := pointer_tokens(node.reference or "")) is not None:
        yield way
    match visit.noun:
        case "security requirement":
            yield from (("components", "securitySchemes", key) for key in node.keys)
        case "discriminator":
            words = [child.value for _, child in node.children("mapping")]
            words.append(node.word("defaultMapping"))
            for word in words:
                if isinstance(word, str):
                    yield pointer_tokens(word) or (*_SCHEMAS, word)
        case "schema" if node.get("discriminator") and not _has_variants(node):
            yield from _heirs_of(node.at.pointer, heirs)
        case _:
            return


def _has_variants(schema: Node) -> bool:
    return any(schema.get(key) is not None for key in ("oneOf", "anyOf"))


def _heirs_of(pointer: str, heirs: _Heirs) -> Iterator[Way]:
    """Return the components that are made of a schema, at however many removes."""
    seen, pending = {pointer}, [pointer]
    while pending:
        for key in heirs.of.get(pending.pop(), ()):
            heir = pointer_to((*_SCHEMAS, key))
            if heir not in seen:
                seen.add(heir)
                pending.append(heir)
                yield (*_SCHEMAS, key)


def _component(root: Node, section: str, key: str) -> Iterator[Visit]:
    holds = _COMPONENTS.get(section)
    found = at_pointer(root, pointer_to(("components", section, key)))
    if found is not None and isinstance(holds, MapOf):
        yield Visit(found, holds.value)
