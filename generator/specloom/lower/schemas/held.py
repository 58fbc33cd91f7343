"""What holds beside a type: small schemas, as one check of the JSON."""

from __future__ import annotations

from collections.abc import Iterable

from specloom import ir
from specloom.assertion import ANYTHING, Assertion
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.draft import Lowering, each
from specloom.lower.meaning.restricted import respelled, restricted
from specloom.lower.schemas.assertions import Unsayable, assertion_of
from specloom.lower.schemas.closure import closure
from specloom.plain import every
from specloom.rules.table import finding
from specloom.values import Json, Place

_UNEVALUATED = ("unevaluatedProperties", "unevaluatedItems")


def held(schemas: Iterable[Schema], document: Document) -> Lowering[tuple[ir.Check, ...]]:
    """Return a check that all of these schemas hold, if they say anything.

    A keyword that cannot be checked is left out, with a finding.
    """
    found = yield from each(_asserted(schema, document) for schema in schemas)
    asserted = every(found)
    return () if asserted == ANYTHING else (ir.Holds(asserted),)


def _asserted(schema: Schema, document: Document) -> Lowering[Assertion]:
    left = schema
    while True:
        try:
            return assertion_of(left, document)
        except Unsayable as unsayable:
            yield finding("unchecked-pattern", unsayable.at, unsayable.reason)
            gone = _gone(schema, unsayable.at)
            left = restricted(left, frozenset(left.node.keys) - gone)


def _gone(schema: Schema, at: Place) -> frozenset[str]:
    """Return the keywords of a schema that say nothing certain without what stands at a place."""
    below = at.pointer.removeprefix(f"{schema.node.at.pointer}/").partition("/")[0]
    beside = {"properties": "additionalProperties", "patternProperties": "additionalProperties"}
    return frozenset((below, beside.get(below, below), *_UNEVALUATED))


def refused(values: Iterable[Json], schemas: Iterable[Schema], document: Document) -> set[Json]:
    """Return the values that are known not to be what these schemas say."""
    try:
        asked = every(assertion_of(schema, document) for schema in schemas)
        known = dict(closure((asked,), document))
    except Unsayable:
        return set()
    if asked == ANYTHING:
        return set()
    from specloom.evaluation import evaluate  # little stands beside most enums and defaults

    return {value for value in values if evaluate(asked, value.value, known) is False}


def bounded(schema: Schema) -> tuple[Schema, ...]:
    """Return the bounds of a schema, alone; nothing where it has none."""
    limits = {keyword: limit.value for keyword, limit in schema.bounds}
    return (respelled(schema, limits),) if limits else ()
