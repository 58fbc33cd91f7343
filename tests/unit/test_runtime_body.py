"""The bytes of bodies that are JSON, a form, text or octets."""

from __future__ import annotations

import json
import traceback
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _url as url
from runtime._body import Body, form, form_text, json_body, json_text
from runtime._form import As, form_as
from runtime._plain import octets_body, text_body
from runtime._style import Style
from runtime._types import Json, JsonObject
from runtime.errors import ConstraintError

from .peers import SECRET, refusal

TEXT = st.text(st.characters(codec="utf-8"))
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("members", "content"),
    [
        ({}, b""),
        ({"a": "id with space&=+%"}, b"a=id+with+space%26%3D%2B%25"),
        ({"a": "s\u00e9cret/+ &=%"}, b"a=s%C3%A9cret%2F%2B+%26%3D%25"),
        ({"a b&": "-._~*!'()"}, b"a+b%26=-._%7E*%21%27%28%29"),
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
        ({"a\r\nb": "c\0"}, b"a%0D%0Ab=c%00"),
    ],
)
def test_a_form(members: JsonObject, content: bytes) -> None:
    assert form(members).write({}) == (FORM, content)
    assert form_as(members, {}).write({}) == (FORM, content)
    assert form_text(members).encode() == content


def test_a_form_as_the_whole_of_a_query_is_an_object() -> None:
    values: list[Json] = [[], "a=b", None]
    for value in values:
        assert refusal(form_text, value) == "$: expected an object"


@given(st.dictionaries(TEXT, TEXT))
def test_a_form_is_read_back_by_others(members: dict[str, str]) -> None:
    content = form({**members}).write({})[1]
    assert isinstance(content, bytes)
    text = content.decode("ascii")
    assert dict(parse_qsl(text, keep_blank_values=True, strict_parsing=bool(members))) == members


@pytest.mark.parametrize(
    ("value", "way", "content"),
    [
        ({"b": 1}, "application/json", b"a=%7B%22b%22%3A1%7D"),
        ("x", "application/json", b"a=%22x%22"),
        (["x", 1], "application/json", b"a=%22x%22&a=1"),
        (["x y", None, 1], Style("form"), b"a=x%20y,1"),
        (["x y", 1], Style("form", explode=True), b"a=x%20y&a=1"),
        (["x y", 1], Style("spaceDelimited"), b"a=x%20y%201"),
        ({"b": {"c": [1]}}, Style("deepObject", explode=True), b"a%5Bb%5D%5Bc%5D%5B0%5D=1"),
        ("/?", Style("form", reserved=True), b"a=/?"),
    ],
)
def test_a_member_of_a_form_may_be_written_in_a_way_of_its_own(
    value: Json, way: As, content: bytes
) -> None:
    body = form_as({"z": "~ ", "a": value}, {"a": way})
    assert body.write({}) == (FORM, b"z=%7E+&" + content)


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
    assert json_body(value).write({}) == ("application/json", content)
    assert json_body(value, "a/b+json").write({}) == ("a/b+json", content)


@given(
    st.recursive(st.none() | st.booleans() | TEXT, lambda j: st.lists(j) | st.dictionaries(TEXT, j))
)
def test_a_json_body_is_read_back(value: Json) -> None:
    content = json_body(value).write({})[1]
    assert isinstance(content, bytes)
    assert json.loads(content) == value


def test_json_as_a_text_may_be_ascii_only() -> None:
    value: Json = {"a": "\u00e9\n"}
    assert json_text(value) == '{"a":"\u00e9\\n"}'
    assert json_text(value, ascii_only=True) == '{"a":"\\u00e9\\n"}'


@pytest.mark.parametrize(
    ("body", "extra", "content"),
    [
        (json_body({"a": 1, "b": 2}), {"c": [3]}, b'{"a":1,"b":2,"c":[3]}'),
        (json_body({"a": 1, "b": 2}), {"a": None}, b'{"a":null,"b":2}'),
        (form({"a": "1", "b": "2"}), {"c": [3, "x y"]}, b"a=1&b=2&c=3&c=x+y"),
        (form({"a": "1", "b": "2"}), {"a": None}, b"b=2"),
        (
            form_as({"a": "1"}, {"c": "application/json"}),
            {"c": "3", "d": "4"},
            b"a=1&c=%223%22&d=4",
        ),
    ],
)
def test_more_members_go_into_a_body(body: Body, extra: JsonObject, content: bytes) -> None:
    before = body.write({})
    assert body.write(extra)[1] == content
    assert body.write({}) == before


@pytest.mark.parametrize(
    "body",
    [
        json_body([{"a": 1}]),
        json_body("x"),
        json_body(None),
        text_body(SECRET, "text/plain"),
        octets_body(SECRET.encode(), "image/png"),
    ],
)
def test_what_has_no_members_takes_none(body: Body) -> None:
    message = "$.extra_body: expected nothing, as the body has no members"
    assert refusal(lambda: body.write({"a": 1})) == message
    body.write({})


def test_what_cannot_be_sent_is_refused_by_name() -> None:
    words = "expected a value that JSON and UTF-8 can hold"
    bad = SECRET + "\ud800"
    assert refusal(lambda: form({"a": bad}).write({})) == f"$.a: {words}"
    assert refusal(lambda: form({"a": [bad]}).write({})) == f"$.a: {words}"
    assert refusal(lambda: form({"a": {"b": bad}}).write({})) == f"$.a: {words}"
    assert refusal(lambda: form({"a": float("nan")}).write({})) == f"$.a: {words}"
    assert refusal(lambda: form({bad: "a"}).write({})) == f"$: {words}"
    assert refusal(lambda: form({}).write({"a": bad})) == f"$.a: {words}"
    assert refusal(lambda: form_as({"a": bad}, {"a": Style("form")}).write({})) == f"$.a: {words}"
    assert (
        refusal(lambda: form_as({"a": bad}, {"a": "application/json"}).write({})) == f"$.a: {words}"
    )
    assert refusal(lambda: json_body({"a": bad}).write({})) == f"$: {words}"
    assert refusal(lambda: json_body({}).write({"a": bad})) == f"$: {words}"
    assert refusal(lambda: json_body([float("inf")]).write({})) == f"$: {words}"
    assert refusal(lambda: json_text(bad, "a", ascii_only=True)) == f"$.a: {words}"
    assert refusal(lambda: text_body(bad, "text/plain")) == f"$.body: {words}"
    assert refusal(lambda: url.query({"a": bad})) == f"$.a: {words}"
    assert refusal(lambda: url.segments({"a": bad})) == f"$.a: {words}"
    cycle: list[Json] = []
    cycle.append(cycle)
    deep: list[Json] = []
    for _ in range(10_000):
        deep = [deep]
    assert refusal(lambda: json_body(deep).write({})) == f"$: {words}"
    assert refusal(lambda: json_body(cycle).write({})) == f"$: {words}"


def test_a_refusal_shows_nothing_of_the_value() -> None:
    with pytest.raises(ConstraintError) as caught:
        json_body([SECRET, "\ud800"]).write({})
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_body_hides_its_content() -> None:
    for body in (
        form({"a": SECRET}),
        form_as({"a": SECRET}, {}),
        json_body({"a": SECRET}),
        text_body(SECRET, "text/plain"),
        octets_body(SECRET.encode(), "image/png"),
    ):
        assert repr(body) == "Body()"
