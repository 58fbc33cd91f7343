"""Arguments in URLs and cookies, as most documents want them written."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _style as style
from runtime import _url as url
from runtime._types import Json, JsonObject

from .peers import refusal

TEXT = st.text(st.characters(codec="utf-8"))


@pytest.mark.parametrize(
    ("value", "segment"),
    [
        ("id with space&=+%", "id%20with%20space%26%3D%2B%25"),
        ("s\u00e9cret/+ &=%", "s%C3%A9cret%2F%2B%20%26%3D%25"),
        ("-._~", "-._~"),
        ("a/../b?c#d;e", "a%2F..%2Fb%3Fc%23d%3Be"),
        ("%2e%2e", "%252e%252e"),
        ("...", "..."),
        ("a\r\n\0", "a%0D%0A%00"),
        (3, "3"),
        (True, "true"),
        (1.5, "1.5"),
        (["a,b", 1, None, "c"], "a%2Cb,1,c"),
        ({"R": 100, "G": None, "B": "x,y"}, "R,100,B,x%2Cy"),
        ([["a"], {"b": 1}], "%5B%22a%22%5D,%7B%22b%22%3A1%7D"),
        ("{x}", "%7Bx%7D"),
        # what these would make of a path, `Call.target` tells
        ("", ""),
        ("..", ".."),
    ],
)
def test_a_segment(value: Json, segment: str) -> None:
    assert url.segments({"id": value}) == {"id": segment}
    assert style.segments({"id": value}, {}) == {"id": segment}


@pytest.mark.parametrize("value", [None, [], {}, [None], {"a": None}])
def test_a_segment_of_nothing_is_refused(value: Json) -> None:
    expected = "$.id: expected a segment of a path, so not empty, . or .."
    assert refusal(lambda: url.segments({"ok": "a", "id": value})) == expected
    assert refusal(lambda: style.segments({"ok": "a", "id": value}, {})) == expected


@pytest.mark.parametrize(
    ("values", "query"),
    [
        ({}, ""),
        ({"a": None}, ""),
        ({"a": []}, ""),
        ({"a": {}}, ""),
        ({"a": ""}, "a="),
        ({"a": "id with space&=+%"}, "a=id%20with%20space%26%3D%2B%25"),
        ({"a": "s\u00e9cret/+ &=%"}, "a=s%C3%A9cret%2F%2B%20%26%3D%25"),
        ({"a": "\r\n#?"}, "a=%0D%0A%23%3F"),
        ({"a[]&": [1, None, "x,y"]}, "a%5B%5D%26=1&a%5B%5D%26=x%2Cy"),
        ({"a": {"R": 100, "G": None, "B": True}}, "R=100&B=true"),
        ({"a": {"b&": [1, {"c": None}]}}, "b%26=%5B1%2C%7B%22c%22%3Anull%7D%5D"),
        ({"b": "-._~", "a": 1.5}, "b=-._~&a=1.5"),
    ],
)
def test_a_query(values: JsonObject, query: str) -> None:
    assert url.query(values) == query
    assert style.query(values, {}) == query


@given(st.dictionaries(TEXT, st.lists(TEXT)))
def test_a_query_is_read_back_by_others(values: dict[str, list[str]]) -> None:
    pairs = [(name, item) for name, each in values.items() for item in each]
    query = url.query({name: [*each] for name, each in values.items()})
    assert query.isascii()
    assert not set(query) & set(" +#?/;,")
    assert parse_qsl(query, keep_blank_values=True) == pairs


@given(TEXT)
def test_a_segment_is_read_back(value: str) -> None:
    segment = url.segments({"id": value})["id"]
    assert unquote(segment) == value
    assert not set(segment) & set("/?#+ {}")


@pytest.mark.parametrize(
    ("values", "cookies"),
    [
        ({}, ""),
        ({"a": None, "b": []}, ""),
        ({"a": "", "b": "x"}, "a=; b=x"),
        ({"a": "x; b=y"}, "a=x%3B%20b%3Dy"),
        ({"a;b": "\r\n\u00e9"}, "a%3Bb=%0D%0A%C3%A9"),
        ({"a": [1, None, "x"], "b": {"c": 1, "d": 2}}, "a=1&a=x; c=1&d=2"),
    ],
)
def test_cookies(values: JsonObject, cookies: str) -> None:
    assert url.cookies(values) == cookies
    assert style.cookies(values, {}) == cookies


@given(st.dictionaries(TEXT, TEXT))
def test_no_cookie_begins_another(values: dict[str, str]) -> None:
    written = url.cookies({**values})
    assert written.isascii()
    assert written.isprintable()
    pairs = [each.split("=", 1) for each in written.split("; ")] if values else []
    assert {unquote(name): unquote(value) for name, value in pairs} == values


def test_a_text_may_be_the_whole_of_a_query() -> None:
    assert url.whole('{"a": "\u00e9&#"}') == "%7B%22a%22%3A%20%22%C3%A9%26%23%22%7D"
