"""The variants of a union, those of unions within it included: none is null, none a union."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from specloom.diagnostics import Refused
from specloom.document.node import pointer_of
from specloom.document.root import Document
from specloom.document.schema import Discriminator, Schema
from specloom.lower.meaning.heirs import children
from specloom.lower.meaning.meant import meant
from specloom.lower.meaning.nulls import alternatives, is_null
from specloom.pointers import fragment, tokens_of
from specloom.rules.support import not_yet
from specloom.values import Kind, Text

_DEEPEST = 50
_MOST = 2_000
_WITHIN = 12
"""Unions within one another. Each has the variants of all within it: a chain has their square."""
ITSELF = "/discriminator"
"""What follows the address of a component where it is a variant of its own: that has no other."""


@dataclass(frozen=True, slots=True)
class Leaf:
    schema: Schema
    """As it is mentioned."""
    addresses: tuple[str, ...] = ()
    """Of the components that it is, by way of references: the first mentioned first."""
    tags: tuple[Text, ...] = ()
    """The values that the discriminator of the union gives it."""
    home: str | None = None
    """The address of the component whose union it is written in, if that was come by."""
    exclusive: bool = False
    """Whether it is of a `oneOf` within the union that no discriminator tells apart."""
    within: int = 0
    """How many unions it is in, besides that one."""


@dataclass(frozen=True, slots=True)
class Leaves:
    leaves: tuple[Leaf, ...]
    nullable: bool
    tag: Text | None
    """The property of the discriminator."""


def leaves(union: Schema, document: Document) -> Leaves:
    """Return the variants, each once. A union within itself adds nothing.

    `union` is one that stands alone. Raises Refused where it has too many variants, or too deep ones.
    """
    found: dict[str, Leaf] = {}
    nullable = False
    for leaf in _walk(union, document):
        if leaf is None:
            nullable = True
        else:
            known = leaf.addresses[-1] if leaf.addresses else leaf.schema.at.pointer
            found.setdefault(known, leaf)
    declared = union.discriminator
    return Leaves(tuple(found.values()), nullable, declared.property if declared else None)


def _walk(union: Schema, document: Document) -> Iterator[Leaf | None]:
    """Return the variants in order; None stands for null."""
    seen = {union.at.pointer}
    mapped = _mapped(union.discriminator)
    pending = [Leaf(variant) for variant in reversed(alternatives(union))]
    for _ in range(_MOST):
        if not pending:
            return
        leaf = pending.pop()
        variant, home = leaf.schema, leaf.home
        nullable, addresses, core = _followed(variant, document)
        is_only_null = is_null(variant) or core.kinds == (Kind.NULL,)
        if nullable or is_only_null:
            yield None
        inner = None if is_only_null else union_of(core, document)
        if inner is not None and seen.isdisjoint((*addresses, core.at.pointer)):
            seen.update(addresses, (core.at.pointer,))
            home = addresses[-1] if addresses else home
            single = leaf.exclusive or bool(inner.one_of and inner.discriminator is None)
            depth = leaf.within + 1
            if depth > _WITHIN:
                raise Refused(not_yet(union.at, f"over {_WITHIN} unions within one another"))
            within = reversed(alternatives(inner))
            pending += (
                Leaf(schema, home=home, exclusive=single, within=depth) for schema in within
            )
        elif inner is None and not is_only_null:
            tags = _tags(mapped, addresses) if union.discriminator is not None else ()
            yield replace(leaf, addresses=addresses, tags=tags)
    raise Refused(not_yet(union.at, f"a union of over {_MOST} variants"))


def _followed(variant: Schema, document: Document) -> tuple[bool, tuple[str, ...], Schema]:
    """Return whether null fits a variant, which components it is, and what these say."""
    whole = meant(variant, document)
    addresses = [variant.at.pointer.removesuffix(ITSELF)] if is_itself(variant) else []
    nullable = whole.nullable
    while (target := document.schema(whole.schema)) is not None:
        if target.at.pointer in addresses or len(addresses) > _DEEPEST:
            break
        addresses.append(target.at.pointer)
        whole = meant(target, document)
        nullable = nullable or whole.nullable
    return nullable, tuple(addresses), whole.schema


def union_of(schema: Schema, document: Document) -> Schema | None:
    """Return the union that a schema is, by itself or by what is made of it."""
    if alternatives(schema):
        return schema
    return _inherited(schema, document)


def _inherited(schema: Schema, document: Document) -> Schema | None:
    """Return the union of a component with a discriminator and of what is made of it by `allOf`.

    OpenAPI 3.2.0, "Discriminator Object". None where nothing is.
    """
    heirs = {heir.at.pointer: heir for _, heir in children(schema, document)}
    if len(heirs) < 2:
        return None
    return Schema(
        at=schema.at,
        any_of=tuple(_mention(heir, schema) for heir in heirs.values()),
        discriminator=schema.discriminator,
        description=schema.description,
        node=schema.node,
    )


def _mention(component: Schema, base: Schema) -> Schema:
    if component.at == base.at:  # itself, where its own tag means it: no union, and another place
        return replace(base, discriminator=None, at=base.at.step(ITSELF[1:]))
    reference = fragment(component.at.pointer)
    return Schema(
        at=component.at,
        reference=reference,
        node=replace(component.node, value={"$ref": reference}),
    )


def is_itself(schema: Schema) -> bool:
    """Return whether a schema is a component as a variant of its own."""
    return schema.discriminator is None and schema.at.pointer.endswith(ITSELF)


def _mapped(declared: Discriminator | None) -> Mapping[str, Mapping[Text, int]]:
    """Return the tags that are mapped to each component, with their places in the mapping."""
    found: dict[str, dict[Text, int]] = {}
    for place, (tag, target) in enumerate(declared.mapping if declared is not None else ()):
        found.setdefault(_address(target), {})[tag] = place
    return found


def _tags(mapped: Mapping[str, Mapping[Text, int]], addresses: tuple[str, ...]) -> tuple[Text, ...]:
    """Return the values that mean a component: those that the mapping has, or else its key.

    OpenAPI 3.2.0, "Discriminator Object". Inline schemas have no name.
    """
    places = {tag: place for a in addresses for tag, place in mapped.get(a, {}).items()}
    if places:
        return tuple(sorted(places, key=places.__getitem__))
    return tuple(key for a in addresses[:1] if (key := component_key(a)) is not None)


def _address(target: Text) -> str:
    """Return the address that a mapping means: its values are references, or bare names."""
    return pointer_of(target.raw) if "#" in target.raw else f"/components/schemas/{target.raw}"


def component_key(address: str) -> Text | None:
    """Return the key of a component."""
    match tokens_of(address):
        case ("components", "schemas", key):
            return Text(key)
        case _:
            return None
