"""Lists, maps, nested definitions and anything: what they return, and the paths of errors."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _anything as anything
from runtime import _items as items
from runtime import _nested as nested
from runtime import _read as read
from runtime import _write as write
from runtime._types import UNSET, Json, JsonObject
from runtime.errors import ConstraintError, DecodeError

Steps: TypeAlias = tuple[str | int, ...]
KEYS = st.text(max_size=3)


def decode(value: object, *, strict: bool = False) -> int:
    """Read the `n` of an object, which strict readers want to be positive."""
    try:
        n = read.integer(read.members(value)["n"], "n")
    except KeyError as absent:
        raise read.missing(absent) from None
    if strict and n < 1:
        raise DecodeError("a positive number", "", "n")
    return n


def encode(n: int) -> JsonObject:
    return {"n": write.integer(n, "n")}


def misread(act: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(DecodeError) as caught:
        act(*arguments)
    return str(caught.value)


def refused(act: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(ConstraintError) as caught:
        act(*arguments)
    return str(caught.value)


def test_items_are_read() -> None:
    assert items.read(read.string, ["a", "b"], "x") == ["a", "b"]
    assert items.read_map(read.integer, {"a": 1.0}, "x") == {"a": 1}
    assert items.read(read.string, []) == []
    deep = items.read(partial(items.read, read.string), [["a"], []], "x")
    assert deep == [["a"], []]


def test_items_are_misread_with_a_path() -> None:
    assert misread(lambda: items.read(read.string, ["a", 1], "x", 2)) == (
        "$.x[2][1]: expected a string, found a number"
    )
    assert misread(lambda: items.read_map(read.string, {"a b": None}, "x")) == (
        "$.x['a b']: expected a string, found null"
    )
    assert misread(lambda: items.read(partial(items.read, read.string), [[], ["a", 1]], "x")) == (
        "$.x[1][1]: expected a string, found a number"
    )
    no_arrays: list[object] = [None, "ab", {}, ("a",), 1]
    for value in no_arrays:
        assert misread(items.read, read.string, value, "x").startswith(
            "$.x: expected an array, found "
        )
    no_objects: list[object] = [None, "ab", [], 1]
    for value in no_objects:
        assert misread(items.read_map, read.string, value, "x").startswith(
            "$.x: expected an object, found "
        )


def test_items_are_written() -> None:
    assert items.write(write.string, ("a", "b"), "x") == ["a", "b"]
    assert items.write(write.string, []) == []
    assert items.write_map(write.integer, OrderedDict[str, int](a=1), "x") == {"a": 1}
    assert refused(lambda: items.write(write.string, ["a", 1], "x")) == (
        "$.x[1]: expected a string"
    )
    assert refused(lambda: items.write_map(write.string, {"a": 1}, "x", 0)) == (
        "$.x[0].a: expected a string"
    )


@pytest.mark.parametrize("value", ["ab", b"ab", {"a": 1}, {"a"}, range(2), iter("ab"), None, UNSET])
def test_only_lists_and_tuples_are_written_as_arrays(value: object) -> None:
    assert refused(lambda: items.write(write.string, value, "x")) == "$.x: expected a list"
    assert refused(lambda: nested.write_array(encode, value, "x")) == (  # type: ignore[arg-type] # as a careless caller does
        "$.x: expected a list"
    )


@pytest.mark.parametrize("value", [{1: "a"}, {None: "a"}, ["a"], "a", None])
def test_only_dicts_of_strings_are_written_as_objects(value: object) -> None:
    words = "$.x: expected a dict whose keys are strings"
    assert refused(lambda: items.write_map(write.string, value, "x")) == words
    assert refused(lambda: nested.write_map(encode, value, "x")) == words  # type: ignore[arg-type] # as a careless caller does
    assert refused(lambda: anything.write_object(value, "x")) == words


def test_nested_values_are_read() -> None:
    assert nested.read(decode, {"n": 1}, True, "x") == 1
    assert nested.read_nullable(decode, None, True, "x") is None
    assert nested.read_nullable(decode, {"n": 1}, True, "x") == 1
    assert nested.read_array(decode, [{"n": 1}, {"n": 0}], False, "x") == [1, 0]
    assert nested.read_map(decode, {"a": {"n": 1}}, True, "x") == {"a": 1}


def test_nested_values_are_misread_with_a_path() -> None:
    text = {"n": "1"}
    words = "expected an integer, found a string"
    assert misread(lambda: nested.read(decode, text, False, "x")) == f"$.x.n: {words}"
    assert misread(lambda: nested.read(decode, text, False)) == f"$.n: {words}"
    assert misread(lambda: nested.read_nullable(decode, text, False, "x")) == f"$.x.n: {words}"
    assert misread(lambda: nested.read_array(decode, [{"n": 1}, text], False, "x")) == (
        f"$.x[1].n: {words}"
    )
    assert misread(lambda: nested.read_map(decode, {"a": {"n": 1}, "": text}, False, "x")) == (
        f"$.x[''].n: {words}"
    )
    assert misread(lambda: nested.read_array(decode, {}, False, "x")) == (
        "$.x: expected an array, found an object"
    )
    assert misread(lambda: nested.read_map(decode, [], False, "x")) == (
        "$.x: expected an object, found an array"
    )


def test_strict_is_passed_on() -> None:
    zero = {"n": 0}
    calls: list[Callable[[], object]] = [
        lambda: nested.read(decode, zero, True, "x"),
        lambda: nested.read_nullable(decode, zero, True, "x"),
        lambda: nested.read_array(decode, [zero], True, "x"),
        lambda: nested.read_map(decode, {"a": zero}, True, "x"),
    ]
    assert [misread(call) for call in calls] == [
        "$.x.n: expected a positive number",
        "$.x.n: expected a positive number",
        "$.x[0].n: expected a positive number",
        "$.x.a.n: expected a positive number",
    ]


def test_nested_values_are_written() -> None:
    assert nested.write(encode, 1, "x") == {"n": 1}
    assert nested.write_nullable(encode, None, "x") is None
    assert nested.write_nullable(encode, 1, "x") == {"n": 1}
    assert nested.write_array(encode, (1, 2), "x") == [{"n": 1}, {"n": 2}]
    assert nested.write_map(encode, {"a": 1}, "x") == {"a": {"n": 1}}
    assert refused(lambda: nested.write(encode, True, "x")) == "$.x.n: expected an integer"
    assert refused(lambda: nested.write_nullable(encode, True, "x", 1)) == (
        "$.x[1].n: expected an integer"
    )
    assert refused(lambda: nested.write_array(encode, [1, True], "x")) == (
        "$.x[1].n: expected an integer"
    )
    assert refused(lambda: nested.write_map(encode, {"a": 1, "b": True}, "x")) == (
        "$.x.b.n: expected an integer"
    )


@given(st.lists(st.sampled_from(["read", "array", "map"]) | KEYS, max_size=6), st.data())
def test_the_path_leads_to_the_fault(words: list[str], data: st.DataObject) -> None:
    """Build a value around one fault, with good values beside it, and follow the path back."""
    value: Json = {"n": "bad"}
    reader: nested.Decode[object] = decode
    for word in words:
        good = around(reader)
        if word == "array":
            before = data.draw(st.integers(0, 2))
            value = [good] * before + [value, good]
            reader = partial(through, nested.read_array, reader)
        elif word == "map":
            names = data.draw(st.lists(KEYS, min_size=1, max_size=3, unique=True))
            bad = data.draw(st.sampled_from(names))
            value = {name: value if name == bad else good for name in names}
            reader = partial(through, nested.read_map, reader)
    with pytest.raises(DecodeError) as caught:
        nested.read(reader, value, False, "top")
    steps = caught.value.steps
    assert steps[0] == "top"
    assert follow(value, steps[1:]) == "bad"


def through(
    how: Callable[..., object], inner: object, value: object, /, *, strict: bool = False
) -> object:
    return how(inner, value, strict)


def around(reader: object) -> Json:
    """Return the smallest value that a reader takes."""
    if not isinstance(reader, partial):
        return {"n": 1}
    return [] if reader.args[0] is nested.read_array else {}


def follow(value: Json, steps: Steps) -> Json:
    for step in steps:
        match value, step:
            case list(), int():
                value = value[step]
            case dict(), str():
                value = value[step]
            case _:
                raise AssertionError(f"{step!r} leads nowhere")
    return value


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text()
        | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_read_and_copied(value: Json) -> None:
    assert anything.read(value) is value
    copied = anything.write(value)
    assert json.dumps(copied) == json.dumps(value)
    assert copied is not value or not isinstance(value, list | dict)


@pytest.mark.parametrize("value", [UNSET, (1,), {1}, b"", 1j, object()])
def test_what_is_no_json_is_neither_read_nor_written(value: object) -> None:
    assert misread(lambda: anything.read(value, "x")).startswith("$.x: expected a JSON value")
    if not isinstance(value, tuple):
        assert refused(lambda: anything.write({"a": [1, value]}, "x")) == (
            "$.x.a[1]: expected a JSON value"
        )


def test_numbers_that_json_lacks_are_refused_with_a_path() -> None:
    for value in (float("nan"), float("inf")):
        assert refused(anything.write, [[value]]) == ("$[0][0]: expected a JSON value")


def test_anything_that_is_an_object() -> None:
    assert anything.read_object({"a": 1}, "x") == {"a": 1}
    assert misread(lambda: anything.read_object([], "x")) == (
        "$.x: expected an object, found an array"
    )
    assert anything.write_object({"a": (1, {"b": None})}, "x") == {"a": [1, {"b": None}]}
    assert refused(lambda: anything.write_object([], "x")).startswith("$.x: expected a dict")
    assert refused(lambda: anything.write_object({"a": {1}}, "x")) == "$.x.a: expected a JSON value"


def test_depth_has_an_end_and_cycles_have_none() -> None:
    deep: Json = []
    for _ in range(99):
        deep = [deep]
    assert anything.write(deep) == deep
    assert anything.write_object({"a": deep[0]}) == {"a": deep[0]}  # type: ignore[index] # a list
    assert refused(lambda: anything.write([deep])) == (
        "$" + "[0]" * 100 + ": expected at most 100 levels"
    )
    assert refused(lambda: anything.write_object({"a": deep})).endswith("at most 100 levels")
    cycle: dict[str, object] = {}
    cycle["a"] = [cycle]
    assert refused(lambda: anything.write(cycle)).endswith(": expected at most 100 levels")
