"""Constraints that a type cannot say."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid1, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _check as check
from runtime import _limits as limits
from runtime._types import UNSET, Json
from runtime.errors import ConstraintError


def verdict(check_it: Callable[[], None]) -> str:
    """Return what a check finds fault with, or nothing."""
    try:
        check_it()
    except ConstraintError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("value", "least", "most", "expected"),
    [
        ("", 1, 2083, "1 to 2083"),
        ("a", 1, 2083, ""),
        ("a" * 2083, 1, 2083, ""),
        ("a" * 2084, 1, 2083, "1 to 2083"),
        ("", 1, None, "at least 1"),
        ("a" * 99, 1, None, ""),
        ("a", 0, 0, "0 to 0"),
        ("", 0, 0, ""),
        ("\U0001f600\U0001f600", 2, 2, ""),
        ("e\u0301", 1, 1, "1 to 1"),
    ],
)
def test_length_counts_code_points(value: str, least: int, most: int | None, expected: str) -> None:
    found = verdict(lambda: check.length(value, "a", least, most))
    assert found == (expected and f"$.a: expected a string of {expected} characters")


@pytest.mark.parametrize(
    ("checker", "small", "large", "words"),
    [
        (limits.count, [1], [1, 2, 3, 4], "$: expected an array of 2 to 3 items"),
        (limits.count, (), (1, 2, 3, 4), "$: expected an array of 2 to 3 items"),
        (limits.size, {}, dict.fromkeys("abcd"), "$: expected an object of 2 to 3 members"),
    ],
)
def test_containers_are_counted(
    checker: Callable[..., None], small: object, large: object, words: str
) -> None:
    assert verdict(lambda: checker(small, None, 2, 3)) == words
    assert verdict(lambda: checker(large, None, 2, 3)) == words
    assert verdict(lambda: checker(large, None, 2)) == ""
    assert verdict(lambda: checker(small, None, 0, 1)) == ""


def test_bounds_are_inclusive_or_exclusive() -> None:
    def bounds(value: object, **between: float) -> str:
        return verdict(lambda: limits.bounds(value, "n", **between))

    assert bounds(1, least=1, below=10) == bounds(9.99, least=1, below=10) == ""
    assert bounds(0.99, least=1, below=10) == "$.n: expected a number of at least 1 and below 10"
    assert bounds(10, least=1, below=10) == "$.n: expected a number of at least 1 and below 10"
    assert bounds(1, above=1) == "$.n: expected a number above 1"
    assert bounds(2, above=1) == bounds(1, most=1) == ""
    assert bounds(1.5, most=1) == "$.n: expected a number of at most 1"
    assert bounds(2**53 + 1, most=float(2**53)) != ""


@pytest.mark.parametrize(
    ("value", "of", "fits"),
    [
        (0.3, 0.1, True),
        (0.35, 0.1, False),
        (4.35, 0.01, True),
        (1.1, 0.01, True),
        (1e308, 0.123456789, False),
        (1e308, 0.5, True),
        (1e-7, 1e-8, True),
        (9, 3, True),
        (10, 3, False),
        (10**4000, 10, True),
        (10**4000 + 1, 10, False),
        (0, 7, True),
        (-6.0, 3, True),
    ],
)
def test_multiples_are_those_of_the_decimals(value: float, of: float, fits: bool) -> None:
    found = verdict(lambda: limits.multiple(value, "n", of))
    assert found == ("" if fits else f"$.n: expected a multiple of {of}")


@given(st.integers(-(10**6), 10**6), st.integers(0, 6), st.integers(1, 999), st.integers(0, 4))
def test_multiples_agree_with_decimal_arithmetic(n: int, p: int, m: int, q: int) -> None:
    value, of = Decimal(n).scaleb(-p), Decimal(m).scaleb(-q)
    fits = value % of == 0
    assert (verdict(lambda: limits.multiple(float(value), None, float(of))) == "") is fits


@dataclass(slots=True, eq=False)
class Item:
    name: str
    tags: list[object]


UNIQUE: list[tuple[object, bool]] = [
    ([], True),
    ([1, 2, "1"], True),
    ([1, 1.0], False),
    ([1, True], True),
    ([0, False, None, "", [], {}], True),
    ([[1], [True]], True),
    ([[1], (1.0,)], False),
    ([{"a": 1, "b": 2}, {"b": 2, "a": 1.0}], False),
    ([{"a": 1}, {"a": True}], True),
    ([{"a": [{}]}, {"a": [[]]}], True),
    ((UUID(int=1), UUID(int=1)), False),
    ([Item("a", [1]), Item("a", [1.0])], False),
    ([Item("a", [1]), Item("a", [True])], True),
]


@pytest.mark.parametrize(("value", "fits"), UNIQUE)
def test_unique_compares_as_json_does(value: object, fits: bool) -> None:
    found = verdict(lambda: limits.unique(value, "a"))
    assert found == ("" if fits else "$.a: expected an array of items that differ")


JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "a", 1.0, 0.5]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)


def canonical(value: Json) -> str:
    """Return text that is the same for values that JSON holds to be equal."""

    def plain(item: Json) -> Json:
        if isinstance(item, list):
            return [plain(each) for each in item]
        if isinstance(item, dict):
            return {name: plain(each) for name, each in item.items()}
        return int(item) if isinstance(item, float) and item.is_integer() else item

    return json.dumps(plain(value), sort_keys=True)


@given(st.lists(JSON, max_size=5))
def test_unique_agrees_with_canonical_text(value: list[Json]) -> None:
    texts = [canonical(item) for item in value]
    assert (verdict(lambda: limits.unique(value, None)) == "") is (len(set(texts)) == len(texts))


def test_a_uuid_has_its_version() -> None:
    assert verdict(lambda: check.uuid_version(uuid4(), "id", 4)) == ""
    assert verdict(lambda: check.uuid_version(uuid1(), "id", 4)) == (
        "$.id: expected a UUID of version 4"
    )
    assert verdict(lambda: check.uuid_version(UUID(int=0), None, 4)) != ""


@pytest.mark.parametrize("value", [None, UNSET, True, b"", object(), 1j, float("nan")])
def test_values_of_other_types_are_left_to_the_writers(value: object) -> None:
    checks: list[Callable[[], None]] = [
        lambda: check.length(value, "a", 9),
        lambda: check.uuid_version(value, "a", 4),
        lambda: limits.count(value, "a", 9),
        lambda: limits.size(value, "a", 9),
        lambda: limits.bounds(value, "a", least=9),
        lambda: limits.multiple(value, "a", 9),
        lambda: limits.unique(value, "a"),
    ]
    assert [verdict(each) for each in checks] == [""] * 7


def test_a_string_has_no_count_and_a_list_no_length() -> None:
    assert verdict(lambda: limits.count("", "a", 1)) == ""
    assert verdict(lambda: check.length([], "a", 1)) == ""
    assert verdict(lambda: limits.unique("aa", "a")) == ""
