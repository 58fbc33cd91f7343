"""How the variants of a union are told apart, how far that is known, and what would prove it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import assert_never

from specloom import ir
from specloom.explain.atlas import Atlas
from specloom.explain.facts import WHERE_STRICT, Fact, kinds_of, wire
from specloom.explain.layout import Lines, Row, section, table
from specloom.lower.schemas.overlaps import cured, witness
from specloom.python.annotations import World, alternatives, is_open, is_received, joined
from specloom.python.codecs.variants import kinds_listed
from specloom.shown import shown
from specloom.unions.ends import reached
from specloom.values import Json, Text
from specloom.verdict import (
    ByItem,
    ByKey,
    ByKind,
    ByMember,
    ByTag,
    ByTest,
    Choice,
    Evidence,
    Rule,
    Take,
    Trial,
    Verdict,
    branches,
    has_unknown,
    tag_of,
)

_MOST_ROWS = 60
_RULES = {
    Rule.ONE: "nothing: there is one",
    Rule.KIND: "kind",
    Rule.TAGS: "several tags",
    Rule.KEY: "their members",
    Rule.VALUES: "their values",
    Rule.CONSTRAINT: "their constraints",
    Rule.NESTED: "what is within them",
    Rule.MIXED: "several things",
    Rule.TRIAL: "trial",
}
_EVIDENCE = {
    Evidence.PROVEN: "proven: no value is of two variants",
    Evidence.DECLARED: "promised by the discriminator: the schemas alone do not prove it",
    Evidence.CONVENTION: "by convention: no trial is needed, although an odd value fits two variants",
    Evidence.OVERLAP: "overlapping: some values fit two variants, of which the most specific is taken",
    Evidence.UNDECIDED: "undecided: neither a proof was found, nor a value that fits two variants",
}


def told_apart_by(verdict: Verdict) -> str:
    """Return in a word or two what tells variants apart."""
    tag = tag_of(verdict.choice)
    if verdict.rule in _RULES or tag is None:
        return _RULES.get(verdict.rule, verdict.rule.value)
    kind = "kind and " if isinstance(verdict.choice, ByKind) else ""
    return f"{kind}`{wire(tag.name)}`"


def evidence_word(evidence: Evidence) -> str:
    return _EVIDENCE[evidence].partition(":")[0]


def union_facts(definition: ir.Definition, union: ir.Union, atlas: Atlas) -> Iterator[Fact]:
    verdict = union.verdict
    yield "told apart", _told_apart(verdict)
    reason = f" ({verdict.reason})" if verdict.reason else ""
    yield "evidence", f"{_EVIDENCE[verdict.evidence]}{reason}"
    yield from _overlap(union, atlas)
    yield "unknown", _unknown_variant(definition, union)


def variants(union: ir.Union, atlas: Atlas) -> Lines:
    tag = tag_of(union.verdict.choice)
    rows = (row for number in range(len(union.variants)) for row in _variant(union, number, atlas))
    header = ("line", f"`{wire(tag.name)}`" if tag else "", "type", "remarks")
    return section("Variants", table(header, rows))


def decisions(union: ir.Union, atlas: Atlas) -> Lines:
    """Return the tree that a decoder follows, where the table of variants does not say it all."""
    choice = union.verdict.choice
    if isinstance(choice, Trial | ByTest) or _is_plain(choice):
        return ()
    rows = [*islice(_tree(choice, union, atlas.world, 0), _MOST_ROWS + 1)]
    more = [("...", "")] if len(rows) > _MOST_ROWS else []
    return section("Decisions", table(("a value", "is read as"), (*rows[:_MOST_ROWS], *more)))


# --- facts ---------------------------------------------------------------------------------


def _told_apart(verdict: Verdict) -> str:
    by = f"by {told_apart_by(verdict)}"
    match verdict.rule:
        case Rule.DECLARED_TAG:
            given = "; constants and enums give its values"
            return f"{by}, as `discriminator` says{given if _is_proven(verdict) else ''}"
        case Rule.TAG:
            return f"{by}: each variant requires values of its own (there is no `discriminator`)"
        case Rule.TAGS:
            names = dict.fromkeys(f"`{wire(name)}`" for name in _tag_names(verdict.choice))
            return f"{by}: {', '.join(names)}"
        case Rule.KIND:
            return f"{by}: each is another kind of JSON value"
        case Rule.KEY:
            return f"{by}: which of them are there"
        case Rule.VALUES:
            return f"{by}: each lists others"
        case Rule.CONSTRAINT:
            return f"{by}: patterns, formats, ranges or lengths"
        case Rule.TRIAL:
            return f"{by}: of those that fit, the most specific is taken"
        case Rule.NESTED | Rule.MIXED | Rule.ONE:
            return by
        case _:
            assert_never(verdict.rule)


def _is_proven(verdict: Verdict) -> bool:
    return verdict.evidence is Evidence.PROVEN


def _tag_names(choice: Choice) -> Iterator[Text]:
    if isinstance(choice, ByTag):
        yield choice.name
    for of in branches(choice):
        yield from _tag_names(of)


def _overlap(union: ir.Union, atlas: Atlas) -> Iterator[Fact]:
    """Return a value that two variants accept, and what would make them differ."""
    found = union.verdict.overlaps
    if not found:
        return
    first, second = (_named(union, n, atlas) for n in (found[0].first, found[0].second))
    more = len(found) - 1
    others = f"; {more} more {'pairs do' if more > 1 else 'pair does'} of others" if more else ""
    yield "witness", f"{witness(found[0].witness.raw)} fits {first} and {second}{others}"
    cures = [cured(cure, first, second) for cure in union.verdict.cures]
    if cures:
        yield "cure", f"they would differ with {' or '.join(cures)}"


def _named(union: ir.Union, number: int, atlas: Atlas) -> str:
    variant = union.variants[number]
    return f"{_type(variant, atlas.world)} (line {atlas.line(variant.at)})"


def _type(variant: ir.Variant, world: World) -> str:
    return shown(joined(alternatives(variant.type, world, tolerant=False)))


def _unknown_variant(definition: ir.Definition, union: ir.Union) -> str:
    if not is_received(definition):
        return "another value is an error: the union is never received"
    if not has_unknown(union.verdict.choice):
        return "a value of no variant is an error"
    if not is_open(definition):
        return "another value is an error: the target asks for closed responses"
    tag = tag_of(union.verdict.choice)
    others = kinds_of(tuple(v for of, _ in tag.cases for v in of)) if tag else "tag"
    return f"another {others} is read as UnknownVariant and written back; {WHERE_STRICT}"


# --- tables --------------------------------------------------------------------------------


def _variant(union: ir.Union, number: int, atlas: Atlas) -> Iterator[Row]:
    variant, verdict = union.variants[number], union.verdict
    tag = tag_of(verdict.choice)
    cases = tag.cases if tag else ()
    values = [value for values, of in cases if number in reached(of) for value in values]
    for said in [shown(tag.raw) for tag in values] or [""]:
        yield atlas.line(variant.at), said, _type(variant, atlas.world), _remark(
            union, number, atlas
        )


def _remark(union: ir.Union, number: int, atlas: Atlas) -> str:
    if number in union.verdict.dead:
        return "nothing fits it"
    earlier = dict(union.verdict.same).get(number)
    if earlier is None:
        return ""
    return f"says what line {atlas.line(union.variants[earlier].at)} says"


def _is_plain(choice: Choice) -> bool:
    """Return whether a choice is one tag, whose values stand in the table of variants."""
    return isinstance(choice, ByTag) and all(isinstance(of, Take) for of in branches(choice))


def _tree(choice: Choice, union: ir.Union, world: World, depth: int) -> Iterator[Row]:
    """Return a row for each condition, those under it further to the right."""
    for condition, of in _conditions(choice):
        left = f"{'  ' * depth}{condition}"
        match of:
            case Take(variant):
                yield left, _type(union.variants[variant], world)
            case ByTest(numbers):
                yield left, f"the first that fits: {_types(numbers, union, world)}"
            case Trial(numbers):
                yield left, f"the most specific that fits: {_types(numbers, union, world)}"
            case ByTag() if _is_plain(of) and tag_of(union.verdict.choice) is of:
                yield left, f"by `{wire(of.name)}`, as above"
            case None:
                yield left, "an error"
            case _:
                yield left, ""
                yield from _tree(of, union, world, depth + 1)


def _types(numbers: tuple[int, ...], union: ir.Union, world: World) -> str:
    return ", ".join(_type(union.variants[number], world) for number in numbers)


def _conditions(choice: Choice) -> Iterator[tuple[str, Choice | None]]:
    match choice:
        case ByKind(cases):
            yield from ((kinds_listed(kinds), of) for kinds, of in cases)
        case ByTag(name, cases, absent, others):
            for values, of in cases:
                yield f"`{wire(name)}` is {_listed(values)}", of
            if absent is not None:
                yield f"without `{wire(name)}`", absent
            if others is not None:
                yield f"another `{wire(name)}`", others
        case ByKey(name, present, absent):
            yield f"with `{wire(name)}`", present
            yield from _without((name,), absent)
        case ByMember(name, of, absent):
            yield from ((f"`{wire(name)}`: {said}", inner) for said, inner in _conditions(of))
            if absent is not None:
                yield f"without `{wire(name)}`", absent
        case ByItem(of, empty):
            yield from ((f"its first item: {said}", inner) for said, inner in _conditions(of))
            if empty is not None:
                yield "without items", empty
        case ByTest() | Trial() | Take():
            yield "any other", choice
        case _:
            assert_never(choice)


def _without(names: tuple[Text, ...], choice: Choice | None) -> Iterator[tuple[str, Choice | None]]:
    """Return what is left where members are absent, whose presence decides one after the other."""
    if isinstance(choice, ByKey):
        yield f"with `{wire(choice.name)}`", choice.present
        yield from _without((*names, choice.name), choice.absent)
    else:
        yield f"without `{wire(names[0])}`" if len(names) == 1 else "with none of them", choice


def _listed(values: tuple[Json, ...]) -> str:
    return " or ".join(shown(value.raw) for value in values)
