"""The walk over all nodes of a document, by its grammar."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from functools import partial
from typing import TypeAlias

from specloom import ir
from specloom.diagnostics import Diagnostic
from specloom.document.grammar import NOUNS, A, Holds, ListOf, MapOf
from specloom.document.hints import LABELS
from specloom.document.node import Node
from specloom.ledger.entries import GENERATED, Bucket, Entry, Ledger, ignored, strongest
from specloom.ledger.facts import Facts, facts
from specloom.ledger.fields import usual
from specloom.ledger.headers import header_of
from specloom.ledger.hints import extension_of
from specloom.ledger.keywords import keyword_of
from specloom.ledger.objects import decisive, fate, field_of, item_of, scope_of
from specloom.values import Place

_Entering: TypeAlias = Generator[tuple[Place, Entry], None, Entry]
"""Returns what became of a node, and yields it with all below."""


def ledger(root: Node, api: ir.Api, findings: Iterable[Diagnostic]) -> Ledger:
    """Return what became of every node of a document that `api` is the model of."""
    known = facts(root, api, findings)
    return Ledger(dict(_node(root, A("document"), "", known)))


def _node(node: Node, holds: Holds, field: str, known: Facts, *, named: bool = False) -> _Entering:
    """Enter a node that is not ignored by its field.

    What became something by its name (a property, a path, a status) is generated itself; all else
    that holds nodes is what the strongest of them is.
    """
    match holds:
        case A(noun):
            entry = fate(node, noun, known)
            if entry is not GENERATED:
                return (yield from _all(node, entry))
            inner = yield from _each(
                _member(node, noun, key, n, known) for key, n in node.members()
            )
        case MapOf() if field == "scopes":
            yield from _each(_all(n, scope_of(n, known)) for _, n in node.members())
            inner = []
        case MapOf(value):
            inner = yield from _each(
                _node(n, value, field, known, named=True) for _, n in node.members()
            )
        case ListOf(item):
            inner = yield from _each(
                _item(n, item, field, number, known) for number, n in enumerate(node.items())
            )
        case _:
            return (yield from _all(node, GENERATED))
    entry = strongest(inner) if inner and not named else GENERATED
    yield node.at, entry
    return entry


def _each(enterings: Iterable[_Entering]) -> Generator[tuple[Place, Entry], None, list[Entry]]:
    found: list[Entry] = []
    for entering in enterings:
        entry = yield from entering
        found.append(entry)
    return found


def _all(node: Node, entry: Entry) -> _Entering:
    """Enter a node and all below it, of which the same became."""
    yield from ((inner.at, entry) for inner in within(node))
    return entry


def _but(deciding: Node, node: Node, entry: Entry) -> _Entering:
    """Enter a node and all below it, of which one decides that the others become what they do."""
    generated = (deciding.at, node.at)
    yield from ((n.at, GENERATED if n.at in generated else entry) for n in within(node))
    return GENERATED


def within(node: Node) -> Iterator[Node]:
    """Return a node and all below it, in the order of the document."""
    pending = [node]
    while pending:
        node = pending.pop()
        yield node
        pending += reversed(children(node))


def children(node: Node) -> tuple[Node, ...]:
    """Return the members or the items of a node."""
    return (*(n for _, n in node.members()), *node.items())


def _item(node: Node, holds: Holds, field: str, number: int, known: Facts) -> _Entering:
    entry = None if isinstance(holds, A) else item_of(field, number)
    if entry is None:
        return (yield from _node(node, holds, field, known))
    return (yield from _all(node, entry))


def _member(owner: Node, noun: str, key: str, node: Node, known: Facts) -> _Entering:
    rules = NOUNS[noun]
    holds = rules.fields.get(key)
    is_free = holds is None and not key.startswith("x-") and owner.reference is None
    if is_free and rules.others is not None:
        return (yield from _node(node, rules.others, noun, known, named=True))
    entry = _entry(owner, noun, key, known)
    if entry.bucket is not Bucket.GENERATED or holds is None:
        deciding = decisive(owner, noun, key, known)
        return (yield from (_all(node, entry) if deciding is None else _but(deciding, node, entry)))
    return (yield from _node(node, holds, key, known))


def _entry(owner: Node, noun: str, key: str, known: Facts) -> Entry:
    """Return what becomes of a field, of which its own members may be excepted."""
    if key != "$ref" and key not in NOUNS[noun].fields:
        is_known = key[:2] == "x-" or key in LABELS
        return extension_of(owner, noun, key, known) if is_known else ignored("unknown-field")
    entry = header_of(owner, noun, key, known) or usual(noun, key)
    if entry is not None:
        return entry
    decide = keyword_of if noun == "schema" else partial(field_of, noun)
    return decide(owner, key, known)
