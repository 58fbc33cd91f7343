"""What each kind of union is told apart by, in each spelling that documents have for it."""

from __future__ import annotations

import pytest

from specloom.unions import Part, Schemas, judge
from specloom.unions.witness import shrunk
from specloom.values import Json, Kind, Text, Tree
from specloom.verdict import (
    ByItem,
    ByKey,
    ByKind,
    ByMember,
    ByTag,
    ByTest,
    Choice,
    Cure,
    Evidence,
    Mended,
    Rule,
    Take,
    Trial,
    Verdict,
)

from .union_cases import (
    INTEGER,
    NUMBER,
    STRING,
    candidates,
    closed,
    declared,
    document,
    judged,
    partial,
    record,
)

_UUID: Tree = {"type": "string", "format": "uuid"}
_NUMBERS = (Kind.INTEGER, Kind.NUMBER)


def _const(value: Tree) -> Tree:
    return {"const": value}


def _tag(value: Tree, variant: int) -> tuple[tuple[Json, ...], Choice]:
    return (Json.of(value),), Take(variant)


_TYPE = Text("type")
_A_AND_B = (_tag("a", 0), _tag("b", 1))

_PROVEN: dict[str, tuple[tuple[Tree, ...], Choice, Rule]] = {
    "one": ((STRING,), Take(0), Rule.ONE),
    "kinds": (
        (STRING, record()),
        ByKind((((Kind.STRING,), Take(0)), ((Kind.OBJECT,), Take(1)))),
        Rule.KIND,
    ),
    "a list of it": (
        (STRING, {"type": "array", "items": STRING}),
        ByKind((((Kind.STRING,), Take(0)), ((Kind.ARRAY,), Take(1)))),
        Rule.KIND,
    ),
    "a number, however it is written": (
        (NUMBER, STRING),
        ByKind(((_NUMBERS, Take(0)), ((Kind.STRING,), Take(1)))),
        Rule.KIND,
    ),
    "null apart": (
        ({"type": ["string", "null"]}, {"enum": [None, 1]}),
        ByKind((((Kind.INTEGER,), Take(1)), ((Kind.STRING,), Take(0)))),
        Rule.KIND,
    ),
    "values": (({"enum": ["a", "b"]}, _const("c")), ByTest((0, 1)), Rule.VALUES),
    "patterns": (
        ({"type": "string", "pattern": "^a"}, {"type": "string", "pattern": "^b"}),
        ByTest((0, 1)),
        Rule.CONSTRAINT,
    ),
    "a tag": (
        (record(type=_const("a")), record(type=_const("b"))),
        ByTag(_TYPE, _A_AND_B),
        Rule.TAG,
    ),
    "a tag of several values": (
        (record(type={"enum": ["a", "b"]}), record(type=_const("c"))),
        ByTag(_TYPE, (((Json('"a"'), Json('"b"')), Take(0)), _tag("c", 1))),
        Rule.TAG,
    ),
    "a tag of numbers": (
        (record(type=_const(1)), record(type=_const(2))),
        ByTag(_TYPE, (_tag(1, 0), _tag(2, 1))),
        Rule.TAG,
    ),
    "a tag that one variant may leave out": (
        (record(type=_const("a")), partial(type=_const("b"))),
        ByTag(_TYPE, _A_AND_B, absent=Take(1)),
        Rule.TAG,
    ),
    "a tag behind allOf": (
        ({"allOf": [record(id=STRING), record(type=_const("a"))]}, record(type=_const("b"))),
        ByTag(_TYPE, _A_AND_B),
        Rule.TAG,
    ),
    "tags within a variant": (
        (
            {"oneOf": [record(type=_const("a")), record(type=_const("b"))]},
            record(type=_const("c")),
        ),
        ByTag(_TYPE, (((Json('"a"'), Json('"b"')), Take(0)), _tag("c", 1))),
        Rule.TAG,
    ),
    "kind, then tag": (
        (STRING, record(type=_const("a")), record(type=_const("b"))),
        ByKind(
            (
                ((Kind.STRING,), Take(0)),
                ((Kind.OBJECT,), ByTag(_TYPE, (_tag("a", 1), _tag("b", 2)))),
            )
        ),
        Rule.TAG,
    ),
    "two tags": (
        (
            record(type=_const("a"), of=_const(1)),
            record(type=_const("a"), of=_const(2)),
            record(type=_const("b"), of=_const(1)),
        ),
        ByTag(
            _TYPE,
            (((Json('"a"'),), ByTag(Text("of"), (_tag(1, 0), _tag(2, 1)))), _tag("b", 2)),
        ),
        Rule.TAGS,
    ),
    "a key": (
        (record(a=STRING), closed(b=STRING)),
        ByKey(Text("a"), Take(0), ByKey(Text("b"), Take(1), None)),
        Rule.KEY,
    ),
    "the kind of a member": (
        (record(a=STRING), record(a=INTEGER)),
        ByMember(Text("a"), ByKind((((Kind.INTEGER,), Take(1)), ((Kind.STRING,), Take(0)))), None),
        Rule.NESTED,
    ),
    "a tag of a member": (
        (record(a=record(type=_const("a"))), record(a=record(type=_const("b")))),
        ByMember(Text("a"), ByTag(_TYPE, _A_AND_B), None),
        Rule.NESTED,
    ),
    "the first item": (
        (
            {"type": "array", "items": STRING, "minItems": 1},
            {"type": "array", "items": INTEGER},
        ),
        ByItem(ByKind((((Kind.INTEGER,), Take(1)), ((Kind.STRING,), Take(0)))), empty=Take(1)),
        Rule.NESTED,
    ),
    "counts": (
        ({"type": "array", "maxItems": 1}, {"type": "array", "minItems": 2}),
        ByTest((0, 1)),
        Rule.CONSTRAINT,
    ),
    "the same twice": (
        (STRING, INTEGER, STRING),
        ByKind((((Kind.INTEGER,), Take(1)), ((Kind.STRING,), Take(0)))),
        Rule.KIND,
    ),
}

_BY_CONVENTION: dict[str, tuple[tuple[Tree, ...], Choice, Rule]] = {
    "own keys": (
        (record(a=STRING), record(b=STRING)),
        ByKey(Text("a"), Take(0), ByKey(Text("b"), Take(1), None)),
        Rule.KEY,
    ),
    "one with a key of its own": (
        (record(a=STRING, b=STRING), record(a=STRING)),
        ByKey(Text("b"), Take(0), Take(1)),
        Rule.KEY,
    ),
    "an open enumeration, whatever the order": (
        (STRING, {"enum": ["a", "b"]}),
        ByTest((1, 0)),
        Rule.CONSTRAINT,
    ),
    "values, then formats, then patterns, then the rest": (
        (STRING, {"type": "string", "pattern": "^z"}, _UUID, _const("z")),
        ByTest((3, 2, 1, 0)),
        Rule.CONSTRAINT,
    ),
    "integers before numbers": (
        (NUMBER, INTEGER),
        ByKind((((Kind.INTEGER,), Take(1)), ((Kind.NUMBER,), Take(0)))),
        Rule.KIND,
    ),
    "objects before anything": (
        ({"not": {"type": "null"}}, {"type": "object"}),
        ByKind(
            (
                (tuple(k for k in Kind if k not in (Kind.NULL, Kind.OBJECT)), Take(0)),
                ((Kind.OBJECT,), Take(1)),
            )
        ),
        Rule.KIND,
    ),
    "a tag that all may leave out": (
        (partial(type=_const("a")), partial(type=_const("b"))),
        ByTag(_TYPE, _A_AND_B, absent=Take(0)),
        Rule.TAG,
    ),
    "such a tag, and keys where it is missing": (
        ({**partial(type=_const("a"), a=STRING), "required": ["a"]}, partial(type=_const("b"))),
        ByTag(_TYPE, _A_AND_B, absent=ByKey(Text("a"), Take(0), Take(1))),
        Rule.MIXED,
    ),
    "items; without any, the first": (
        ({"type": "array", "items": STRING}, {"type": "array", "items": INTEGER}),
        ByItem(ByKind((((Kind.INTEGER,), Take(1)), ((Kind.STRING,), Take(0)))), empty=Take(0)),
        Rule.NESTED,
    ),
    "any object at all, last": (
        ({"type": "object"}, record(a=STRING)),
        ByTest((1, 0)),
        Rule.CONSTRAINT,
    ),
    "anything at all, last": (
        ({}, record(type=_const("a")), record(type=_const("b"))),
        ByKind(
            (
                (tuple(kind for kind in Kind if kind not in (Kind.NULL, Kind.OBJECT)), Take(0)),
                (
                    (Kind.OBJECT,),
                    ByTag(
                        _TYPE,
                        (
                            ((Json('"a"'),), ByTest((1, 0))),
                            ((Json('"b"'),), ByTest((2, 0))),
                        ),
                        absent=Take(0),
                        others=Take(0),
                    ),
                ),
            )
        ),
        Rule.MIXED,
    ),
    "alternatives of what is required": (
        (
            {**partial(a=STRING, b=STRING), "required": ["a"]},
            {**partial(a=STRING, b=STRING), "required": ["b"]},
        ),
        ByKey(Text("b"), Take(1), Take(0)),
        Rule.KEY,
    ),
}

_BY_TRIAL: dict[str, tuple[tuple[Tree, ...], Choice]] = {
    "objects that may be without members": (
        (partial(a=STRING), partial(b=STRING)),
        Trial((0, 1)),
    ),
    "patterns that overlap": (
        ({"type": "string", "pattern": "a"}, {"type": "string", "pattern": "b"}),
        Trial((0, 1)),
    ),
    "members that only look narrower": (
        (record(a=_UUID, b=STRING), record(a=STRING, b=_UUID)),
        Trial((0, 1)),
    ),
    "what a map may hold": (
        (record(a=STRING), {**partial(b=STRING), "additionalProperties": STRING}),
        Trial((0, 1)),
    ),
    "alternatives of what is required, but for one that is closed": (
        (
            {**partial(a=STRING, b=STRING), "required": ["a"], "additionalProperties": False},
            {**partial(a=STRING, b=STRING), "required": ["b"]},
        ),
        Trial((0, 1)),
    ),
    "a format that a value seems to have": (
        ({"const": "2000-01-01"}, {"type": "string", "format": "date"}),
        Trial((0, 1)),
    ),
    "one bad pair among many": (
        (
            record(type=_const("a")),
            {**partial(type=_const("b"), a=STRING), "required": ["type"]},
            {**partial(type=_const("b"), b=STRING), "required": ["type"]},
        ),
        ByTag(_TYPE, (_tag("a", 0), ((Json('"b"'),), Trial((1, 2))))),
    ),
}


@pytest.mark.parametrize(("variants", "choice", "rule"), _PROVEN.values(), ids=_PROVEN)
def test_a_choice_is_proven(variants: tuple[Tree, ...], choice: Choice, rule: Rule) -> None:
    verdict = judged(*variants)
    assert (verdict.choice, verdict.evidence, verdict.rule) == (choice, Evidence.PROVEN, rule)


@pytest.mark.parametrize(
    ("variants", "choice", "rule"), _BY_CONVENTION.values(), ids=_BY_CONVENTION
)
def test_a_choice_is_a_convention_where_an_odd_value_fits_two(
    variants: tuple[Tree, ...], choice: Choice, rule: Rule
) -> None:
    verdict = judged(*variants)
    assert (verdict.choice, verdict.evidence, verdict.rule) == (choice, Evidence.CONVENTION, rule)
    assert verdict.overlaps


@pytest.mark.parametrize(("variants", "choice"), _BY_TRIAL.values(), ids=_BY_TRIAL)
def test_what_is_left_is_for_a_trial(variants: tuple[Tree, ...], choice: Choice) -> None:
    verdict = judged(*variants)
    assert (verdict.choice, verdict.evidence) == (choice, Evidence.OVERLAP)
    assert verdict.rule is Rule.TRIAL


def test_what_is_left_out_contains_nothing_for_sure() -> None:
    verdict = judged({"const": "ab"}, {"type": "string", "not": {"pattern": "^a"}})
    assert (verdict.choice, verdict.evidence) == (Trial((0, 1)), Evidence.UNDECIDED)


def test_alternatives_of_what_is_required_have_an_order_of_their_own() -> None:
    one, other = ({**partial(a=STRING, b=STRING), "required": [name]} for name in "ab")
    assert judged(one, other).choice == ByKey(Text("b"), Take(1), Take(0))
    assert judged(other, one).choice == ByKey(Text("b"), Take(0), Take(1))


# --- what the author declares ---


def _judged(*variants: Tree, tags: tuple[str, ...]) -> Verdict:
    schemas = Schemas(document(*variants), "3.1")
    return judge(schemas, candidates(len(variants)), declared=declared("type", *tags))


def test_constants_prove_what_is_declared() -> None:
    verdict = _judged(record(type=_const("a")), record(type=_const("b")), tags=("a", "b"))
    assert verdict.choice == ByTag(_TYPE, _A_AND_B)
    assert (verdict.evidence, verdict.rule) == (Evidence.PROVEN, Rule.DECLARED_TAG)


def test_a_declared_tag_goes_before_another_that_would_do() -> None:
    one, other = (record(a=_const(n), type=_const("ab"[n])) for n in range(2))
    assert judged(one, other).choice == ByTag(Text("a"), (_tag(0, 0), _tag(1, 1)))
    assert _judged(one, other, tags=("a", "b")).choice == ByTag(_TYPE, _A_AND_B)


def test_the_authors_word_goes_before_a_proof_by_what_nobody_meant_for_a_tag() -> None:
    verdict = _judged(
        record(type=STRING, a=STRING), record(type=STRING, a=INTEGER), tags=("a", "b")
    )
    assert verdict.choice == ByTag(_TYPE, _A_AND_B)
    assert (verdict.evidence, verdict.overlaps) == (Evidence.DECLARED, ())


@pytest.mark.parametrize(
    "variant",
    [record(type=STRING), partial(type=STRING), partial(), record(id=STRING)],
    ids=["a string", "that may be missing", "that is not there", "not even mentioned"],
)
def test_what_constants_do_not_prove_is_the_authors_word(variant: Tree) -> None:
    verdict = _judged(variant, record(type=STRING), tags=("a", "b"))
    assert verdict.choice == ByTag(_TYPE, _A_AND_B, absent=_absent(variant))
    assert (verdict.evidence, verdict.rule) == (Evidence.DECLARED, Rule.DECLARED_TAG)
    assert verdict.overlaps


def _absent(variant: Tree) -> Choice | None:
    """Only where the other variant has to have the tag is a value without it of this one."""
    return None if variant == record(type=STRING) else Take(0)


def test_a_constant_is_right_where_the_mapping_is_wrong() -> None:
    """Trap: mappings with names in another case than the constants have."""
    verdict = _judged(record(type=_const("a")), record(type=STRING), tags=("A", "b"))
    assert verdict.choice == ByTag(_TYPE, _A_AND_B)
    assert verdict.evidence is Evidence.DECLARED


def test_without_a_tag_that_is_declared_to_be_missing_it_is_an_error() -> None:
    verdict = _judged(partial(type=_const("a")), partial(type=_const("b")), tags=("a", "b"))
    assert verdict.choice == ByTag(_TYPE, _A_AND_B)
    assert verdict.evidence is Evidence.DECLARED


# --- what would help ---


def test_a_cure_is_named_only_if_it_works() -> None:
    own = judged(record(a=STRING), record(b=STRING))
    assert own.cures == (
        Mended(Cure.TAG),
        Mended(Cure.CLOSE_FIRST),
        Mended(Cure.CLOSE_SECOND),
    )
    one_sided = judged(record(a=STRING), record(a=STRING, b=STRING))
    assert one_sided.cures == (Mended(Cure.TAG), Mended(Cure.CLOSE_FIRST))
    assert judged(STRING, {"type": "string", "minLength": 1}).cures == ()


def test_a_member_that_would_tell_if_it_were_required() -> None:
    verdict = judged(partial(type=_const("a")), partial(type=_const("b")))
    assert verdict.cures == (Mended(Cure.REQUIRE, _TYPE), Mended(Cure.TAG))


def test_a_witness_loses_all_that_can_go() -> None:
    def accepted(value: Tree) -> bool:
        return isinstance(value, dict) and "keep" in repr(value.get("a"))

    large: Tree = {"a": [1, {"b": "a keep b", "c": [1, 2]}, None], "d": {"e": "f"}}
    assert shrunk(large, accepted) == {"a": "keep"}


# --- what stands around ---


def test_a_base_counts_in_every_variant() -> None:
    """Without its `type` a condition would pass all that is no object."""
    base: Tree = {
        **partial(a=STRING, b=STRING),
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
    }
    schemas = Schemas(document(base), "3.1")
    around = Part("/components/schemas/V0", frozenset({"anyOf"}))
    variants = [((Part(f"/components/schemas/V0/anyOf/{n}"), around),) for n in range(2)]
    verdict = judge(schemas, variants)
    assert verdict.choice == ByKey(Text("b"), Take(1), Take(0))
    assert verdict.overlaps[0].witness == Json('{"a":"","b":""}')


def test_a_candidate_may_be_any_of_several() -> None:
    schemas = Schemas(document(STRING, INTEGER, record()), "3.1")
    (one,), (two,), (three,) = candidates(3)
    choice = judge(schemas, [(one, two), (three,)]).choice
    assert choice == ByKind((((Kind.INTEGER, Kind.STRING), Take(0)), ((Kind.OBJECT,), Take(1))))
