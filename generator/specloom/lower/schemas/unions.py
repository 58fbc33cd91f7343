"""Unions: their variants, lowered, and the verdict of how these are told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from specloom import ir
from specloom.assertion import ANYTHING, Assertion, Matches, Not, Single, Some
from specloom.document.schema import Schema
from specloom.lower.draft import Lowering, Site, each
from specloom.lower.meaning.nulls import alternatives
from specloom.lower.meaning.several import variant_kind
from specloom.lower.schemas.candidates import asserted, places
from specloom.lower.schemas.closure import mentions_formats
from specloom.lower.schemas.formatted import Formats
from specloom.lower.schemas.leaves import Leaf, component_key, is_itself, leaves
from specloom.lower.schemas.overlaps import dead, overlaps
from specloom.lower.schemas.shared import groups, is_anything, together
from specloom.plain import every
from specloom.unions import Candidate, Declared, judge
from specloom.values import Json, Text
from specloom.verdict import Evidence, Verdict, compared, keys, tags, tested

Mention: TypeAlias = Callable[[Schema, Site], Lowering[ir.Type]]
"""How a variant is lowered."""
_Whole: TypeAlias = Callable[[], tuple[Assertion, ...]]
"""What all alternatives assert, as the document has them."""
Bare: TypeAlias = Callable[[ir.Type, Schema, Site], Lowering[ir.Type]]
"""How the alias that a variant is, by its schema, is seen through."""

_BASE = Text("base")
"""What a component adds to its own name where it is a variant of itself."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """What a union is, null aside."""

    shape: ir.Union | ir.Alias
    nullable: bool


@dataclass(frozen=True, slots=True)
class _Variant:
    """Leaves that are one type in Python."""

    type: ir.Type
    leaves: tuple[Leaf, ...]
    narrowed: bool = False
    """Whether a value of the type may be of none of them."""


@dataclass(frozen=True, slots=True)
class _Variants:
    """The variants of a union, before it is known what they share."""

    union: Schema
    site: Site
    leaves: tuple[Leaf, ...]
    nullable: bool
    tag: Text | None
    verdict: Verdict

    @property
    def keyword(self) -> str:
        return "oneOf" if self.union.one_of else "anyOf"

    @property
    def kept(self) -> tuple[int, ...]:
        """Those that some value fits, each once."""
        gone = {*self.verdict.dead, *(later for later, _ in self.verdict.same)}
        return tuple(n for n in range(len(self.leaves)) if n not in gone)


def lower_union(union: Schema, site: Site, mention: Mention, bare: Bare) -> Lowering[Shaped]:
    """Return what a union is: variants that are told apart, or the one type that they share.

    `union` is one that stands alone.
    Raises Refused where a variant cannot be lowered yet.
    """
    flat = leaves(union, site.document)
    verdict = _judged([(leaf,) for leaf in flat.leaves], flat.tag, site)
    all_ = _Variants(union, site, flat.leaves, flat.nullable, flat.tag, verdict)
    yield from dead(flat.leaves, verdict)
    words = dict(_words(all_))
    mentions = [
        mention(flat.leaves[n].schema, _site(flat.leaves[n], words[n], site)) for n in all_.kept
    ]
    # null is said once, of the union
    types = tuple(map(_without_null, (yield from each(mentions))))
    bare_types = yield from each(
        bare(type_, flat.leaves[n].schema, site) for n, type_ in zip(all_.kept, types, strict=True)
    )
    return (yield from _shape(all_, types, bare_types))


def _without_null(type_: ir.Type) -> ir.Type:
    return type_.of if isinstance(type_, ir.Nullable) else type_


def _site(leaf: Leaf, word: Text, site: Site) -> Site:
    """Return where a variant is mentioned: what is inline in a component is defined there alone."""
    if leaf.home is None or component_key(leaf.home) is None:
        return site.within(word)
    return replace(site.inside(ir.TypeId(leaf.home)).within(word), foreign=True)


def _shape(
    all_: _Variants, types: tuple[ir.Type, ...], bare: tuple[ir.Type, ...]
) -> Lowering[Shaped]:
    union, site, keyword = all_.union, all_.site, all_.keyword
    variants = tuple(_merged(all_, types, bare))
    is_one_of = keyword == "oneOf"
    formats = Formats.HERE if is_one_of else Formats.NOWHERE

    # only where it is needed: what it says of a pattern may be more than can be checked
    def whole() -> tuple[Assertion, ...]:
        return tuple(asserted(v, site.document, formats=formats) for v in alternatives(union))

    if not variants or any(is_anything(v.type) for v in variants):
        return Shaped(_anything(keyword, whole()), nullable=False)
    if len(variants) == 1:
        only = variants[0]
        type_ = _checked(only.type, _checks_of_one(only, keyword, whole, site))
        return Shaped(ir.Alias(ir.Nullable(type_) if all_.nullable else type_), nullable=False)
    verdict = all_.verdict
    if len(variants) < len(all_.leaves):
        verdict = _judged([variant.leaves for variant in variants], all_.tag, site)
    yield from overlaps(keyword, union, tuple(v.leaves[0] for v in variants), verdict)
    tried, guessed = tested(verdict.choice), compared(verdict.choice)
    return Shaped(
        ir.Union(
            variants=tuple(
                ir.Variant(
                    type=_checked(variant.type, _checks(variant, site)),
                    assertion=(
                        _tried(variant, site, exact=number not in guessed)
                        if number in tried
                        else None
                    ),
                    at=variant.leaves[0].schema.at,
                )
                for number, variant in enumerate(variants)
            ),
            verdict=verdict,
            exclusive=tuple(_exclusive(all_, variants, verdict, whole)),
        ),
        all_.nullable,
    )


def _judged(variants: list[tuple[Leaf, ...]], tag: Text | None, site: Site) -> Verdict:
    declared = None
    if tag is not None:
        values = (tuple(dict.fromkeys(t for leaf in of for t in leaf.tags)) for of in variants)
        declared = Declared(tag, tuple(tuple(Json.of(t.raw) for t in of) for of in values))
    return judge(site.schemas, [_candidate(of, site) for of in variants], declared=declared)


def _candidate(variant: tuple[Leaf, ...], site: Site) -> Candidate:
    return tuple(places(leaf.schema, site.document) for leaf in variant)


def _some(variant: tuple[Leaf, ...], site: Site, formats: Formats) -> Assertion:
    found = tuple(asserted(leaf.schema, site.document, formats=formats) for leaf in variant)
    return found[0] if len(found) == 1 else Some(found)


def _tried(variant: _Variant, site: Site, *, exact: bool) -> Assertion:
    """Return what a value is tried against: to be `exact`, all that the verdict goes by.

    These are formats wherever they are. A UUID that would come back in another spelling than it
    came in stays a text.
    """
    said = _some(variant.leaves, site, Formats.HERE)
    if exact:
        everywhere = _some(variant.leaves, site, Formats.EVERYWHERE)
        said = everywhere if mentions_formats(everywhere, site.document) else said
    if variant.type == ir.Scalar(ir.ScalarKind.UUID):
        return every((said, Matches(Text("^[^A-Z]*$"))))
    return said


# --- names ---------------------------------------------------------------------------------


def _words(all_: _Variants) -> Iterator[tuple[int, Text]]:
    """Return the word that each variant adds to the name of its union, if it needs a name.

    In order of merit: its tag, its title, its component, its kind where that alone tells it from
    the others, the member that decides; its position.
    """
    by_tag, by_key = tags(all_.verdict.choice), keys(all_.verdict.choice)
    declared = Counter(name for leaf in all_.leaves for name, _ in leaf.schema.properties or ())
    for number, leaf in enumerate(all_.leaves):
        schema = leaf.schema
        names = [_BASE] if is_itself(schema) else []
        names += [Text(str(tag.value)) for tag in by_tag.get(number, ())]
        names += [schema.title] if schema.title.raw.strip() else []
        names += [key for part in schema.all_of if (key := _key(part)) is not None]
        names += [Text(kind.value)] if (kind := variant_kind(schema)) is not None else []
        names += [by_key[number]] if number in by_key else []
        names += [name for name, _ in schema.properties or () if declared[name] == 1]
        yield number, names[0] if names else Text(f"variant {number + 1}")


def _key(schema: Schema) -> Text | None:
    return None if schema.reference is None else component_key(schema.reference.removeprefix("#"))


# --- what variants share ---------------------------------------------------------------------


def _merged(
    all_: _Variants, types: tuple[ir.Type, ...], bare: tuple[ir.Type, ...]
) -> Iterator[_Variant]:
    """Return the variants as Python has them: those of one type are one."""
    kept = tuple(all_.leaves[number] for number in all_.kept)
    for numbers in groups(bare):
        own = tuple(kept[n] for n in numbers)
        if len(numbers) == 1:
            only = numbers[0]
            yield _Variant(bare[only] if is_anything(bare[only]) else types[only], own)
            continue
        type_, narrowed = together([bare[n] for n in numbers])
        yield _Variant(type_ or ir.Anything(), own, narrowed=narrowed)


def _checked(type_: ir.Type, checks: tuple[ir.Check, ...]) -> ir.Type:
    if not checks:
        return type_
    if isinstance(type_, ir.Checked):
        return ir.Checked(type_.of, (*type_.checks, *checks))
    return ir.Checked(type_, checks)


def _checks(variant: _Variant, site: Site) -> tuple[ir.Check, ...]:
    return (ir.Holds(_some(variant.leaves, site, Formats.NOWHERE)),) if variant.narrowed else ()


def _checks_of_one(only: _Variant, keyword: str, whole: _Whole, site: Site) -> tuple[ir.Check, ...]:
    """Return what a value has to be besides, where all variants are of one type.

    Where one contains the others, as a string its enum, nobody meant to refuse what fits both.
    """
    if keyword != "oneOf" or len(only.leaves) == 1:
        return _checks(only, site)
    if only.narrowed:
        schemas = [leaf.schema for leaf in only.leaves]
        letter = tuple(asserted(of, site.document, formats=Formats.NOWHERE) for of in schemas)
        if letter != tuple(asserted(of, site.document) for of in schemas):
            # a format refuses nothing that is sent
            return (ir.Holds(Some(letter)), ir.Exclusive(whole()))
        return (ir.Holds(Single(whole())),)
    is_closed = isinstance(only.type, ir.Literal) and not only.type.open
    return () if is_closed else (ir.Exclusive(whole()),)


def _anything(keyword: str, whole: tuple[Assertion, ...]) -> ir.Alias:
    """Return a union one of whose variants may be anything: there is no type but that."""
    if keyword == "oneOf":
        return ir.Alias(ir.Checked(ir.Anything(), (ir.Holds(Single(whole)),)))
    if ANYTHING in whole:
        return ir.Alias(ir.Anything())
    return ir.Alias(ir.Checked(ir.Anything(), (ir.Holds(Some(whole)),)))


def _exclusive(
    all_: _Variants,
    variants: tuple[_Variant, ...],
    verdict: Verdict,
    whole: _Whole,
) -> Iterator[Assertion]:
    """Return what no value is to fit two of: none, unless a value may fit two variants without a
    word of the author's on which of them it is, as a `discriminator` is one.

    Of a `oneOf` within the union, a value that fits two may still fit another variant: it is
    refused where a variant would take it, and the union by the letter does not.
    """
    alike = (v for v in variants if len(v.leaves) > 1 and not isinstance(v.type, ir.Literal))
    is_said = verdict.evidence in (Evidence.PROVEN, Evidence.DECLARED)
    if is_said and not any(alike):
        return
    if any(leaf.exclusive for leaf in all_.leaves):
        letter = Single(whole()) if all_.keyword == "oneOf" else Some(whole())
        yield from (_some(all_.leaves, all_.site, Formats.HERE), Not(letter))
    elif all_.keyword == "oneOf":
        yield from whole()
