"""The variants of a union, those of unions within it included: none is null, none a union."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specloom.document.node import pointer_of, pointer_tokens
from specloom.document.root import Document
from specloom.document.schema import Discriminator, Schema
from specloom.lower.nulls import is_null, split_null
from specloom.lower.spread import Spread, spread
from specloom.values import Text

_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Leaf:
    schema: Schema
    """As it is mentioned."""
    addresses: tuple[str, ...] = ()
    """Of the components that it is, by way of references: the first mentioned first."""
    tags: tuple[Text, ...] = ()
    """The values that the discriminator of the union gives it."""


@dataclass(frozen=True, slots=True)
class Leaves:
    leaves: tuple[Leaf, ...]
    nullable: bool
    tag: Text | None
    """The property of the discriminator."""


def leaves(union: Spread, document: Document) -> Leaves:
    """Return the variants, each once. A union within itself adds nothing."""
    found: dict[str, Leaf] = {}
    nullable = False
    for leaf in _walk(union, document, ()):
        if leaf is None:
            nullable = True
        else:
            found.setdefault(leaf.schema.reference or leaf.schema.at.pointer, leaf)
    declared = union.discriminator
    return Leaves(tuple(found.values()), nullable, declared.property if declared else None)


def _walk(union: Spread, document: Document, trail: tuple[str, ...]) -> Iterator[Leaf | None]:
    """Return the variants in order; None stands for null."""
    for variant in union.variants:
        if is_null(variant):
            yield None
            continue
        nullable, core = split_null(variant)
        mentioned, addresses = core, list[str]()
        while core.reference is not None and (target := document.schema(core)) is not None:
            if target.at.pointer in addresses or len(addresses) > _DEEPEST:
                break
            addresses.append(target.at.pointer)
            within, core = split_null(target)
            nullable = nullable or within
        if nullable:
            yield None
        if not set(addresses).isdisjoint(trail):
            continue
        inner = None if len(trail) > _DEEPEST else spread(core, document)
        if inner is None:
            tags = _tags(union.discriminator, tuple(addresses))
            yield Leaf(mentioned, tuple(addresses), tags)
            continue
        here = (*trail, *addresses, core.at.pointer)
        for leaf in _walk(inner, document, here):
            yield leaf if leaf is None else _told(leaf, union.discriminator)


def _told(leaf: Leaf, declared: Discriminator | None) -> Leaf:
    """Return a leaf of a union within another, with what the outer discriminator calls it."""
    return Leaf(leaf.schema, leaf.addresses, _tags(declared, leaf.addresses))


def _tags(declared: Discriminator | None, addresses: tuple[str, ...]) -> tuple[Text, ...]:
    """Return the values that mean a component: those that the mapping has, or else its key.

    OpenAPI 3.2.0, "Discriminator Object". Inline schemas have no name.
    """
    if declared is None:
        return ()
    mapped = tuple(tag for tag, target in declared.mapping if _address(target) in addresses)
    return mapped or tuple(key for a in addresses[:1] if (key := component_key(a)) is not None)


def _address(target: Text) -> str:
    """Return the address that a mapping means: its values are references, or bare names."""
    return pointer_of(target.raw) if "#" in target.raw else f"/components/schemas/{target.raw}"


def component_key(address: str) -> Text | None:
    """Return the key of a component."""
    match pointer_tokens(f"#{address}"):
        case ("components", "schemas", key):
            return Text(key)
        case _:
            return None
