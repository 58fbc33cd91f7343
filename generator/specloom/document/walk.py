"""Every place of a document that the grammar speaks of, once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from specloom.document.grammar import OPENAPI, A, Grammar, Holds, ListOf, MapOf, Plain
from specloom.document.node import Node, resolve
from specloom.values import Tree


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
    """Return all places in the order of the document, then what only references reach.

    What holds nothing further is left out: `plain` says what a place holds of it.
    """
    seen: set[tuple[str, Holds]] = set()
    reached = deque((Visit(root, A("document"), grammar),))
    while reached:
        pending = [reached.popleft()]
        while pending:
            visit = pending.pop()
            place = (visit.node.at.pointer, visit.holds)
            if place in seen:
                continue
            seen.add(place)
            yield visit
            target = _target(visit)
            if target is not None:
                reached.append(Visit(target, visit.holds, grammar))
            pending.extend(reversed(tuple(parts(visit))))


def _target(visit: Visit) -> Node | None:
    reference = visit.node.reference
    if reference is None or not is_reference(visit):
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
    """Return what the grammar says that a place holds, and that may hold more."""
    node = visit.node
    for token, value, holds in _held(visit):
        if not isinstance(holds, Plain):
            yield Visit(node.child(token, value), holds, visit.grammar)


def plain(visit: Visit) -> Iterator[tuple[str | int, Tree, Plain]]:
    """Return what the grammar says that a place holds, and that holds nothing further.

    These are most of a document by far, and few are looked at: hence keys and values, no nodes.
    """
    for token, value, holds in _held(visit):
        if isinstance(holds, Plain):
            yield token, value, holds


def _held(visit: Visit) -> Iterator[tuple[str | int, Tree, Holds]]:
    value = visit.node.value
    match visit.holds:
        case A(noun) if isinstance(value, (dict, Mapping)):
            rules = visit.grammar.nouns[noun]
            refers = is_reference(visit)
            for key, inner in value.items():
                is_own = not key.startswith("x-") and not (refers and key == "$ref")
                holds = rules.fields.get(key, rules.others if is_own else None)
                if holds is not None:
                    yield key, inner, holds
        case ListOf(item) if isinstance(value, (list, Sequence)) and not isinstance(value, str):
            yield from ((index, inner, item) for index, inner in enumerate(value))
        case MapOf(item) if isinstance(value, (dict, Mapping)):
            yield from ((key, inner, item) for key, inner in value.items())
        case _:
            return
