"""Null in all its spellings, told apart from the schema that it was mixed with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from specloom.document.schema import UNREAD, Schema
from specloom.values import Json, Kind

_NULL = Json("null")


def split_null(schema: Schema) -> tuple[bool, Schema]:
    """Return whether null fits, and the schema of all other values.

    Unions of one, and an `allOf` of one with nothing but words beside it, are that one. What
    stands beside a union of one belongs to where it is mentioned, and stays with the caller.
    """
    nullable = schema.nullable
    if schema.kinds is not None and Kind.NULL in schema.kinds and len(schema.kinds) > 1:
        nullable = True
        schema = replace(schema, kinds=tuple(k for k in schema.kinds if k is not Kind.NULL))
    if schema.enum is not None and _NULL in schema.enum and len(schema.enum) > 1:
        nullable = True
        schema = replace(schema, enum=tuple(value for value in schema.enum if value != _NULL))
    among = alternatives(schema)
    if not among and not schema.all_of:
        return nullable, replace(schema, nullable=False) if schema.nullable else schema
    variants = tuple(v for v in among if not is_null(v))
    nullable = nullable or len(variants) < len(among)
    if among and not variants and is_plain(schema):
        return True, replace(schema, one_of=(), any_of=(), kinds=(Kind.NULL,))
    if len(variants) == 1 and is_plain(schema) and not schema.all_of:
        within, core = split_null(variants[0])
        return nullable or within, core
    if len(variants) < len(among):
        schema = (
            replace(schema, one_of=variants) if schema.one_of else replace(schema, any_of=variants)
        )
    if len(schema.all_of) == 1 and is_plain(schema) and not variants:
        within, core = split_null(schema.all_of[0])
        return nullable or within, core
    return nullable, replace(schema, nullable=False) if schema.nullable else schema


def alternatives(schema: Schema) -> tuple[Schema, ...]:
    """Return the variants of a union, whichever way it is spelled."""
    return schema.one_of or schema.any_of


def is_plain(schema: Schema) -> bool:
    """Return whether nothing but unions, `allOf` and words stands in a schema."""
    return (
        schema.reference is None
        and schema.kinds is None
        and schema.const is None
        and schema.enum is None
        and schema.properties is None
        and schema.additional is None
        and schema.items is None
        and not schema.required
        and not schema.bounds
        and not (schema.one_of and schema.any_of)
        and not any(keyword in UNREAD for keyword in schema.node.keys)
    )


def is_null(schema: Schema) -> bool:
    if schema.reference is not None:
        return False
    alone = schema.kinds is None and schema.properties is None and not alternatives(schema)
    return (
        schema.kinds == (Kind.NULL,)
        or schema.const == _NULL
        or schema.enum == (_NULL,)
        # `{nullable: true}` says only this, though by the letter everything fits
        or (schema.nullable and alone and schema.enum is None and not schema.all_of)
    )


def types_take_null(schemas: Iterable[Schema]) -> bool:
    """Return whether no type among some schemas refuses null."""
    return all(s.nullable or not s.kinds or Kind.NULL in s.kinds for s in schemas)
