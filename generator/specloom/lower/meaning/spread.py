"""A union with something around it, as a union with nothing around it.

Each variant is then all that stands around the union, and one alternative.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import prod

from specloom.diagnostics import Refused
from specloom.document.node import Node
from specloom.document.root import Document
from specloom.document.schema import Discriminator, Schema, read_schema
from specloom.lower.meaning.branches import Branch, branches
from specloom.lower.meaning.implied import kinds_within
from specloom.lower.meaning.merge import Merged, spelling, united
from specloom.lower.meaning.narrowing import covers, is_silent
from specloom.lower.meaning.nulls import is_null, types_take_null
from specloom.lower.meaning.parts import Part, parts, synthetic
from specloom.lower.meaning.represented import represented
from specloom.rules.support import not_yet
from specloom.values import Place, Tree

_MOST_PRODUCTS = 16
_MOST_MEMBERS = 30_000


@dataclass(frozen=True, slots=True)
class Spread:
    keyword: str
    """`oneOf` or `anyOf`."""
    variants: tuple[Schema, ...]
    """Alternatives as they are where nothing around them narrows them."""
    discriminator: Discriminator | None


def spread(schema: Schema, found: tuple[Part, ...], document: Document) -> Spread | None:
    """Return the union of types that a schema of these parts is; None where it is none.

    Of several unions the first is spread. The others stay within each variant, where they are
    spread in turn; beyond 16 products they are only checked.
    Raises Refused where an alternative is a part of itself, and where too much would be spread.
    """
    unions = branches(found, document).of_types
    if not unions:
        return None
    first, *others = sorted(unions, key=lambda u: not u.part.schema.discriminator)
    few = prod(len(union.alternatives) for union in unions) <= _MOST_PRODUCTS
    around = tuple(_around(found, unions))
    leaves = tuple(part.schema for part in around)
    beside = tuple(_beside(union, few=few) for union in others)
    members = sum(len(leaf.properties or ()) for leaf in leaves)
    if members * len(first.alternatives) > _MOST_MEMBERS:
        what = (
            f"more than {_MOST_MEMBERS:,} properties, those around a union in each of its variants"
        )
        raise Refused(not_yet(schema.at, what))
    base = united(schema, around, document)
    null_fits = _takes_null(found, first)
    variants = (
        (
            alternative
            if is_null(alternative)
            or (not beside and _adds_nothing(base, leaves, alternative, document))
            else synthetic((*leaves, *beside, alternative), at, schema)
        )
        for alternative, at in _placed(first, schema.at)
        if null_fits or not is_null(alternative)
    )
    return Spread(first.keyword, tuple(variants), first.part.schema.discriminator)


def _takes_null(found: Iterable[Part], union: Branch) -> bool:
    """Return whether null, an alternative of a union, is one of the whole.

    A type beside the union itself is meant of its other alternatives; one in another part is not.
    """
    if all(map(is_null, union.alternatives)):
        return True  # nothing else would be left
    bearer = union.part.schema.at
    return types_take_null(part.schema for part in found if part.schema.at != bearer)


def _around(found: Iterable[Part], unions: Iterable[Branch]) -> Iterator[Part]:
    """Return the parts without their unions of types, as far as anything is left of them."""
    bearing = {union.part.schema.at for union in unions}
    for part in found:
        bare = part
        if part.schema.at in bearing:
            schema = replace(part.schema, one_of=(), any_of=(), discriminator=None)
            bare = replace(part, schema=schema)
        if not is_silent(bare.schema):
            yield bare


def _beside(union: Branch, *, few: bool) -> Schema:
    """Return a union that stands beside another, as a schema of its own."""
    bearer, keyword = union.part.schema, union.keyword
    at, written = bearer.at.step(keyword), bearer.node.get(keyword)
    alone: Tree = {} if written is None else {keyword: written.value}
    if not few:
        # twice negated it asserts the same, and is no union of types
        return read_schema(Node({"not": {"not": alone}}, at, bearer.node.root))
    return Schema(
        at=at,
        one_of=union.alternatives if keyword == "oneOf" else (),
        any_of=union.alternatives if keyword == "anyOf" else (),
        node=Node(alone, at, bearer.node.root),
    )


def _placed(union: Branch, root: Place) -> Iterator[tuple[Schema, Place]]:
    """Return the alternatives, each with a place that no other type has."""
    for index, alternative in enumerate(union.alternatives):
        own = alternative.at.pointer.startswith(f"{root.pointer}/")
        yield alternative, alternative.at if own else root.step(union.keyword).step(index)


def _adds_nothing(
    base: Merged, leaves: tuple[Schema, ...], alternative: Schema, document: Document
) -> bool:
    """Return whether an alternative says by itself all that stands around it."""
    if not leaves:
        return True
    within = parts(alternative, document)
    known = {part.schema.at for part in within}
    if all(leaf.at in known for leaf in leaves):
        return True  # it is made of its own base
    around, said = base.schema, united(alternative, within, document).schema
    kinds_ = kinds_within(alternative, document)
    own = dict(said.properties or ())
    return (
        not base.rest
        and (around.kinds is None or (kinds_ is not None and covers(around.kinds, kinds_)))
        and around.const is None
        and around.enum is None
        and represented(around) is None
        and around.format != "binary"
        and set(around.bounds) <= set(said.bounds)
        and set(around.required) <= set(said.required)
        and all(_is_alike(child, own.get(name)) for name, child in around.properties or ())
        and _is_alike(around.items, said.items)
        and _is_alike(around.additional, said.additional)
    )


def _is_alike(around: Schema | None, said: Schema | None) -> bool:
    """Return whether a schema within, if there is one, says what the other says."""
    return around is None or (said is not None and spelling(around) == spelling(said))
