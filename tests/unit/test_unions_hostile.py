"""Documents that were made to hang, to overflow or to fill the memory, and that merely are wrong."""

from __future__ import annotations

import pytest

from specloom.unions import Part, Schemas, judge, samples, unions
from specloom.unions.splits import Entries, Reading, Split, Splits
from specloom.values import Tree
from specloom.verdict import ByTag, ByTest, Evidence, Rule, Take, Trial, tags

from .union_cases import INTEGER, STRING, candidates, document, judged, partial, record


def _ref(name: str) -> Tree:
    return {"$ref": f"#/components/schemas/{name}"}


@pytest.mark.parametrize(
    "cycle",
    [
        _ref("V0"),
        {"allOf": [_ref("V0")]},
        {"allOf": [_ref("V1"), _ref("V0")]},
        {"oneOf": [_ref("V0"), STRING]},
        {"anyOf": [{"allOf": [_ref("V1")]}, STRING]},
        {"not": _ref("V0")},
        {"not": {"anyOf": [{"anyOf": [_ref("V0")]}]}},
        {"if": _ref("V0"), "then": _ref("V0"), "else": _ref("V1")},
        {"dependentSchemas": {"a": _ref("V0")}},
    ],
    ids=lambda schema: next(iter(schema)),
)
def test_a_schema_that_is_itself_ends(cycle: Tree) -> None:
    verdict = judged(cycle, {"anyOf": [_ref("V0"), INTEGER]})
    assert verdict.evidence is not Evidence.PROVEN or verdict.same or verdict.dead


def test_a_refused_schema_that_is_itself_ends() -> None:
    endless: Tree = {"anyOf": [_ref("Endless"), STRING]}
    verdict = judged({"not": _ref("Endless")}, STRING, shared={"Endless": endless})
    assert verdict.evidence is Evidence.PROVEN


def test_a_base_counts_in_its_children_without_its_union() -> None:
    """Trap: the base is `oneOf` its children, and each child is `allOf` the base."""
    base: Tree = {**partial(kind=STRING), "oneOf": [_ref("V0"), _ref("V1")]}
    cat, dog = ({"allOf": [_ref("Pet"), record(kind={"const": k})]} for k in ("cat", "dog"))
    verdict = judged(cat, dog, shared={"Pet": base})
    assert (verdict.evidence, verdict.rule) == (Evidence.PROVEN, Rule.TAG)
    schemas = Schemas(document(cat, dog, shared={"Pet": base}), "3.1")
    assert list(samples(schemas, candidates(1)[0], 1)) == [{"kind": "cat"}]
    (site,) = unions(schemas)
    assert judge(schemas, site.candidates).evidence is Evidence.PROVEN


@pytest.mark.parametrize("step", ["allOf", "properties"])
def test_a_long_chain_ends(step: str) -> None:
    def link(target: str) -> Tree:
        if step == "allOf":
            return {"allOf": [_ref(target), {"minProperties": 1}]}
        return record(a=_ref(target))

    chain = {f"C{number}": link(f"C{number + 1}") for number in range(3_000)}
    verdict = judged(_ref("C0"), _ref("C1"), shared={**chain, "C3000": record(b=STRING)})
    if step == "allOf":
        assert verdict.same == ((1, 0),)
    else:
        assert verdict.evidence is Evidence.UNDECIDED


def test_alternatives_do_not_multiply_without_end() -> None:
    either: Tree = {"anyOf": [record(**{f"a{number}": STRING}) for number in range(50)]}
    one: Tree = {"allOf": [either] * 8}
    verdict = judged({"allOf": [either, either, one]}, {"allOf": [one, record(b=STRING)]})
    assert verdict.evidence is Evidence.CONVENTION


def test_schemas_that_double_at_each_step_end() -> None:
    doubled = {
        f"D{number}": record(a=_ref(f"D{number + 1}"), b=_ref(f"D{number + 1}"))
        for number in range(60)
    }
    verdict = judged(_ref("D0"), _ref("D1"), shared={**doubled, "D60": STRING})
    assert verdict.evidence is Evidence.PROVEN


def test_a_union_of_very_many_variants() -> None:
    count = 600
    verdict = judged(*(record(kind={"const": number}) for number in range(count)))
    assert isinstance(verdict.choice, ByTag)
    assert len(tags(verdict.choice)) == count
    overlapping = judged(*(partial(**{f"a{number}": STRING}) for number in range(count)))
    assert overlapping.evidence is Evidence.OVERLAP


def test_no_more_is_looked_at_than_a_union_is_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0
    of = Splits.of

    def counted(
        self: Splits, entries: Entries, asked: frozenset[str], reading: Reading
    ) -> list[Split]:
        nonlocal looked_at
        looked_at += len(entries)
        return of(self, entries, asked, reading)

    monkeypatch.setattr(Splits, "of", counted)
    judged(*(record(x=STRING, **{f"own{number}": STRING}) for number in range(120)))
    assert 120 < looked_at < 125_000  # for two trees


def test_very_many_patterns_are_not_compared_in_pairs() -> None:
    compared = judged(*({"type": "string", "pattern": f"^a{n}$"} for n in range(12)))
    assert isinstance(compared.choice, ByTest)
    left = judged(*({"type": "string", "pattern": f"^a{n}$"} for n in range(201)))
    assert isinstance(left.choice, Trial)


def test_counts_that_no_memory_holds() -> None:
    huge = 10**12
    verdict = judged({"type": "array", "minItems": huge}, {"type": "array", "minItems": huge + 1})
    assert verdict.evidence is Evidence.UNDECIDED
    assert judged({"type": "string", "minLength": huge}, STRING).evidence is Evidence.CONVENTION
    assert judged({"type": "object", "minProperties": huge}, record()).overlaps == ()


@pytest.mark.parametrize("kind", ["array", "object"])
def test_values_that_multiply_at_each_step(kind: str) -> None:
    def around(target: str) -> Tree:
        if kind == "array":
            return {"type": "array", "items": _ref(target), "minItems": 150}
        return record(**{f"a{number}": _ref(target) for number in range(100)})

    shared = {f"D{number}": around(f"D{number + 1}") for number in range(6)}
    small: Tree = {"allOf": [_ref("D0"), {"maxItems": 200, "maxProperties": 200}]}
    verdict = judged(_ref("D0"), small, shared={**shared, "D6": STRING})
    assert (verdict.evidence, verdict.overlaps) == (Evidence.UNDECIDED, ())


def test_numbers_that_no_float_holds() -> None:
    huge = 10**999
    verdict = judged({"type": "integer", "minimum": huge}, {"const": huge - 1}, {"const": 10**400})
    assert verdict.evidence is Evidence.PROVEN


def test_a_pattern_that_would_run_for_ever() -> None:
    verdict = judged(
        {"type": "string", "pattern": "^(a+)+$"}, {"const": "a" * 60 + "b"}, {"const": 1}
    )
    assert verdict.evidence is Evidence.PROVEN


@pytest.mark.parametrize("pattern", ["(", "(?<=a)b", r"(a)\1", "a{5000}{5000}"])
def test_a_pattern_that_cannot_be_read_proves_nothing(pattern: str) -> None:
    verdict = judged({"type": "string", "pattern": pattern}, {"type": "string", "maxLength": 3})
    assert verdict.evidence in (Evidence.UNDECIDED, Evidence.OVERLAP)


@pytest.mark.parametrize(
    "reference", ["#/components/schemas/Nowhere", "other.yaml", "#a", "file:///"]
)
def test_what_a_lost_reference_means_is_not_known(reference: str) -> None:
    lost: Tree = {"$ref": reference}
    verdict = judged(record(a=lost), record(b=STRING), record(a=lost, b=lost))
    assert verdict.reason in ("a reference within leads out of the document, or nowhere", "")
    assert verdict.overlaps == ()
    apart = judged(record(kind={"const": 1}, a=lost), record(kind={"const": 2}, a=lost))
    assert apart.evidence is Evidence.PROVEN


def test_a_lost_reference_is_the_reason_where_nothing_decides() -> None:
    verdict = judged({"$ref": "#/lost"}, partial(a=STRING))
    assert (verdict.evidence, verdict.reason) == (
        Evidence.UNDECIDED,
        "a reference within leads out of the document, or nowhere",
    )


def test_two_lost_references_are_not_the_same() -> None:
    verdict = judged({"$ref": "#/lost"}, {"$ref": "#/gone"})
    assert (verdict.evidence, verdict.same) == (Evidence.UNDECIDED, ())


def test_a_pointer_to_nothing_asserts_nothing() -> None:
    schemas = Schemas({"a": [STRING]}, "3.1")
    nothing = ((Part("/a/99999999999999999999"),),)
    assert judge(schemas, [nothing, ((Part("/a/0"),),)]).choice != Take(0)


def test_null_alone_leaves_no_variant() -> None:
    verdict = judged({"type": "null"}, STRING)
    assert (verdict.choice, verdict.dead, verdict.rule) == (Take(1), (0,), Rule.ONE)
