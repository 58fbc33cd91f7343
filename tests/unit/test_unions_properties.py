"""Verdicts on random unions, held to brute force and to two validators that read the document.

`SPECLOOM_UNION_EXAMPLES` multiplies the examples.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specloom.unions import judge, samples
from specloom.values import Tree, canonical
from specloom.verdict import Evidence, Verdict, is_trial

from .union_cases import record
from .union_schemas import VALUES, Case, cases
from .union_walk import walk

_TIMES = int(os.environ.get("SPECLOOM_UNION_EXAMPLES", "1"))


def _examples(count: int) -> settings:
    return settings(
        derandomize=True,
        max_examples=count * _TIMES,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def _values(case: Case) -> Iterator[Tree]:
    """Return all small values, some that fit, and these mixed and spoiled."""
    yield from VALUES
    built = [v for each in case.candidates for v in samples(case.schemas, each, 8)]
    yield from built
    objects = [value for value in built if isinstance(value, Mapping)]
    for one, other in combinations(objects[:8], 2):
        yield {**one, **other}
    for mapping in objects:
        for name, inner in mapping.items():
            yield {key: of for key, of in mapping.items() if key != name}
            others: tuple[Tree, ...] = (None, 0, "a", [inner], {})
            yield from ({**mapping, name: other} for other in others)
        yield {**mapping, "z": 0}
    for value in built:
        if isinstance(value, list):
            yield value[:-1]
            yield [*value, 0]
            yield [*value, *value]


def _hold(case: Case, verdict: Verdict) -> None:
    """Fail where some value shows that a verdict is wrong."""
    later = {number for number, _ in verdict.same}
    for value in _values(case):
        for fits in case.fitting(value) if value is not None else ():
            shown = f"{value!r} fits {sorted(fits)}"
            assert not fits & set(verdict.dead), shown
            assert all((one in fits) == (other in fits) for one, other in verdict.same), shown
            apart = fits - later
            if verdict.evidence is Evidence.PROVEN and apart:
                assert len(apart) == 1, shown
                assert walk(verdict.choice, value, fits.__contains__) == apart, shown
    for overlap in verdict.overlaps:
        for fits in case.fitting(overlap.witness.value):
            assert {overlap.first, overlap.second} <= fits, overlap


@_examples(200)
@given(cases(2))
def test_what_is_proven_of_two_variants_survives_brute_force(case: Case) -> None:
    _hold(case, judge(case.schemas, case.candidates))


@_examples(60)
@given(cases(3))
def test_what_is_proven_of_three_variants_survives_brute_force(case: Case) -> None:
    _hold(case, judge(case.schemas, case.candidates))


@_examples(120)
@given(cases(2))
def test_a_witness_is_as_short_as_brute_force_finds_one(case: Case) -> None:
    for overlap in judge(case.schemas, case.candidates).overlaps:
        both = [v for v in VALUES if v is not None and case.fitting(v)[0] >= {0, 1}]
        shortest = min((len(canonical(value).raw) for value in both), default=1000)
        assert len(overlap.witness.raw) <= shortest


@_examples(100)
@given(cases(3), st.permutations(range(3)))
def test_the_order_of_variants_changes_their_numbers_alone(case: Case, order: list[int]) -> None:
    verdict = judge(case.schemas, case.candidates)
    fresh = Case(case.variants, case.shared)  # nothing was asked of it before
    other = judge(fresh.schemas, [fresh.candidates[number] for number in order])
    assert _told(other) == _told(verdict)
    assert {order[number] for number in other.dead} == set(verdict.dead)
    assert _pairs(other, order) == _pairs(verdict, range(3))


@_examples(100)
@given(cases(2), st.integers(0, 1))
def test_a_mention_says_what_the_schema_says_and_so_does_an_all_of_one(
    case: Case, number: int
) -> None:
    verdict = judge(case.schemas, case.candidates)
    mentions: list[Tree] = [{"$ref": f"#/components/schemas/Shared{number}"}]
    for wrapped in (mentions[0], {"allOf": mentions}):
        shared = tuple(
            case.variants[number] if i == number else s for i, s in enumerate(case.shared)
        )
        variants = tuple(wrapped if i == number else v for i, v in enumerate(case.variants))
        if _mentions_shared(case):
            continue  # its meaning would change
        other = Case(variants, shared)
        assert judge(other.schemas, other.candidates) == verdict


@_examples(100)
@given(cases(2), st.sampled_from(("close", "tag")))
def test_what_is_disjoint_stays_so_if_less_fits(case: Case, change: str) -> None:
    if judge(case.schemas, case.candidates).evidence is not Evidence.PROVEN:
        return
    narrower = tuple(
        _closed(schema) if change == "close" else _tagged(schema, number)
        for number, schema in enumerate(case.variants)
    )
    other = Case(narrower, case.shared)
    assert judge(other.schemas, other.candidates).evidence is Evidence.PROVEN


def _pairs(verdict: Verdict, numbers: Sequence[int]) -> set[tuple[frozenset[int], str]]:
    """Return which variants overlap, and in what; those that are the same by the first of them."""
    same: dict[int, set[int]] = {}
    for later, earlier in verdict.same:
        same.setdefault(earlier, {earlier}).add(later)
    first = {number: min(numbers[n] for n in same.get(number, {number})) for number in range(3)}
    return {
        (frozenset({first[overlap.first], first[overlap.second]}), overlap.witness.raw)
        for overlap in verdict.overlaps
    }


def _told(verdict: Verdict) -> tuple[object, ...]:
    return verdict.evidence, verdict.rule, is_trial(verdict.choice), len(verdict.same)


def _mentions_shared(case: Case) -> bool:
    return "$ref" in repr((case.variants, case.shared))


def _closed(schema: Tree) -> Tree:
    if isinstance(schema, Mapping) and schema.get("type") == "object":
        return {**schema, "additionalProperties": False}
    return schema


def _tagged(schema: Tree, number: int) -> Tree:
    both: list[Tree] = [schema, record(tag={"const": number})]
    return {"allOf": both}
