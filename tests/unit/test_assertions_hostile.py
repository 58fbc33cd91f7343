"""Schemas that go round in circles, or would take all of the time or the stack there is."""

from __future__ import annotations

import pytest

from specloom.evaluation import holds
from specloom.values import Tree

from .asserting import asserted

ITSELF = {"$ref": "#/components/schemas/S"}
CIRCULAR: list[tuple[Tree, Tree, bool]] = [
    (ITSELF, 1, True),
    ({"allOf": [ITSELF, {"type": "integer"}]}, 1, True),
    ({"allOf": [ITSELF, {"type": "integer"}]}, "a", False),
    ({"anyOf": [{"type": "string"}, ITSELF]}, 1, True),
    ({"not": ITSELF}, 1, True),
    ({**ITSELF, "unevaluatedItems": False}, [], True),
    ({**ITSELF, "unevaluatedItems": False}, [1], False),
    ({**ITSELF, "properties": {"a": True}, "unevaluatedProperties": False}, {"a": 1}, True),
    ({**ITSELF, "properties": {"a": True}, "unevaluatedProperties": False}, {"b": 1}, False),
]


@pytest.mark.parametrize(("said", "value", "fits"), CIRCULAR, ids=str)
def test_what_mentions_itself_on_the_way_says_no_more_by_that(
    said: Tree, value: Tree, fits: bool
) -> None:
    """JSON Schema leaves it open what it would mean."""
    found = asserted(said)
    assert found.holds(value) is found.program()(value) is fits


def test_a_base_that_lists_its_own_heirs_is_no_trap() -> None:
    base: Tree = {"required": ["a"], "oneOf": [{"$ref": "#/components/schemas/Heir"}]}
    heir: Tree = {"required": ["b"], "allOf": [{"$ref": "#/components/schemas/S"}]}
    for name in ("S", "Heir"):
        found = asserted({"$ref": f"#/components/schemas/{name}"}, {"Heir": heir, "S": base})
        fits = found.program()
        for value, wanted in (({"a": 1, "b": 1}, True), ({"a": 1}, False), ({"b": 1}, False)):
            assert found.holds(value) is fits(value) is wanted


def chained(length: int, link: str) -> dict[str, Tree]:
    """Return schemas each of which mentions the next one twice."""
    links: dict[str, Tree] = {f"L{length}": {"type": "string"}}
    for i in range(length):
        links[f"L{i}"] = {link: [{"$ref": f"#/components/schemas/L{i + 1}"}] * 2}
    return links


@pytest.mark.parametrize(("link", "fits"), [("oneOf", False), ("prefixItems", True)])
def test_nothing_is_asked_twice(link: str, fits: bool) -> None:
    """It would be asked 2**60 times."""
    found = asserted({"$ref": "#/components/schemas/L0"}, chained(60, link))
    value: Tree = "a"
    for _ in range(60 if link == "prefixItems" else 0):
        value = [value] * 2
    assert found.holds(value) is fits
    assert found.program()(value) is fits


def test_alternatives_that_differ_only_deep_down_take_no_longer() -> None:
    """Each level would be looked at once by each of the three variants above it."""
    variants: Tree = [
        {"properties": {"of": {"$ref": "#/components/schemas/S"}, "kind": {"const": kind}}}
        for kind in "abc"
    ]
    fits = asserted({"oneOf": variants}).program()
    value: Tree = {"kind": "c"}
    for _ in range(45):
        value = {"of": value, "kind": "b"}
    assert fits(value)


def test_a_chain_that_would_take_all_of_the_stack_is_cut() -> None:
    found = asserted({"$ref": "#/components/schemas/L0"}, chained(1500, "allOf"))
    assert len(found.known) == 1501
    assert found.holds("a") is None
    assert found.program()("a") is False


def test_what_nobody_knows_does_not_hold() -> None:
    """Automata do not look back, and `re` may take forever."""
    found = asserted({"not": {"pattern": r"^(a|b)\1$"}})
    assert found.holds("ab") is None
    assert not holds(found.root, "ab", found.known)
    assert found.program()("ab")
