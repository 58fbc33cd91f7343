"""What proves two variants disjoint; one step off, a value fits both and is shown."""

from __future__ import annotations

import pytest

from specloom.values import Tree
from specloom.verdict import Evidence

from .union_cases import INTEGER, NUMBER, STRING, closed, judged, partial, record

_DISJOINT: dict[str, tuple[Tree, Tree]] = {
    "kinds": (STRING, INTEGER),
    "kinds, several each": ({"type": ["string", "null"]}, {"type": ["integer", "null"]}),
    "true is not 1": ({"const": True}, {"const": 1}),
    "values": ({"enum": ["a", "b"]}, {"enum": ["c"]}),
    "a value that a pattern refuses": ({"const": "b"}, {"type": "string", "pattern": "^a"}),
    "a value out of range": ({"const": 3}, {"type": "integer", "maximum": 2}),
    "a value too long": ({"const": "abc"}, {"type": "string", "maxLength": 2}),
    "a refused value": ({"const": "a"}, {"type": "string", "not": {"const": "a"}}),
    "refused values": ({"enum": [1, 2]}, {"not": {"enum": [2.0, 1]}}),
    "a refused kind": (STRING, {"not": {"type": "string"}}),
    "ranges": ({"type": "number", "maximum": 1}, {"type": "number", "exclusiveMinimum": 1}),
    "no integer between": (
        {"type": "integer", "exclusiveMinimum": 1},
        {"type": "number", "exclusiveMaximum": 2},
    ),
    "a fraction of integers": (
        {"type": "number", "not": {"type": "integer"}},
        {"type": "number", "multipleOf": 2},
    ),
    "lengths": ({"type": "string", "maxLength": 1}, {"type": "string", "minLength": 2}),
    "patterns": ({"type": "string", "pattern": "^a"}, {"type": "string", "pattern": "^b"}),
    "a pattern and a length": (
        {"type": "string", "pattern": "^a{3}$"},
        {"type": "string", "maxLength": 2},
    ),
    "what must not begin so": (
        {"type": "string", "pattern": "^(?!tmpl_)"},
        {"type": "string", "pattern": "^tmpl_"},
    ),
    "formats": ({"type": "string", "format": "date"}, {"type": "string", "format": "uuid"}),
    "counts": ({"type": "array", "maxItems": 1}, {"type": "array", "minItems": 2}),
    "first items": (
        {"type": "array", "items": STRING, "minItems": 1},
        {"type": "array", "items": INTEGER},
    ),
    "later items": (
        {"type": "array", "prefixItems": [{}, STRING], "minItems": 2},
        {"type": "array", "prefixItems": [{}, INTEGER], "minItems": 2},
    ),
    "sizes": (
        {"type": "object", "maxProperties": 1},
        {"type": "object", "required": ["a", "b"]},
    ),
    "a size that closed objects cannot have": (
        closed(a=STRING),
        {"type": "object", "minProperties": 2},
    ),
    "members": (record(a=STRING), record(a=INTEGER)),
    "a member that need not be declared": (
        record(a=STRING),
        {**partial(a=INTEGER), "required": ["a"]},
    ),
    "members of members": (record(a=record(b=STRING)), record(a=record(b=INTEGER))),
    "a key that is not allowed": (record(a=STRING), closed(b=STRING)),
    "a key that is forbidden": (record(a=STRING), partial(a=False)),
    "a key that others must not have": (
        record(a=STRING),
        {"type": "object", "not": {"required": ["a"]}},
    ),
    "keys that exclude one another": (
        record(a=STRING, b=STRING),
        {**record(a=STRING), "not": {"required": ["a", "b"]}},
    ),
    "what all other members are": (
        record(a=STRING),
        {"type": "object", "additionalProperties": INTEGER},
    ),
    "what members of such names are": (
        record(abc=STRING),
        {"type": "object", "patternProperties": {"^a": INTEGER}},
    ),
    "what names are": (
        record(b=STRING),
        {"type": "object", "propertyNames": {"pattern": "^a"}},
    ),
    "what is left unevaluated": (
        record(c=STRING),
        {
            "anyOf": [record(a=STRING), record(b=STRING)],
            "unevaluatedProperties": False,
        },
    ),
    "no object, by what is not required": (STRING, {"not": {"required": ["a"]}}),
    "each alternative": (
        {"anyOf": [STRING, record(a=STRING)]},
        {"oneOf": [INTEGER, record(a=INTEGER)]},
    ),
    "all together": ({"allOf": [partial(a=STRING), {"required": ["a"]}]}, record(a=INTEGER)),
}

_OVERLAPPING: dict[str, tuple[Tree, Tree, str]] = {
    "1.0 is an integer": (INTEGER, {"const": 1.0}, "1"),
    "one shared value": ({"enum": ["a", "b"]}, {"enum": ["c", "b"]}, '"b"'),
    "a value in range": ({"const": 2}, {"type": "integer", "maximum": 2}, "2"),
    "ranges that touch": (
        {"type": "number", "maximum": 1, "minimum": 1},
        {"type": "number", "minimum": 1},
        "1",
    ),
    "a fraction between": (
        {"type": "number", "exclusiveMinimum": 1},
        {"type": "number", "exclusiveMaximum": 2},
        "1.5",
    ),
    "lengths that touch": (
        {"type": "string", "maxLength": 2},
        {"type": "string", "minLength": 2},
        '"00"',
    ),
    "patterns that are not anchored": (
        {"type": "string", "pattern": "a"},
        {"type": "string", "pattern": "^b"},
        '"ba"',
    ),
    "a format that is not asserted": (
        {"type": "string", "format": "password"},
        {"type": "string", "format": "uuid"},
        '"00000000-0000-0000-0000-000000000000"',
    ),
    "an array without items": (
        {"type": "array", "items": STRING},
        {"type": "array", "items": INTEGER},
        "[]",
    ),
    "members that need not be there": (partial(a=STRING), partial(a=INTEGER), "{}"),
    "open objects": (record(a=INTEGER), record(b=INTEGER), '{"a":0,"b":0}'),
    "one that is closed, all the same": (closed(a=INTEGER), partial(a=INTEGER), '{"a":0}'),
    "two members of a union at once": (
        record(a=INTEGER, b=INTEGER),
        {
            "anyOf": [record(a=INTEGER), record(b=INTEGER)],
            "unevaluatedProperties": False,
        },
        '{"a":0,"b":0}',
    ),
    "requirements without a kind": ({"required": ["a"]}, {"required": ["b"]}, "0"),
}


@pytest.mark.parametrize(("one", "other"), _DISJOINT.values(), ids=_DISJOINT)
def test_a_proof_is_found(one: Tree, other: Tree) -> None:
    verdict = judged(one, other)
    assert (verdict.evidence, verdict.dead, verdict.same) == (Evidence.PROVEN, (), ())


@pytest.mark.parametrize(("one", "other", "witness"), _OVERLAPPING.values(), ids=_OVERLAPPING)
def test_one_step_off_a_witness_is_found(one: Tree, other: Tree, witness: str) -> None:
    verdict = judged(one, other)
    assert verdict.evidence is not Evidence.PROVEN
    assert [overlap.witness.raw for overlap in verdict.overlaps] == [witness]


def test_closed_objects_are_closed_each_by_its_own_members() -> None:
    """Trap: `additionalProperties: false` looks at the `properties` beside it alone."""
    both = {"allOf": [closed(a=STRING), partial(b=STRING)]}
    assert judged(both, record(b=STRING)).evidence is Evidence.PROVEN


def test_two_closed_objects_leave_what_both_declare() -> None:
    a, b = ({**partial(**{name: STRING}), "additionalProperties": False} for name in "ab")
    for name in "ab":
        verdict = judged({"allOf": [a, b]}, record(**{name: STRING}))
        assert (verdict.evidence, verdict.dead) == (Evidence.PROVEN, ())


def test_what_nothing_fits_proves_nothing_about_others() -> None:
    """Trap: a `oneOf` of the same schema twice is no variant to tell apart, but it is no proof."""
    assert judged({"allOf": [STRING, INTEGER]}, STRING).dead == (0,)
    assert judged({"allOf": [STRING, INTEGER]}, INTEGER, INTEGER).same == ((2, 1),)


def test_recursion_is_no_proof() -> None:
    """`Tree` has no finite value, which nothing here proves: a proof would have to rest on itself."""
    endless = record(next={"$ref": "#/components/schemas/V0"})
    verdict = judged(endless, partial(next=partial()))
    assert (verdict.evidence, verdict.dead) == (Evidence.UNDECIDED, ())
    assert verdict.reason == "no value was found that fits both, and no proof that there is none"


def test_recursion_does_not_hide_a_proof() -> None:
    end = record(kind=_const(1))

    def chain(kind: Tree, *then: Tree) -> Tree:
        return record(next={"anyOf": [*then, end]}, kind=kind)

    first, second = ({"$ref": f"#/components/schemas/V{index}"} for index in range(2))
    one, other = chain(_const("a"), first), chain(_const("b"), second)
    assert judged(one, other).evidence is Evidence.PROVEN
    assert judged(one, chain(NUMBER, first)).evidence is Evidence.PROVEN


def _const(value: Tree) -> Tree:
    return {"const": value}
