"""A schema for values of several kinds, as a union of one variant for each kind; and values that
are listed, but that no `Literal` of Python's can hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from specloom.document.node import Node
from specloom.document.schema import Schema, read_schema
from specloom.lower.meaning.narrowing import common, covers
from specloom.lower.meaning.nulls import is_null
from specloom.lower.meaning.parts import is_synthetic, synthetic
from specloom.values import Json, Kind, canonical, kind_of

_SIMPLE = (Kind.STRING, Kind.INTEGER, Kind.BOOLEAN)
"""What `Literal` takes, null aside."""


def unlisted(schema: Schema) -> tuple[Schema, tuple[Schema, ...]]:
    """Return a schema, and what holds beside it: the values that it lists, where no `Literal` can
    hold them. It is then of their kinds."""
    if schema.kinds is not None and (widest := _widest(schema.kinds)) != schema.kinds:
        schema = replace(schema, kinds=widest)
    values = _listed(schema)
    if values is None or is_null(schema):
        return schema, ()
    kinds = _widest(kind_of(value.value) for value in values)
    if values and all(kind in _SIMPLE for kind in kinds):
        whole = tuple(_whole(value) for value in values)
        return schema if whole == values else replace(schema, const=None, enum=whole), ()
    enum = Node({"enum": [value.value for value in values]}, schema.at, schema.node.root)
    found = replace(schema, const=None, enum=None, kinds=kinds if values else schema.kinds)
    return found, (read_schema(enum),)


def by_kind(schema: Schema, made_of: tuple[Schema, ...]) -> tuple[Schema, ...]:
    """Return a variant for each kind of a schema for several; none where it is for one, or any."""
    kinds = schema.kinds or ()
    if len(kinds) < 2 or schema.enum is not None or schema.const is not None:
        return ()
    return tuple(_variant(schema, made_of, kind) for kind in kinds)


def variant_kind(schema: Schema) -> Kind | None:
    """Return the kind of values that a schema was made for; None where it was written so."""
    only = schema.all_of[-1] if is_synthetic(schema) else schema
    made = only.at == schema.at and is_synthetic(schema)
    return only.kinds[0] if made and only.kinds else None


def _variant(schema: Schema, made_of: tuple[Schema, ...], kind: Kind) -> Schema:
    """Return what a schema says of one kind, at a place that is none of the document."""
    at = schema.at.step("type").step(kind.value)
    only = read_schema(Node({"type": kind.value}, at, schema.node.root))
    return synthetic((*made_of, only), at, schema)


def _listed(schema: Schema) -> tuple[Json, ...] | None:
    """Return the values of `const` and `enum` that are of the kinds of a schema."""
    lists = [(schema.const,)] if schema.const is not None else []
    values = common((*lists, *([] if schema.enum is None else [schema.enum])))
    if values is None or schema.kinds is None:
        return values
    known = schema.kinds
    return tuple(value for value in values if covers(known, (kind_of(value.value),)))


def _whole(value: Json) -> Json:
    """Return an integer as one, however it is written."""
    return canonical(value.value) if isinstance(value.value, float) else value


def _widest(kinds: Iterable[Kind]) -> tuple[Kind, ...]:
    """Return kinds, each once; integers are among the numbers."""
    found = tuple(dict.fromkeys(kinds))
    return tuple(k for k in found if k is not Kind.INTEGER or Kind.NUMBER not in found)
