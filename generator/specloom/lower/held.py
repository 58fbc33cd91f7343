"""What holds beside a type: small schemas, as one check of the JSON."""

from __future__ import annotations

from collections.abc import Iterable

from specloom import ir
from specloom.assertion import ANYTHING
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.assertions import assertion_of
from specloom.lower.restricted import respelled
from specloom.plain import every


def held(schemas: Iterable[Schema], document: Document) -> tuple[ir.Check, ...]:
    """Return a check that all of these schemas hold, if they say anything."""
    asserted = every(assertion_of(schema, document) for schema in schemas)
    return () if asserted == ANYTHING else (ir.Holds(asserted),)


def bounded(schema: Schema) -> Schema:
    """Return the bounds of a schema, alone."""
    return respelled(schema, {keyword: limit.value for keyword, limit in schema.bounds})
