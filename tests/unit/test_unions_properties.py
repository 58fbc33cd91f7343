"""Verdicts on random unions, held to brute force and to two validators that read the document.

`SPECLOOM_UNION_EXAMPLES` multiplies the examples.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import combinations

from hypothesis import HealthCheck, given, note, settings

from specloom.unions import judge, samples
from specloom.values import Tree
from specloom.verdict import Evidence, Verdict

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
    for value in objects:
        for name, inner in value.items():
            yield {key: of for key, of in value.items() if key != name}
            yield from ({**value, name: of} for of in (None, 0, "a", [inner], {}) if of != inner)
        yield {**value, "z": 0}
    for value in built:
        if isinstance(value, list):
            yield from (value[:-1], [*value, 0], [*value, *value])


def _hold(case: Case, verdict: Verdict) -> None:
    gone = {later for later, _ in verdict.same}
    for value in _values(case):
        if value is None:
            continue
        for fitting in case.fitting(value):
            note(f"{value!r} fits {sorted(fitting)}")
            assert not fitting & set(verdict.dead)
            for later, earlier in verdict.same:
                assert (later in fitting) == (earlier in fitting)
            apart = fitting - gone
            if verdict.evidence is Evidence.PROVEN and apart:
                assert len(apart) == 1, "two variants that are proven to be disjoint"
                assert walk(verdict.choice, value, lambda v, f=fitting: v in f) == apart
    for overlap in verdict.overlaps:
        for fitting in case.fitting(overlap.witness.value):
            assert {overlap.first, overlap.second} <= fitting


@_examples(250)
@given(cases(2))
def test_what_is_proven_of_two_variants_survives_brute_force(case: Case) -> None:
    _hold(case, judge(case.schemas, case.candidates))


@_examples(100)
@given(cases(3))
def test_what_is_proven_of_three_variants_survives_brute_force(case: Case) -> None:
    _hold(case, judge(case.schemas, case.candidates))
