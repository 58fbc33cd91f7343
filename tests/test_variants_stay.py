"""Names of variants stay, whatever comes in front of them, and whatever tells them apart."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from specloom import ir
from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.lower.api import lower
from specloom.naming import name
from specloom.naming.given import given
from specloom.naming.pins import NO_PINS, Pins, Section
from specloom.values import Place, Tree

STRING: Tree = {"type": "string"}


def record(words: str, *required: str, optional: str = "", title: str = "") -> Tree:
    """Return an object that is known again by its description."""
    properties = dict.fromkeys((*required, *optional), STRING)
    return {
        "type": "object",
        "title": title,
        "description": words,
        "required": required,
        "properties": properties,
    }


def tagged(tag: str) -> Tree:
    return {
        "type": "object",
        "description": tag,
        "required": ["kind"],
        "properties": {"kind": {"const": tag}, "more": record(f"more of {tag}", "x")},
    }


def listed(schema: Tree) -> Tree:
    return {"type": "array", "items": schema}


Variants = tuple[list[Tree], Tree]
CASES: Mapping[str, Variants] = {
    "tag": ([tagged("a"), tagged("b")], tagged("c")),
    "kind": ([STRING, record("one", "x")], listed(record("many", "y"))),
    "items": ([STRING, listed(record("many", "y"))], record("one", "x")),
    "key": ([record("a", "a"), record("b", "b")], record("c", "c")),
    "title": (
        [record("a", "x", title="A thing"), record("b", "x", "y", title="Another")],
        record("c", "x", "z", title="A third"),
    ),
    "whatever is left": ([STRING, record("one", optional="o")], record("two", "z")),
    "two that are alike": (
        [STRING, record("one", "x", optional="o")],
        record("two", "x", optional="p"),
    ),
    "an object beside one": ([STRING, record("one", "x", "y")], record("two", "y", "z")),
}


def lowered(variants: list[Tree]) -> ir.Api:
    tree: Tree = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": {"Thing": {"anyOf": variants}}},
    }
    return lower(read_document(Node(tree, Place("x", ""), tree))).api


def called(api: ir.Api, pins: Pins = NO_PINS) -> tuple[dict[str, tuple[str, ...]], Pins]:
    """Return the names of types and fields by their description, and what a lock remembers."""
    names = name(api, pins)
    found = {
        d.docs.description.raw: (
            str(names.types[d.id].name),
            str(names.types[d.id].codec),
            *(str(field) for (owner, _), field in names.fields.items() if owner == d.id),
        )
        for d in api.definitions
        if d.docs.description.raw
    }
    return found, given(api, names)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_variant_more_renames_none(case: str, place: int) -> None:
    old, new = CASES[case]
    before, pins = called(lowered(old))
    after, _ = called(lowered([*old[:place], new, *old[place:]]), pins)
    assert before
    assert {words: after[words] for words in before} == before
    assert len(after) > len(before)


@pytest.mark.parametrize("case", CASES)
def test_names_are_unique_and_the_same_each_time(case: str) -> None:
    old, new = CASES[case]
    first, second = (called(lowered([new, *old]))[0] for _ in range(2))
    assert first == second
    assert len({names[0] for names in first.values()}) == len(first)


@pytest.mark.parametrize("case", CASES)
def test_order_is_nothing_to_a_lock(case: str) -> None:
    old, new = CASES[case]
    before, pins = called(lowered([new, *old]))
    assert called(lowered([*reversed(old), new]), pins)[0] == before


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_names_of_a_lock_follow_their_variants(case: str, place: int) -> None:
    """Names that nobody would give of himself: those of the lock, or none."""
    old, new = CASES[case]
    before, pins = called(lowered(old))
    kept = {at: f"{called_so}Kept" for at, called_so in pins[Section.TYPES].items()}
    after, _ = called(
        lowered([*old[:place], new, *old[place:]]),
        {Section.TYPES: kept, Section.FIELDS: pins[Section.FIELDS]},
    )
    assert {words: after[words][0] for words in before} == {
        words: f"{names[0]}Kept" for words, names in before.items()
    }
