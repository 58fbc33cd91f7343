"""Readers of plain values."""

from __future__ import annotations

from collections.abc import Callable
from math import fmod, isfinite
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _read as read
from runtime._types import UNSET, Json, JsonObject
from runtime.errors import ConstraintError, DecodeError

TEXT = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
VALUES: list[Json] = [None, True, False, 0, 1, 7, 1.0, 1.5, "", "x", TEXT, [], {}]


def refusal(read_it: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(DecodeError) as caught:
        read_it(*arguments)
    return str(caught.value)


TAKEN: list[tuple[Callable[[object], object], list[object]]] = [
    (read.string, ["", "x", TEXT]),
    (read.boolean, [True, False]),
    (read.integer, [0, 1, 7, 1.0]),
    (read.number, [0, 1, 7, 1.0, 1.5]),
    (read.uuid, [TEXT]),
    (read.members, [{}]),
]


@pytest.mark.parametrize(("reader", "taken"), TAKEN)
def test_a_reader_takes_its_own_kind_only(
    reader: Callable[[object], object], taken: list[object]
) -> None:
    for value in VALUES:
        if any(value is known or repr(value) == repr(known) for known in taken):
            assert str(reader(value)) == str(value) or reader(value) == value
        else:
            assert refusal(reader, value).startswith("$: expected ")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (None, "null"),
        (True, "a boolean"),
        (1, "a number"),
        (1.5, "a number"),
        ([], "an array"),
        ({}, "an object"),
        (UNSET, "nothing"),
        ((1,), "something else"),
    ],
)
def test_an_error_says_the_kind_found_and_the_path(value: object, found: str) -> None:
    assert refusal(lambda: read.string(value, "a")) == f"$.a: expected a string, found {found}"
    assert refusal(lambda: read.string(value, 2)) == f"$[2]: expected a string, found {found}"
    assert refusal(lambda: read.string(value)) == f"$: expected a string, found {found}"


def test_an_integer_may_be_written_as_a_float() -> None:
    assert repr(read.integer(1.0)) == "1"
    assert refusal(lambda: read.integer(1.5)) == "$: expected an integer, found a number"
    assert refusal(lambda: read.integer(float("inf"))).startswith("$: expected an integer")
    assert refusal(lambda: read.integer(True)) == "$: expected an integer, found a boolean"


def test_a_number_stays_as_it_came() -> None:
    assert [repr(read.number(n)) for n in (1, 1.0, 10**400)] == ["1", "1.0", repr(10**400)]
    assert refusal(lambda: read.number(float("nan"), "n")) == (
        "$.n: expected a finite number, found a number"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        TEXT.replace("-", ""),
        f"{{{TEXT}}}",
        f"urn:uuid:{TEXT}",
        TEXT + "\n",
        "३" + TEXT[1:],
    ],
)
def test_a_uuid_is_written_in_the_canonical_way(text: str) -> None:
    with pytest.raises(DecodeError) as caught:
        read.uuid(text, "id")
    assert str(caught.value) == "$.id: expected a UUID, found a string"
    assert caught.value.__context__ is None


def test_a_uuid_may_be_upper_case() -> None:
    assert read.uuid(TEXT.upper()) == UUID(TEXT)


@pytest.mark.parametrize(
    ("only", "same", "others"),
    [
        (1, [1, 1.0], [True, "1", 2, None]),
        (1.0, [1, 1.0], [True, "1"]),
        (True, [True], [1, 1.0, "true"]),
        (0, [0, 0.0, -0.0], [False, None, ""]),
        (False, [False], [0, None]),
        ("web", ["web"], ["WEB", None, ["web"]]),
        (None, [None], [False, 0, ""]),
    ],
)
def test_a_constant_is_equal_as_json_has_it(
    only: object, same: list[object], others: list[object]
) -> None:
    for value in same:
        assert read.const(value, "x", only) is only
        assert read.choice(value, "x", ("else", only)) is only
    for value in others:
        assert "$.x: expected " in refusal(read.const, value, "x", only)
        assert "$.x: expected " in refusal(read.choice, value, "x", (only,))


def test_a_choice_names_what_is_known_in_ascii() -> None:
    assert refusal(lambda: read.choice("s3cret", None, ("é", 1, True))) == (
        '$: expected "\\u00e9" or 1 or true, found a string'
    )
    assert refusal(lambda: read.const(1, None, "a")) == '$: expected "a", found a number'


def test_null_is_read_where_it_may_be() -> None:
    assert read.nullable(read.string, None, "a") is None
    assert read.nullable(read.string, "x") == "x"
    assert refusal(lambda: read.nullable(read.string, 1, "a")) == (
        "$.a: expected a string, found a number"
    )
    assert read.choice(None, "a", ("x", None)) is None


def test_what_is_not_declared_is_kept_as_extra() -> None:
    members: JsonObject = {"a": 1, "__class__": 2, "b": None}
    assert read.extra(members, ("a",)) == {"__class__": 2, "b": None}
    assert read.extra({"a": 1}, ("a", "b")) is None


def test_a_closed_object_counts_and_does_not_name() -> None:
    read.closed({"a": 1}, ("a", "b"))
    read.closed({}, ())
    assert refusal(lambda: read.closed({"a": 1, "s3cret": 2, "t": 3}, ("a", "b"))) == (
        "$: expected only the 2 members declared, found 2 more"
    )


def test_checked_turns_a_constraint_into_a_decode_error() -> None:
    def check(value: str) -> None:
        if value != "good":
            raise ConstraintError("something good", "", "a", 1)

    read.checked(check, "good")
    assert refusal(lambda: read.checked(check, "bad")) == "$.a[1]: expected something good"


def test_an_absent_member_is_named() -> None:
    error = read.missing(KeyError("token"))
    assert str(error) == "$.token: expected a value, found nothing"


def test_new_makes_an_object_without_its_init() -> None:
    class Made:
        def __init__(self) -> None:
            raise AssertionError("not called")

    assert type(read.new(Made)) is Made


@given(st.floats() | st.integers() | st.booleans() | st.none() | st.text())
def test_number_and_integer_agree_with_json_schema(value: object) -> None:
    finite = type(value) is int or (type(value) is float and isfinite(value))
    whole = type(value) is int or (finite and type(value) is float and fmod(value, 1) == 0)
    for reader, fits in ((read.number, finite), (read.integer, whole)):
        try:
            assert reader(value) == value
            assert fits
        except DecodeError:
            assert not fits
