"""A schema as it is meant: null told apart, what stands beside one another made one.

What is left is a mention, a union with nothing around it, or neither of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from specloom.diagnostics import Diagnostic
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.meaning.heirs import is_heir
from specloom.lower.meaning.implied import kinds_within
from specloom.lower.meaning.merge import united
from specloom.lower.meaning.narrowing import covers, is_mention, is_silent, says_kinds_alone
from specloom.lower.meaning.nulls import alternatives, is_plain, split_null, types_take_null
from specloom.lower.meaning.parts import is_synthetic, parts
from specloom.lower.meaning.several import by_kind, unlisted
from specloom.lower.meaning.spread import spread
from specloom.values import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    nullable: bool
    schema: Schema
    """A reference that stands alone, a union that stands alone, or what has none of `$ref`,
    `allOf`, `oneOf` and `anyOf`."""
    rest: tuple[Schema, ...] = ()
    """What holds beside it, null aside."""
    conflict: Diagnostic | None = None
    """Why nothing fits, where nothing does."""
    remarks: tuple[Diagnostic, ...] = ()
    made_of: frozenset[Place] = frozenset()
    """The schemas that it was put together of, where they are several."""


def meant(schema: Schema, document: Document) -> Meant:
    """Return a schema as it is meant.

    Raises Refused where it is a part of itself.
    """
    if is_heir(schema, document):
        return _compound(schema, document)  # whatever it adds to what it is made of
    null, core = split_null(schema)
    if core.at != schema.at:  # a union or an `allOf` of one
        within = meant(core, document)
        return replace(within, nullable=null or within.nullable)
    if _is_mention(core, document):
        return Meant(nullable=null, schema=core)
    sole = _sole(core, document)
    if sole is not None:
        within = meant(sole, document)
        silent = any(s.nullable and is_silent(s) for s in schema.all_of)
        own = within.nullable and types_take_null(p for p in _pieces(core) if p.at != sole.at)
        return replace(within, nullable=schema.nullable or silent or own)
    if alternatives(core) and is_plain(core) and not core.all_of:
        return Meant(nullable=null, schema=core)
    return _compound(schema, document)


def seen_through(schema: Schema, document: Document) -> Meant:
    """Return what a schema is meant to be, behind all that it mentions."""
    found = meant(schema, document)
    seen: set[Place] = set()
    while (target := document.end(found.schema)) is not None and target.at not in seen:
        seen.add(target.at)
        found = meant(target, document)
    return found


def _compound(schema: Schema, document: Document) -> Meant:
    found = parts(schema, document)
    whole = united(schema, found, document)
    null, flat = split_null(whole.schema)
    telling = frozenset(part.schema.at for part in found if not is_silent(part.schema))
    made_of = telling if len(telling) > 1 else frozenset[Place]()
    union = spread(schema, found, document)
    if union is None:
        flat, listed = unlisted(flat)
        if variants := by_kind(flat, tuple(part.schema for part in found)):
            kinds = Schema(
                at=schema.at,
                title=flat.title,
                description=flat.description,
                any_of=variants,
                node=schema.node,
            )
            return Meant(nullable=null, schema=kinds, made_of=made_of)
        return Meant(
            nullable=null,
            schema=flat,
            rest=(*whole.rest, *listed),
            conflict=None if null else whole.conflict,
            remarks=whole.remarks,
            made_of=made_of,
        )
    of_types = Schema(
        at=schema.at,
        title=flat.title,
        description=flat.description,
        one_of=union.variants if union.keyword == "oneOf" else (),
        any_of=union.variants if union.keyword == "anyOf" else (),
        discriminator=union.discriminator,
        node=schema.node,
    )
    within, core = split_null(of_types)
    if core.at == schema.at and alternatives(core):
        return Meant(nullable=null or within, schema=core, made_of=made_of)
    only = meant(core, document)  # nothing but null stands beside it
    return replace(only, nullable=null or within or only.nullable)


def _is_mention(schema: Schema, document: Document) -> bool:
    """Return whether a schema is a reference with nothing but words beside it."""
    return is_mention(schema) or (document.legacy and schema.reference is not None)


def _sole(schema: Schema, document: Document) -> Schema | None:
    """Return the one schema beside which others are silent, or say no more than its type."""
    pieces = {piece.reference or piece.at: piece for piece in _pieces(schema)}
    telling = [piece for piece in pieces.values() if not says_kinds_alone(piece)]
    if len(telling) != 1:
        return None
    sole = telling[0]
    if sole.at == schema.at and sole.reference is None:  # what it says itself
        return None
    if _is_rest_of_union(sole):
        return None  # its place is that of the union
    kinds = kinds_within(sole, document) if len(pieces) > 1 else ()
    around = [piece.kinds or () for piece in pieces.values() if piece is not sole]
    if kinds is None or not all(covers(known, kinds) for known in around):
        return None
    return sole


def _is_rest_of_union(schema: Schema) -> bool:
    """Return whether a schema is what stands around a union, without the union."""
    return not alternatives(schema) and any(key in schema.node.keys for key in ("oneOf", "anyOf"))


def _pieces(schema: Schema) -> Iterator[Schema]:
    """Return what a schema is directly made of, as far as it says anything."""
    if not schema.all_of and schema.reference is None:
        return
    own = replace(schema, all_of=(), reference=None)
    if schema.reference is not None:
        lone = replace(schema.node, value={"$ref": schema.reference})
        yield Schema(at=schema.at, reference=schema.reference, node=lone)
    if not is_synthetic(schema) and not is_silent(own):
        yield own
    yield from (part for part in schema.all_of if not is_silent(part))
