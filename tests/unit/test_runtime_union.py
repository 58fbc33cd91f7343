"""How the variants of a union are told apart where no tag does, and what is said of a misfit."""

from __future__ import annotations

import pytest
from runtime import _nested as nested
from runtime import _union as union
from runtime import _write as write
from runtime._types import UNSET, Json
from runtime.errors import ConstraintError, DecodeError


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "null"),
        (True, "boolean"),
        (1, "integer"),
        (1.0, "integer"),
        (1.5, "number"),
        (float("inf"), "number"),
        ("", "string"),
        ([], "array"),
        ({}, "object"),
        (UNSET, "nothing"),
        (object(), "nothing"),
    ],
)
def test_kinds_are_those_of_json(value: object, kind: str) -> None:
    assert union.kind(value) == kind


def test_the_first_item_of_an_array() -> None:
    assert union.first([1, 2]) == 1
    assert union.first([]) is UNSET
    with pytest.raises(DecodeError, match=r"^\$: expected an array, found a string$"):
        union.first("text")
    with pytest.raises(DecodeError, match=r"^\$\.a: expected an array, found null$"):
        union.first(None, "a")


def test_an_object_without_any_of_the_members_that_tell() -> None:
    assert str(union.without(("a",))) == "$: expected a member a, found none"
    at = union.without(("a", "b"), "within", 0)
    assert str(at) == "$.within[0]: expected a member a or b, found none of them"
    said = "$: expected a member a, b or c, found none of them"
    assert str(union.without(("a", "b", "c"))) == said


def test_what_was_taken_for_a_variant_is_said_once() -> None:
    def decode(value: object, *, strict: bool = False) -> int:
        if value == 1:
            return 1
        raise DecodeError("an integer", "a string" if strict else "", "at")

    assert union.taken(decode, 1, False, "Card") == 1
    with pytest.raises(DecodeError) as raised:
        union.taken(decode, 2, True, "Card")
    assert str(raised.value) == "$.at: expected an integer, found a string (taken for Card)"
    with pytest.raises(DecodeError) as raised:
        union.taken(decode, 2, False, "Card")
    assert str(raised.value) == "$.at: expected an integer, found something else (taken for Card)"


def test_of_variants_within_variants_the_innermost_is_said() -> None:
    def inner(value: object, *, strict: bool = False) -> int:
        raise DecodeError("an integer", "a string", "at")

    def between(value: object, *, strict: bool = False) -> int:
        return union.taken(inner, value, strict, "Inner")

    def outer(value: object, *, strict: bool = False) -> int:
        return nested.read(between, value, strict, "within")

    with pytest.raises(DecodeError) as raised:
        union.taken(outer, {}, True, "Outer")
    said = "$.within.at: expected an integer, found a string (taken for Inner)"
    assert str(raised.value) == said


def test_the_first_writer_that_takes_a_value_writes_it() -> None:
    def texts(value: list[object]) -> Json:
        return [write.string(item, n) for n, item in enumerate(value)]

    def numbers(value: list[object]) -> Json:
        return [write.integer(item, n) for n, item in enumerate(value)]

    assert union.written((texts, numbers), ["a"]) == ["a"]
    assert union.written((texts, numbers), [1]) == [1]
    with pytest.raises(ConstraintError, match=r"\$\[0\]: expected an integer"):
        union.written((texts, numbers), [None])
