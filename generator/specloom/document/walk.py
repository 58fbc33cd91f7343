"""Every place of a document that the grammar speaks of, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from specloom.document.grammar import OPENAPI, A, Grammar, Holds, ListOf, MapOf, Plain
from specloom.document.node import Node, resolve


@dataclass(frozen=True, slots=True)
class Visit:
    """A node, and what the grammar says that it holds."""

    node: Node
    holds: Holds
    grammar: Grammar = OPENAPI

    @property
    def noun(self) -> str:
        return self.holds.noun if isinstance(self.holds, A) else ""


def walk(root: Node, grammar: Grammar = OPENAPI) -> Iterator[Visit]:
    """Return all places in the order of the document, then what only references reach."""
    seen: set[tuple[str, Holds]] = set()
    reached: list[Visit] = [Visit(root, A("document"), grammar)]
    while reached:
        pending = [reached.pop(0)]
        while pending:
            visit = pending.pop()
            if _leaf(visit.holds):
                yield visit
                continue
            place = (visit.node.at.pointer, visit.holds)
            if place in seen:
                continue
            seen.add(place)
            yield visit
            target = _target(visit)
            if target is not None:
                reached.append(Visit(target, visit.holds, grammar))
            pending.extend(reversed(tuple(parts(visit))))


def _leaf(holds: Holds) -> bool:
    return isinstance(holds, Plain)


def _target(visit: Visit) -> Node | None:
    reference = visit.node.reference
    if not is_reference(visit) or reference is None:
        return None
    return resolve(visit.node, reference)


def is_reference(visit: Visit) -> bool:
    """Return whether `$ref` at this place is a reference (not data, nor a name)."""
    match visit.holds:
        case A(noun):
            referable = visit.grammar.nouns[noun].referable or noun == "path item"
            return referable and visit.node.reference is not None
        case _:
            return False


def parts(visit: Visit) -> Iterator[Visit]:
    """Return what the grammar says that a place holds."""
    node = visit.node
    match visit.holds:
        case A(noun) if isinstance(node.value, Mapping):
            rules = visit.grammar.nouns[noun]
            refers = is_reference(visit)
            for key, child in node.members():
                is_own = not key.startswith("x-") and not (refers and key == "$ref")
                holds = rules.fields.get(key, rules.others if is_own else None)
                if holds is not None:
                    yield Visit(child, holds, visit.grammar)
        case ListOf(item) if isinstance(node.value, Sequence):
            for child in node.items():
                yield Visit(child, item, visit.grammar)
        case MapOf(value):
            for _, child in node.members():
                yield Visit(child, value, visit.grammar)
        case _:
            return
