"""The default of a schema, where it fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from specloom import ir
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.draft import Lowering, Site
from specloom.lower.meaning.implied import is_object
from specloom.lower.meaning.meant import Meant, meant, seen_through
from specloom.lower.meaning.narrowing import is_typed
from specloom.lower.meaning.nulls import alternatives
from specloom.lower.meaning.represented import represented
from specloom.lower.meaning.wording import worded
from specloom.lower.schemas.held import bounded, refused
from specloom.lower.schemas.leaves import union_of
from specloom.rules.table import finding
from specloom.spelling import canonical
from specloom.values import Json, Kind, Tree, kind_of

_MOST = 1_000
"""Defaults that one default may stand for, with those of the members that it leaves out."""


def lower_default(schema: Schema, site: Site) -> Lowering[ir.Default | None]:
    """Return the default of a schema; yield a finding, and drop it, where it does not fit."""
    if schema.default is None:
        return None
    at = schema.at.step("default")
    if not fits(schema.default, schema, site.document):
        if not site.foreign:
            yield finding("bad-default", at, "the default does not fit its schema: it is dropped")
        return None
    if not _is_told(schema.default.value, schema, site.document):
        if not site.foreign:
            yield finding(
                "untold-default", at, "the default is of no one type: it is not filled in"
            )
        return None
    value = schema.default.value
    if _is_endless(value, schema, site.document):
        if not site.foreign:
            message = "the default has no end with those of what it leaves out: it is dropped"
            yield finding("bad-default", at, message)
        return None
    sent = _as_sent(value, schema, site.document)
    return ir.Default(schema.default if sent is value else Json.of(sent))


def _is_endless(value: Tree, schema: Schema, document: Document) -> bool:
    """Return whether a value has no end, or one beyond reason, with all defaults that it leaves out.

    Whoever makes such a value makes all of these: forty that double each time are a million million.
    """
    pending: list[tuple[Tree, Schema]] = [(value, schema)]
    filled = 0
    while pending:
        each, of = pending.pop()
        core = seen_through(of, document).schema
        pending += ((inner, own) for inner, own in _within(each, core) if own is not None)
        if not isinstance(each, Mapping):
            continue
        for name, child in core.properties or ():
            left = worded(child, document).default
            if left is None or name in core.required or name.raw in each:
                continue
            filled += 1
            if filled > _MOST:
                return True
            pending.append((left.value, child))
    return False


def _as_sent(value: Tree, schema: Schema, document: Document) -> Tree:
    """Return a default as it is sent by who leaves it to the package."""
    if isinstance(value, str):
        kinds = _represented(schema, document, frozenset())
        spelled = (canonical(kind, value) for kind in kinds)
        return next((found for found in spelled if found is not None), value)
    core = seen_through(schema, document).schema
    if not isinstance(value, Mapping | Sequence):
        listed = (core.const,) if core.const is not None else core.enum or ()
        # 1.0 is the 1 of an enum, or of an integer, which is another constant in Python
        if isinstance(value, float) and core.kinds == (Kind.INTEGER,):
            return int(value)
        return next((k.value for k in listed if _same(k, Json.of(value))), value)
    made = [
        each if of is None else _as_sent(each, of, document) for each, of in _within(value, core)
    ]
    return dict(zip(value, made, strict=True)) if isinstance(value, Mapping) else made


def _within(value: Tree, core: Schema) -> Iterator[tuple[Tree, Schema | None]]:
    """Return what stands in a value, each with its schema, if there is one."""
    if isinstance(value, Mapping):
        named = {name.raw: child for name, child in core.properties or ()}
        others = core.additional if is_typed(core.additional) else None
        yield from ((each, named.get(name, others)) for name, each in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield from ((each, core.items) for each in value)


def _represented(
    schema: Schema, document: Document, trail: frozenset[str]
) -> Iterator[ir.ScalarKind]:
    """Return what texts are read as, by a schema, what it mentions, and its alternatives."""
    core = meant(schema, document).schema
    if core.at.pointer in trail or core.enum is not None or core.const is not None:
        return
    target = document.schema(core)
    for within in (*alternatives(core), *(() if target is None else (target,))):
        yield from _represented(within, document, trail | {core.at.pointer})
    kind = represented(core)
    if kind is not None and core.kinds == (Kind.STRING,):
        yield kind


def _is_told(value: Tree, schema: Schema, document: Document) -> bool:
    """Return whether it is known what is to be made of a list or an object: not of what is of one
    variant or another, nor of members that have no place."""
    if kind_of(value) not in (Kind.ARRAY, Kind.OBJECT):
        return True
    core = seen_through(schema, document).schema
    if union_of(core, document) is not None:
        return False
    if not isinstance(value, Mapping):
        items = core.items
        within = value if isinstance(value, Sequence) else ()
        return items is None or all(_is_told(each, items, document) for each in within)
    return all(
        not is_object(core) if of is None else _is_told(each, of, document)
        for each, of in _within(value, core)
    )


def fits(value: Json, schema: Schema, document: Document) -> bool:
    """Return whether `value` is of the type of `schema`, and what is checked beside it holds."""
    return _fits(value, schema, document, frozenset())


def _fits(value: Json, schema: Schema, document: Document, trail: frozenset[str]) -> bool:
    found = meant(schema, document)
    core = found.schema
    if value.raw == "null":
        return found.nullable or _is_anything(core)
    if found.conflict is not None:
        return False
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
    return (
        _fits_kind(value.value, core)
        and _is_held(value, found, document)
        and all(
            of is None or _fits(Json.of(each), of, document, frozenset())
            for each, of in _within(value.value, core)
        )
    )


def _is_held(value: Json, found: Meant, document: Document) -> bool:
    """Return whether nothing is known to refuse a value, beyond its type."""
    return not refused((value,), (*bounded(found.schema), *found.rest), document)


def _is_anything(schema: Schema) -> bool:
    bare = schema.reference is None and schema.const is None and schema.enum is None
    return bare and schema.kinds is None and not alternatives(schema) and not schema.properties


def _same(one: Json, other: Json) -> bool:
    return one.value == other.value and kind_of(one.value) is kind_of(other.value)


def _fits_kind(value: Tree, schema: Schema) -> bool:
    kind = kind_of(value)
    if isinstance(value, Mapping) and any(name.raw not in value for name in schema.required):
        return False
    if isinstance(value, str) and (found := represented(schema)) is not None:
        return _is_string(schema) and canonical(found, value) is not None
    if schema.kinds is not None:
        return kind in schema.kinds or (kind is Kind.INTEGER and Kind.NUMBER in schema.kinds)
    if schema.properties is not None or schema.additional is not None:
        return isinstance(value, Mapping)
    if schema.items is not None:
        return isinstance(value, Sequence) and not isinstance(value, str)
    return True


def _is_string(schema: Schema) -> bool:
    return schema.kinds is None or Kind.STRING in schema.kinds
