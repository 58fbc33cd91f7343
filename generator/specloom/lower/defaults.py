"""Whether a default fits the schema that it stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.checks import UUIDS
from specloom.lower.meant import meant
from specloom.lower.nulls import alternatives
from specloom.values import Json, Kind, Tree, kind_of


def fits(value: Json, schema: Schema, document: Document) -> bool:
    """Return whether `value` is of the type of `schema`; constraints beside it are not read."""
    return _fits(value, schema, document, frozenset())


def _fits(value: Json, schema: Schema, document: Document, trail: frozenset[str]) -> bool:
    found = meant(schema, document)
    core = found.schema
    if value.raw == "null":
        return found.nullable or _is_anything(core)
    if core.reference is not None:
        target = document.schema(core)
        if target is None or core.reference in trail:
            return False
        return _fits(value, target, document, trail | {core.reference})
    if core.const is not None:
        return _same(core.const, value)
    if core.enum is not None:
        return any(_same(known, value) for known in core.enum)
    if variants := alternatives(core):
        return any(_fits(value, variant, document, trail) for variant in variants)
    return _fits_kind(value.value, core)


def _is_anything(schema: Schema) -> bool:
    bare = schema.reference is None and schema.const is None and schema.enum is None
    return bare and schema.kinds is None and not alternatives(schema) and not schema.properties


def _same(one: Json, other: Json) -> bool:
    return one.value == other.value and kind_of(one.value) is kind_of(other.value)


def _fits_kind(value: Tree, schema: Schema) -> bool:
    kind = kind_of(value)
    if kind is Kind.STRING and schema.format in UUIDS:
        return _is_uuid(value)
    if schema.kinds is not None:
        return kind in schema.kinds or (kind is Kind.INTEGER and Kind.NUMBER in schema.kinds)
    if schema.properties is not None or schema.additional is not None:
        return isinstance(value, Mapping)
    if schema.items is not None:
        return isinstance(value, Sequence) and not isinstance(value, str)
    return True


def _is_uuid(value: Tree) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False
