"""Schemas merged: what a schema, its `allOf` and its `$ref` say together, each keyword once.

What has no place there (a `pattern`, a second `multipleOf`, alternatives of `required`) is kept
beside it, as small schemas that hold as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from specloom.diagnostics import Diagnostic
from specloom.document.root import Document
from specloom.document.schema import UNREAD, Schema
from specloom.lower.meaning.branches import branches
from specloom.lower.meaning.narrowing import (
    bounds,
    common,
    is_typed,
    kinds,
    listed_in,
    takes_null,
)
from specloom.lower.meaning.nulls import alternatives
from specloom.lower.meaning.parts import Part, is_synthetic, synthetic
from specloom.lower.meaning.restricted import respelled, restricted
from specloom.lower.meaning.wording import words
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Json, Place, Text, Tree, canonical

_NULL = Json("null")
_Within: TypeAlias = tuple[Schema, tuple[Place, ...]]
"""A schema within a part, and how the part was come by."""


@dataclass(frozen=True, slots=True)
class Merged:
    """`schema` has neither `allOf` nor `$ref`, nor a union. What is within it may have: that is
    merged when it is mentioned."""

    schema: Schema
    rest: tuple[Schema, ...] = ()
    """What holds beside it."""
    conflict: Diagnostic | None = None
    """Why nothing fits, where nothing does."""
    remarks: tuple[Diagnostic, ...] = ()


def united(schema: Schema, found: tuple[Part, ...], document: Document) -> Merged:
    """Return one schema for all parts of another, unions of types aside; it keeps its place."""
    leaves = tuple(part.schema for part in found)
    unions = branches(found, document)
    rest = (*_unread(leaves), *unions.held)
    if len(leaves) == 1 and leaves[0].at == schema.at:
        return Merged(_sole(leaves[0]), rest)
    limits, multiples = bounds(leaves)
    null = takes_null(leaves) or any(p.schema.nullable for p in found if p.depth == 0)
    listed = common((*listed_in(leaves), *unions.listed))
    whole = replace(
        words(schema, found),
        kinds=kinds(leaves),
        nullable=null,
        enum=None if listed is None else tuple(v for v in listed if null or v != _NULL),
        properties=_properties(schema, found),
        required=tuple(dict.fromkeys(name for leaf in leaves for name in leaf.required)),
        additional=_additional(schema, found),
        items=_together(schema, ("items",), _items(found)),
        bounds=limits,
    )
    shut = tuple(_shut(whole, leaves))
    more = (respelled(schema, {"multipleOf": multiple.value}) for multiple in multiples)
    return Merged(
        schema=whole,
        rest=(*rest, *more, *(held for _, held in shut if held is not None)),
        conflict=_conflict(whole),
        remarks=tuple(remark for remark, _ in shut),
    )


def _sole(leaf: Schema) -> Schema:
    """Return what a schema says itself, as far as a type has a place for it."""
    if _is_tuple(leaf) and leaf.items is not None:
        leaf = replace(leaf, items=None)
    if _is_patterned(leaf) and leaf.additional is not None:
        leaf = replace(leaf, additional=None)
    return replace(leaf, one_of=(), any_of=()) if alternatives(leaf) else leaf


def _unread(leaves: Iterable[Schema]) -> Iterator[Schema]:
    """Return what the parts say in keywords that a type has no place for."""
    for leaf in leaves:
        if leaf.always is False:
            yield leaf
        keywords = UNREAD.intersection(leaf.node.keys)
        if not keywords.isdisjoint(("unevaluatedProperties", "unevaluatedItems")):
            keywords = frozenset(leaf.node.keys)  # it looks at all that is beside it
        if "prefixItems" in keywords:
            keywords |= {"items"}
        if "patternProperties" in keywords:
            keywords |= {"properties", "additionalProperties"}
        if keywords:
            yield restricted(leaf, keywords)


# --- what is within ------------------------------------------------------------------------


def _together(root: Schema, step: tuple[str, ...], within: Iterable[_Within]) -> Schema | None:
    """Return a schema that says what several say, as far as they say different things.

    Where all of them came from one component, it stands there: that has the same.
    """
    found: dict[str, Schema] = {}
    ways: list[tuple[Place, ...]] = []
    for schema, through in within:
        found.setdefault(spelling(schema), schema)
        ways.append(through)
    if len(found) < 2:
        return next(iter(found.values()), None)
    at = _home(ways, root.at)
    for token in step:
        at = at.step(token)
    return synthetic(tuple(found.values()), at, root)


def spelling(schema: Schema) -> str:
    """Return a text that two schemas share only where they say the same."""
    return schema.at.pointer if is_synthetic(schema) else canonical(schema.node.value).raw


def _home(ways: Iterable[tuple[Place, ...]], root: Place) -> Place:
    """Return the last place that several ways have in common."""
    common = root
    for places in zip(*ways, strict=False):
        if len(set(places)) > 1:
            break
        common = places[0]
    return common


def _properties(root: Schema, found: tuple[Part, ...]) -> tuple[tuple[Text, Schema], ...] | None:
    if all(part.schema.properties is None for part in found):
        return None
    within: dict[Text, list[_Within]] = {}
    for part in found:
        for name, child in part.schema.properties or ():
            within.setdefault(name, []).append((child, part.through))
    for part in found:
        own = {name for name, _ in part.schema.properties or ()}
        if is_typed(part.schema.additional) and not _is_patterned(part.schema):
            for name in (name for name in within if name not in own):
                within[name].append((part.schema.additional, part.through))
    together = ((n, _together(root, ("properties", n.raw), w)) for n, w in within.items())
    return tuple((name, child) for name, child in together if child is not None)


def _additional(root: Schema, found: tuple[Part, ...]) -> Schema | None:
    said = [
        (part.schema.additional, part.through)
        for part in found
        if part.schema.additional is not None and not _is_patterned(part.schema)
    ]
    for schema, _ in said:
        if schema.always is False:
            return schema
    typed = [(schema, through) for schema, through in said if is_typed(schema)]
    return _together(root, ("additionalProperties",), typed or said)


def _items(found: tuple[Part, ...]) -> Iterator[_Within]:
    for part in found:
        if part.schema.items is not None and not _is_tuple(part.schema):
            yield part.schema.items, part.through


def _is_tuple(schema: Schema) -> bool:
    """Return whether `items` speaks of some items only: of those that come after the first."""
    return schema.node.get("prefixItems") is not None


def _is_patterned(schema: Schema) -> bool:
    return schema.node.get("patternProperties") is not None


# --- what does not go together -----------------------------------------------------------------


def _shut(whole: Schema, leaves: Iterable[Schema]) -> Iterator[tuple[Diagnostic, Schema | None]]:
    """Return the parts that forbid members of others: a remark, and what holds by the letter.

    Where such a member is required nothing could be written, and what the author meant is clear.
    """
    for leaf in leaves:
        if leaf.additional is None or leaf.additional.always is not False or _is_patterned(leaf):
            continue
        own = dict(leaf.properties or ())
        others = [name for name, _ in whole.properties or () if name not in own]
        if others:
            message = f"this forbids `{shown(others[0])}`, which another part of the schema has"
            remark = finding("closed-part", leaf.at.step("additionalProperties").at_key(), message)
            named: Tree = {name.raw: True for name in own}
            letter = {"properties": named, "additionalProperties": False}
            meant = any(name in whole.required for name in others)
            yield remark, None if meant else respelled(leaf, letter)


def _conflict(whole: Schema) -> Diagnostic | None:
    if whole.nullable:
        return None
    if whole.kinds == ():
        message = "nothing fits: the types of its parts exclude one another"
    elif whole.enum == ():
        message = "nothing fits: no value is listed in all of its parts"
    else:
        return None
    return finding("impossible", whole.at, message)
