"""How the variants of a union are told apart: by a constant that each requires."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.diagnostics import Refused
from specloom.document.root import Document
from specloom.document.schema import Discriminator, Schema
from specloom.lower.nulls import alternatives, split_null
from specloom.rules.support import not_yet
from specloom.values import Json, Text
from specloom.verdict import ByTag, Evidence, Rule, Take, Verdict

_LONGEST_CHAIN = 100


def lower_union(
    schema: Schema, document: Document, keyword: str
) -> tuple[ir.Union, tuple[tuple[Schema, Text], ...]]:
    """Return a union, and those of its variants that are inline, each with its tag.

    Raises Refused where no tag tells the variants apart.
    """
    variants = alternatives(schema)
    objects = tuple(_object(variant, document) for variant in variants)
    tag = _tag(tuple(core for core, _ in objects), schema.discriminator, document)
    if tag is None:
        at = schema.at.step(keyword).at_key()
        what = "a union whose variants no required constant tells apart"
        raise Refused(not_yet(at, what))
    name, values = tag
    _agree(schema.discriminator, name, variants, values)
    cases = tuple((tags, Take(number)) for number, tags in enumerate(values))
    declared = schema.discriminator is not None
    union = ir.Union(
        variants=tuple(
            ir.Variant(type=ir.Ref(id_), at=variant.at)
            for variant, (_, id_) in zip(variants, objects, strict=True)
        ),
        exclusive=keyword == "oneOf",
        verdict=Verdict(
            choice=ByTag(name, cases),
            evidence=Evidence.PROVEN,
            rule=Rule.DECLARED_TAG if declared else Rule.TAG,
        ),
    )
    inline = tuple(
        (variant, Text(str(tags[0].value)))
        for variant, tags in zip(variants, values, strict=True)
        if variant.reference is None
    )
    return union, inline


def _object(schema: Schema, document: Document) -> tuple[Schema | None, ir.TypeId]:
    """Return the object that a variant is, and its address; None where it is none, or null too."""
    id_ = ir.TypeId(schema.at.pointer)
    nullable, core = split_null(schema)
    for _ in range(_LONGEST_CHAIN):
        if core.reference is None or nullable:
            break
        target = document.schema(core)
        if target is None:
            return None, id_
        id_ = ir.TypeId(target.at.pointer)
        nullable, core = split_null(target)
    return None if nullable or core.properties is None or core.all_of else core, id_


def _tag(
    objects: tuple[Schema | None, ...], declared: Discriminator | None, document: Document
) -> tuple[Text, tuple[tuple[Json, ...], ...]] | None:
    first = objects[0]
    if first is None or any(o is None for o in objects):
        return None
    names = [name for name, _ in first.properties or ()]
    if declared is not None:
        names = [declared.property]
    for name in names:
        values = tuple(tuple(_values(o, name, document)) for o in objects if o is not None)
        everything = [value.raw for tags in values for value in tags]
        if all(values) and len(set(everything)) == len(everything):
            return name, values
    return None


def _values(schema: Schema, name: Text, document: Document) -> Iterator[Json]:
    """Return the values that the property `name` may have; none where it need not be there."""
    child = dict(schema.properties or ()).get(name)
    if child is None or name not in schema.required:
        return
    nullable, core = split_null(child)
    if core.reference is not None and (target := document.schema(core)) is not None:
        nullable, core = split_null(target)
    values = core.enum if core.const is None else (core.const,)
    if nullable or not values:
        return
    if all(isinstance(v.value, str | int) and not isinstance(v.value, bool) for v in values):
        yield from dict.fromkeys(values)


def _agree(
    declared: Discriminator | None,
    tag: Text,
    variants: tuple[Schema, ...],
    values: tuple[tuple[Json, ...], ...],
) -> None:
    """Refuse a `discriminator` whose mapping says something else than the constants."""
    if declared is None:
        return
    meant = {
        value.value: variant.reference
        for variant, tags in zip(variants, values, strict=True)
        for value in tags
    }
    for key, target in declared.mapping:
        reference = target.raw if "#" in target.raw else f"#/components/schemas/{target.raw}"
        if meant.get(key.raw) != reference:
            at = declared.at.step("mapping").step(key.raw)
            raise Refused(
                not_yet(at, "a mapping that the constants of the variants do not bear out")
            )
