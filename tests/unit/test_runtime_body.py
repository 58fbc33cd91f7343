"""The bytes of bodies and URLs."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _url as url
from runtime._body import Body, form, json_body
from runtime._types import Json, JsonObject
from runtime.errors import ConstraintError

TEXT = st.text(st.characters(codec="utf-8"))


def refusal(act: Callable[[], object]) -> ConstraintError:
    with pytest.raises(ConstraintError) as caught:
        act()
    assert caught.value.__context__ is None
    return caught.value


@pytest.mark.parametrize(
    ("members", "content"),
    [
        ({}, b""),
        ({"a": "id with space&=+%"}, b"a=id+with+space%26%3D%2B%25"),
        ({"a": "s\u00e9cret/+ &=%"}, b"a=s%C3%A9cret%2F%2B+%26%3D%25"),
        ({"a b&": "-._~*!'()"}, b"a+b%26=-._~%2A%21%27%28%29"),
        ({"a": None, "b": ""}, b"b="),
        ({"a": [1, None, "x y", True]}, b"a=1&a=x+y&a=true"),
        ({"a": []}, b""),
        ({"a": True, "b": 1.5, "c": -3, "d": 1e20}, b"a=true&b=1.5&c=-3&d=1e%2B20"),
        (
            {"a": {"b": [1, None], "c": "\u00e9"}},
            b"a=%7B%22b%22%3A%5B1%2Cnull%5D%2C%22c%22%3A%22%C3%A9%22%7D",
        ),
        ({"a": [{"b": 1}, [2]]}, b"a=%7B%22b%22%3A1%7D&a=%5B2%5D"),
        ({"b": "1", "a": "2"}, b"b=1&a=2"),
    ],
)
def test_a_form(members: JsonObject, content: bytes) -> None:
    assert form(members) == Body("application/x-www-form-urlencoded", content)


@given(st.dictionaries(TEXT, TEXT))
def test_a_form_is_read_back_by_others(members: dict[str, str]) -> None:
    content = form({**members}).content.decode("ascii")
    assert dict(parse_qsl(content, keep_blank_values=True, strict_parsing=bool(members))) == members


@pytest.mark.parametrize(
    ("value", "content"),
    [
        ("x", b'"x"'),
        (None, b"null"),
        (
            {"a": [1, 1.0, True, None], "\u00e9": "\U0001f600"},
            '{"a":[1,1.0,true,null],"\u00e9":"\U0001f600"}'.encode(),
        ),
    ],
)
def test_a_json_body(value: Json, content: bytes) -> None:
    assert json_body(value) == Body("application/json", content)


@given(
    st.recursive(st.none() | st.booleans() | TEXT, lambda j: st.lists(j) | st.dictionaries(TEXT, j))
)
def test_a_json_body_is_read_back(value: Json) -> None:
    assert json.loads(json_body(value).content) == value


def test_what_cannot_be_sent_is_refused_by_name() -> None:
    words = "expected a value that JSON and UTF-8 can hold"
    bad = "s3" * 4 + "\ud800"
    assert str(refusal(lambda: form({"a": bad}))) == f"$.a: {words}"
    assert str(refusal(lambda: form({"a": [bad]}))) == f"$.a: {words}"
    assert str(refusal(lambda: form({"a": {"b": bad}}))) == f"$.a: {words}"
    assert str(refusal(lambda: form({"a": float("nan")}))) == f"$.a: {words}"
    assert str(refusal(lambda: form({bad: "a"}))) == f"$: {words}"
    assert str(refusal(lambda: json_body({"a": bad}))) == f"$: {words}"
    assert str(refusal(lambda: json_body([float("inf")]))) == f"$: {words}"
    assert str(refusal(lambda: url.query({"a": bad}))) == f"$.a: {words}"
    assert str(refusal(lambda: url.segments({"a": bad}))) == f"$.a: {words}"
    cycle: list[Json] = []
    cycle.append(cycle)
    deep: list[Json] = []
    for _ in range(10_000):
        deep = [deep]
    assert str(refusal(lambda: json_body(deep))) == f"$: {words}"
    error = refusal(lambda: json_body(cycle))
    assert "s3s3" not in "".join(traceback.format_exception(error))


def test_a_body_hides_its_content() -> None:
    assert repr(form({"a": "s3cret"})) == "Body(media_type='application/x-www-form-urlencoded')"


@pytest.mark.parametrize(
    ("value", "segment"),
    [
        ("id with space&=+%", "id%20with%20space%26%3D%2B%25"),
        ("s\u00e9cret/+ &=%", "s%C3%A9cret%2F%2B%20%26%3D%25"),
        ("-._~", "-._~"),
        ("a/../b?c#d;e", "a%2F..%2Fb%3Fc%23d%3Be"),
        ("%2e%2e", "%252e%252e"),
        ("...", "..."),
        (3, "3"),
        (True, "true"),
        (1.5, "1.5"),
        (["a,b", 1, None, "c"], "a%2Cb,1,c"),
        ({"R": 100, "G": None, "B": "x,y"}, "R,100,B,x%2Cy"),
        ("{x}", "%7Bx%7D"),
    ],
)
def test_a_segment(value: Json, segment: str) -> None:
    assert url.segments({"id": value}) == {"id": segment}


@pytest.mark.parametrize("value", ["", ".", "..", None, [], {}, [None], [".."], {"a": None}])
def test_a_segment_that_changes_the_path_is_refused(value: Json) -> None:
    error = refusal(lambda: url.segments({"ok": "a", "id": value}))
    assert str(error) == "$.id: expected a segment of a path, so not empty, . or .."


@pytest.mark.parametrize(
    ("values", "query"),
    [
        ({}, ""),
        ({"a": None}, ""),
        ({"a": []}, ""),
        ({"a": ""}, "a="),
        ({"a": "id with space&=+%"}, "a=id%20with%20space%26%3D%2B%25"),
        ({"a": "s\u00e9cret/+ &=%"}, "a=s%C3%A9cret%2F%2B%20%26%3D%25"),
        ({"a[]&": [1, None, "x,y"]}, "a%5B%5D%26=1&a%5B%5D%26=x%2Cy"),
        ({"a": {"R": 100, "G": None, "B": True}}, "R=100&B=true"),
        ({"b": "-._~", "a": 1.5}, "b=-._~&a=1.5"),
    ],
)
def test_a_query(values: JsonObject, query: str) -> None:
    assert url.query(values) == query


@given(st.dictionaries(TEXT, st.lists(TEXT)))
def test_a_query_is_read_back_by_others(values: dict[str, list[str]]) -> None:
    pairs = [(name, item) for name, each in values.items() for item in each]
    query = url.query({name: [*each] for name, each in values.items()})
    assert query.isascii()
    assert not set(query) & set(" +#?/;,")
    assert parse_qsl(query, keep_blank_values=True) == pairs


@given(TEXT)
def test_a_segment_is_read_back(value: str) -> None:
    if value in ("", ".", ".."):
        return
    segment = url.segments({"id": value})["id"]
    assert unquote(segment) == value
    assert not set(segment) & set("/?#+ {}")
