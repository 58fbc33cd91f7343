"""A model weighs about what a package of it has in characters: what is shared counts wherever it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from specloom.assembly import Edition
from specloom.limits import Limits
from specloom.lower.budget import UNBOUNDED, Budget, TooHeavy
from specloom.pipeline import understand
from specloom.values import Json, Place, Text, Tree
from specloom.weight import weight

HEAD: dict[str, Tree] = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
SENTENCE = "It is told by every operation that has it. " * 500


def test_texts_count_and_so_do_long_addresses() -> None:
    assert weight(Text("a" * 9), Json('"a"'), "a", None, 1) == 12
    assert weight(Place("f", "/a")) == 0
    assert weight(Place("f", "/" + "a" * 299)) == 100
    assert weight((Text("a"), frozenset((Text("bc"),)))) == 3


def shared(operations: int) -> Tree:
    parameter: Tree = {
        "name": "q",
        "in": "query",
        "description": SENTENCE,
        "schema": {"type": "string"},
    }
    got: Tree = {
        "parameters": [{"$ref": "#/components/parameters/Q"}],
        "responses": {"204": {"description": "d"}},
    }
    return {
        **HEAD,
        "paths": {f"/{n}": {"get": got} for n in range(operations)},
        "components": {"parameters": {"Q": parameter}},
    }


def test_a_text_weighs_as_often_as_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "api.json"
    found: list[int] = []
    for operations in (1, 10):
        path.write_text(json.dumps(shared(operations)), "utf-8")
        api = understand(str(path)).api
        assert api is not None
        found.append(weight(api.operations))
    assert found[1] == 10 * found[0] > 10 * len(SENTENCE)


def test_what_is_inherited_weighs_as_often_as_there_are_heirs(tmp_path: Path) -> None:
    """Three hundred heirs of three hundred members are 60 kB, and a package of 25 MB."""
    base: Tree = {"properties": {f"p{n}": {"type": "string"} for n in range(300)}}
    heirs: dict[str, Tree] = {
        f"H{n}": {"allOf": [{"$ref": "#/components/schemas/B"}, {"properties": {f"q{n}": {}}}]}
        for n in range(300)
    }
    path = tmp_path / "api.json"
    tree: Tree = {**HEAD, "paths": {}, "components": {"schemas": {"B": base, **heirs}}}
    path.write_text(json.dumps(tree), "utf-8")
    [message] = understand(str(path)).messages
    assert "error: limit: with this the package would have more than 4,194,304" in message
    assert understand(str(path), Edition(limits=Limits(growth=100))).messages == ()


def test_a_budget_refuses_what_is_above_it() -> None:
    at = Place("f", "/a")
    UNBOUNDED.check(10**9, at)
    Budget.of(Limits(weight=9), 1).check(9, at)
    with pytest.raises(TooHeavy) as caught:
        Budget.of(Limits(weight=9), 1).check(10, at)
    assert (caught.value.finding.rule, caught.value.finding.at) == ("limit", at)
    assert "limits.weight" in caught.value.finding.hint
    with pytest.raises(TooHeavy) as caught:
        Budget.of(Limits(growth=2), 2**20).check(2**21 + 1, at)
    assert "limits.growth" in caught.value.finding.hint
