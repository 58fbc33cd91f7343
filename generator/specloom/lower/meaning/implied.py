"""The kinds of values that a schema is for, whether or not it says so."""

from __future__ import annotations

from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.meaning.narrowing import common, kinds, listed_in
from specloom.lower.meaning.parts import parts
from specloom.values import Kind, Place, kind_of


def kinds_within(schema: Schema, document: Document) -> tuple[Kind, ...] | None:
    """Return the kinds of values that a schema is for, implied ones and those of its alternatives
    included; None: any."""
    found: dict[Kind, None] = {}
    seen: set[Place] = set()
    pending = [schema]
    while pending:
        schema = pending.pop()
        if schema.at in seen:
            continue
        seen.add(schema.at)
        leaves = tuple(part.schema for part in parts(schema, document))
        unions = [leaf.one_of or leaf.any_of for leaf in leaves if leaf.one_of or leaf.any_of]
        said = _kinds(leaves)
        if said is None and not unions:
            return None
        found |= dict.fromkeys(said or ())
        pending += [] if said is not None else unions[0]
    return tuple(found)


def _kinds(leaves: tuple[Schema, ...]) -> tuple[Kind, ...] | None:
    said, listed = kinds(leaves), common(listed_in(leaves))
    if said is None and listed is not None:
        return tuple(dict.fromkeys(kind_of(value.value) for value in listed))
    if said is None and any(s.properties or s.additional or s.required for s in leaves):
        return (Kind.OBJECT,)
    if said is None and any(leaf.items for leaf in leaves):
        return (Kind.ARRAY,)
    return said


def only_kind(schema: Schema) -> Kind | None:
    """Return the one kind of value that a schema is for, null aside; None: any."""
    if schema.kinds is not None:
        return schema.kinds[0] if schema.kinds else None
    if schema.properties is not None or schema.additional is not None or schema.required:
        return Kind.OBJECT
    return Kind.ARRAY if schema.items is not None else None


def is_object(schema: Schema) -> bool:
    """Return whether a schema is for objects with members of their own."""
    if only_kind(schema) is not Kind.OBJECT:
        return False
    closed = schema.additional is not None and schema.additional.always is False
    return bool(schema.properties) or closed or bool(schema.required)
