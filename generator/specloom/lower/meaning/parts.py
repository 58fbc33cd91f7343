"""The parts of a schema: what it says itself, and what `allOf` and `$ref` have it say besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from specloom.diagnostics import Diagnostic, Refused
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.meaning.nulls import alternatives
from specloom.rules.support import not_yet
from specloom.rules.table import finding
from specloom.values import Place

_DEEPEST = 100
_MOST_ALTERNATIVES = 10_000


@dataclass(frozen=True, slots=True)
class Part:
    """A schema that has neither `allOf` nor `$ref`, and how it came to be a part of another."""

    schema: Schema
    depth: int
    """In steps through `allOf` and references: 0 for what a schema says itself."""
    through: tuple[Place, ...]
    """Where references led, on the way to it: the outermost first."""


@dataclass(frozen=True, slots=True)
class _Visit:
    schema: Schema
    through: tuple[Place, ...] = ()
    trail: tuple[str, ...] = ()
    """The addresses on the way to it."""


def parts(schema: Schema, document: Document) -> tuple[Part, ...]:
    """Return all that a schema says, in the order of the document, each part once.

    Raises Refused where a schema is a part of itself.
    """
    if not schema.all_of and schema.reference is None:
        return (Part(schema, 0, ()),)
    found: list[Part] = []
    seen: set[str] = set()
    pending: list[_Visit | Part] = [_Visit(schema)]
    while pending:
        match pending.pop():
            case Part() as part:
                found.append(part)
            case _Visit(synthetic, through, trail) if is_synthetic(synthetic):
                pending += reversed([_Visit(s, through, trail) for s in synthetic.all_of])
            case _Visit(written, through, trail):
                address = written.at.pointer
                if address in trail:
                    raise Refused(endless(written.at))
                if len(trail) > _DEEPEST:
                    what = f"more than {_DEEPEST} `allOf` or `$ref` in a row"
                    raise Refused(not_yet(written.at, what))
                if address not in seen:
                    seen.add(address)
                    steps = _steps(_Visit(written, through, (*trail, address)), document)
                    pending += reversed(tuple(steps))
    return tuple(found)


def is_synthetic(schema: Schema) -> bool:
    """Return whether a schema stands nowhere in the document: others are put together in it."""
    return bool(schema.all_of) and schema.node.get("allOf") is None


def synthetic(all_of: tuple[Schema, ...], at: Place, root: Schema) -> Schema:
    """Return a schema that says what others say, at a place that nothing else has."""
    return Schema(at=at, all_of=all_of, node=replace(root.node, value={}, at=at))


def endless(at: Place) -> Diagnostic:
    message = "by `allOf` or `$ref`, this schema is a part of itself"
    return finding("endless-schema", at, message)


def _steps(visit: _Visit, document: Document) -> Iterator[_Visit | Part]:
    """Return what one schema is made of, in order."""
    schema, through, trail = visit.schema, visit.through, visit.trail
    own = Part(_own(schema, trail, document), len(trail) - 1, through)
    if (target := document.schema(schema)) is not None:
        yield _Visit(target, (*through, target.at), trail)
    lone = schema.reference is not None and document.legacy
    within = [] if lone else [_Visit(part, through, trail) for part in schema.all_of]
    first = bool(within) and _leads("properties", schema)
    if first:
        yield own
    yield from within
    if not first:
        yield own


def _leads(keyword: str, schema: Schema) -> bool:
    """Return whether a keyword stands before `allOf`."""
    keys = [key for key in schema.node.keys if key in (keyword, "allOf")]
    return keys[:1] == [keyword]


def _own(schema: Schema, trail: tuple[str, ...], document: Document) -> Schema:
    """Return what a schema says itself.

    A base whose alternatives are made of it counts without them in each of these, or it would
    have no end.
    """
    if schema.reference is not None and document.legacy:
        return _words(schema)  # what else stands beside `$ref` is ignored in OpenAPI 3.0
    bare = schema.reference is None and not schema.all_of
    own = schema if bare else replace(schema, reference=None, all_of=())
    if alternatives(own) and _leads_back(own, frozenset(trail[:-1]), document):
        return replace(own, one_of=(), any_of=(), discriminator=None)
    return own


def _leads_back(schema: Schema, trail: frozenset[str], document: Document) -> bool:
    """Return whether an alternative, or what it is made of, is on the way to where it stands."""
    seen: set[str] = set()
    pending = [*schema.one_of, *schema.any_of] if trail else []
    while pending and len(seen) < _MOST_ALTERNATIVES:
        schema = pending.pop()
        if schema.at.pointer in trail:
            return True
        if schema.at.pointer not in seen:
            seen.add(schema.at.pointer)
            target = document.schema(schema)
            pending += [*schema.one_of, *schema.any_of, *schema.all_of]
            pending += [] if target is None else [target]
    return False


def _words(schema: Schema) -> Schema:
    return Schema(
        at=schema.at,
        title=schema.title,
        description=schema.description,
        default=schema.default,
        nullable=schema.nullable,
        deprecated=schema.deprecated,
        write_only=schema.write_only,
        secret=schema.secret,
        node=replace(schema.node, value={}),
    )
