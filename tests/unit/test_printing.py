"""The model as JSON: every kind of choice and of assertion says what it is."""

from __future__ import annotations

import json
from dataclasses import is_dataclass
from types import ModuleType

import pytest

from specloom import assertion, ir, printing, verdict
from specloom.assertion import (
    ANYTHING,
    Assertion,
    Contains,
    Counted,
    Distinct,
    Equals,
    Every,
    Fits,
    Formatted,
    Items,
    Long,
    Matches,
    Members,
    Multiple,
    Names,
    Not,
    OfKind,
    Requires,
    Single,
    Sized,
    Some,
    Unevaluated,
    When,
    Within,
)
from specloom.values import Json, Kind, Place, Text
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
    Overlap,
    Rule,
    Take,
    Trial,
    Verdict,
)

from .modelled import STRING, api, definition

ONE, NAME = Json("1.0"), Text("a")
ASSERTIONS: tuple[tuple[Assertion, dict[str, object]], ...] = (
    (OfKind((Kind.NULL, Kind.OBJECT)), {"kinds": ["null", "object"]}),
    (Equals((ONE, Json("true"))), {"values": [1.0, True]}),
    (Within(least=ONE), {"least": 1.0, "most": None, "above": None, "below": None}),
    (Multiple(Json("0.1")), {"of": 0.1}),
    (Long(1, None), {"least": 1, "most": None}),
    (Matches(Text("^a\u2028$")), {"pattern": "^a\u2028$"}),
    (Formatted("date"), {"format": "date"}),
    (Counted(0, 3), {"least": 0, "most": 3}),
    (Distinct(), {}),
    (Contains(Distinct(), 1, 2), {"of": {"kind": "Distinct"}, "least": 1, "most": 2}),
    (Items((Distinct(),), None), {"first": [{"kind": "Distinct"}], "rest": None}),
    (Sized(1, 2), {"least": 1, "most": 2}),
    (Requires((NAME,), NAME), {"names": ["a"], "given": "a"}),
    (
        Members(named=((NAME, Distinct()),)),
        {"named": [["a", {"kind": "Distinct"}]], "matching": [], "rest": None},
    ),
    (Names(Distinct()), {"of": {"kind": "Distinct"}}),
    (Every((Distinct(),)), {"of": [{"kind": "Distinct"}]}),
    (Some(()), {"of": []}),
    (Single((Distinct(),)), {"of": [{"kind": "Distinct"}]}),
    (Not(Distinct()), {"of": {"kind": "Distinct"}}),
    (
        When(Distinct(), Distinct(), Distinct()),
        {key: {"kind": "Distinct"} for key in ("condition", "then", "otherwise")},
    ),
    (
        Unevaluated(Kind.ARRAY, Distinct(), Distinct()),
        {"of_kind": "array", "of": {"kind": "Distinct"}, "rest": {"kind": "Distinct"}},
    ),
    (Fits(Text("/a")), {"address": "/a"}),
)
TAKE = {"kind": "Take", "variant": 0}
CHOICES: tuple[tuple[Choice, dict[str, object]], ...] = (
    (Take(0), {"variant": 0}),
    (ByKind((((Kind.STRING,), Take(0)),)), {"cases": [[["string"], TAKE]]}),
    (
        ByTag(NAME, (((ONE,), Take(0)),)),
        {"name": "a", "cases": [[[1.0], TAKE]], "absent": None, "others": None},
    ),
    (ByKey(NAME, Take(0), None), {"name": "a", "present": TAKE, "absent": None}),
    (ByMember(NAME, Take(0), None), {"name": "a", "of": TAKE, "absent": None}),
    (ByItem(Take(0), Take(0)), {"of": TAKE, "empty": TAKE}),
    (ByTest((0, 1)), {"variants": [0, 1]}),
    (Trial((1, 0)), {"variants": [1, 0]}),
)
VERDICT = Verdict(
    choice=Trial((0, 1)),
    evidence=Evidence.OVERLAP,
    rule=Rule.TRIAL,
    overlaps=(Overlap(0, 1, Json("{}")),),
    cures=(Mended(Cure.REQUIRE, NAME),),
    dead=(2,),
    same=((3, 0),),
)


def printed_check(asserted: Assertion) -> object:
    """Return what is printed of an assertion, within a whole model."""
    checked = ir.Checked(STRING, (ir.Holds(asserted),))
    model = json.loads(printing.model(api(definition("A", ir.Alias(checked)))))
    return model["definitions"][0]["shape"]["of"]["checks"][0]["assertion"]


def printed_verdict(known: Verdict) -> object:
    variant = ir.Variant(type=STRING, assertion=ANYTHING, at=Place("x", "/oneOf/0"))
    shape = ir.Union(variants=(variant,), verdict=known)
    return json.loads(printing.model(api(definition("A", shape))))["definitions"][0]["shape"]


def classes(module: ModuleType) -> set[str]:
    return {
        n
        for n, of in vars(module).items()
        if isinstance(of, type) and is_dataclass(of) and of.__module__ == module.__name__
    }


@pytest.mark.parametrize(
    ("asserted", "said"), ASSERTIONS, ids=[type(a).__name__ for a, _ in ASSERTIONS]
)
def test_an_assertion_says_what_it_is(asserted: Assertion, said: dict[str, object]) -> None:
    assert printed_check(asserted) == {"kind": type(asserted).__name__, **said}


@pytest.mark.parametrize(("choice", "said"), CHOICES, ids=[type(c).__name__ for c, _ in CHOICES])
def test_a_choice_says_what_it_is(choice: Choice, said: dict[str, object]) -> None:
    known = Verdict(choice=choice, evidence=Evidence.PROVEN, rule=Rule.MIXED)
    shape = printed_verdict(known)
    assert isinstance(shape, dict)
    assert shape["verdict"]["choice"] == {"kind": type(choice).__name__, **said}


def test_a_verdict_says_all_that_is_known() -> None:
    shape = printed_verdict(VERDICT)
    assert isinstance(shape, dict)
    assert shape["variants"][0]["assertion"] == {"kind": "Every", "of": []}
    assert shape["verdict"] == {
        "kind": "Verdict",
        "choice": {"kind": "Trial", "variants": [0, 1]},
        "evidence": "overlap",
        "rule": "trial",
        "overlaps": [{"kind": "Overlap", "first": 0, "second": 1, "witness": {}}],
        "cures": [
            {
                "kind": "Mended",
                "by": "requiring a member that tells them apart already",
                "name": "a",
            }
        ],
        "dead": [2],
        "same": [[3, 0]],
        "reason": "",
    }


def test_the_tables_are_complete() -> None:
    assert classes(assertion) == {type(a).__name__ for a, _ in ASSERTIONS}
    others = {"Verdict", "Overlap", "Mended"}
    assert classes(verdict) == {type(c).__name__ for c, _ in CHOICES} | others


def test_a_kind_of_a_scalar_does_not_hide_that_it_is_one() -> None:
    model = json.loads(printing.model(api(definition("A", ir.Alias(STRING)))))
    assert model["definitions"][0]["shape"]["of"] == {"kind": "Scalar", "of_kind": "string"}
