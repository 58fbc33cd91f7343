"""The styles of OpenAPI, each value by each; tests/wire has them as documents ask for them."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _style as style
from runtime._style import Style
from runtime._types import Json

from .peers import refusal

TEXT = st.text(st.characters(codec="utf-8"))
ARRAY: Json = ["blue", "black", "brown"]
OBJECT: Json = {"R": 100, "G": 200, "B": 150}
SIMPLE, SIMPLE_EACH = Style("simple"), Style("simple", explode=True)
LABEL, LABEL_EACH = Style("label"), Style("label", explode=True)
MATRIX, MATRIX_EACH = Style("matrix"), Style("matrix", explode=True)


@pytest.mark.parametrize(
    ("value", "way", "segment"),
    [
        # OpenAPI 3.2.0, "Style Examples"
        ("", MATRIX, ";color"),
        ("blue", MATRIX, ";color=blue"),
        (ARRAY, MATRIX, ";color=blue,black,brown"),
        (ARRAY, MATRIX_EACH, ";color=blue;color=black;color=brown"),
        (OBJECT, MATRIX, ";color=R,100,G,200,B,150"),
        (OBJECT, MATRIX_EACH, ";R=100;G=200;B=150"),
        ("", LABEL, "."),
        ("blue", LABEL, ".blue"),
        (ARRAY, LABEL, ".blue,black,brown"),
        (ARRAY, LABEL_EACH, ".blue.black.brown"),
        (OBJECT, LABEL, ".R,100,G,200,B,150"),
        (OBJECT, LABEL_EACH, ".R=100.G=200.B=150"),
        ("blue", SIMPLE, "blue"),
        (ARRAY, SIMPLE_EACH, "blue,black,brown"),
        (OBJECT, SIMPLE, "R,100,G,200,B,150"),
        (OBJECT, SIMPLE_EACH, "R=100,G=200,B=150"),
        # one value within another is JSON, and what could end the segment is quoted
        ({"a/": ["b?"], "c": None}, SIMPLE_EACH, "a%2F=%5B%22b%3F%22%5D"),
        (["a;b", None, "c.d"], MATRIX_EACH, ";color=a%3Bb;color=c.d"),
        # RFC 6570, section 3.2.3: but not what may stand in one
        ("a;b,c:@/?#%41%", Style("simple", reserved=True), "a;b,c:@%2F%3F%23%41%25"),
        # nor what stands between the parts
        (["a,b;c", "d"], Style("simple", reserved=True), "a%2Cb;c,d"),
        (["a,b;c", "d"], Style("matrix", reserved=True), ";color=a%2Cb;c,d"),
        (
            ["a,b;c", "d"],
            Style("matrix", explode=True, reserved=True),
            ";color=a,b%3Bc;color=d",
        ),
    ],
)
def test_a_segment_in_a_style(value: Json, way: Style, segment: str) -> None:
    assert style.segments({"color": value}, {"color": way}) == {"color": segment}


@pytest.mark.parametrize("way", [SIMPLE, SIMPLE_EACH, LABEL, LABEL_EACH, MATRIX, MATRIX_EACH])
@pytest.mark.parametrize("value", [None, [], {}, [None], {"a": None}])
def test_a_segment_of_nothing_is_refused(value: Json, way: Style) -> None:
    error = refusal(lambda: style.segments({"color": value}, {"color": way}))
    assert error == "$.color: expected a segment of a path, so not empty, . or .."


FORM, FORM_EACH = Style("form"), Style("form", explode=True)
SPACES, PIPES = Style("spaceDelimited"), Style("pipeDelimited")
DEEP = Style("deepObject", explode=True)


@pytest.mark.parametrize(
    ("value", "way", "query"),
    [
        # OpenAPI 3.2.0, "Style Examples"
        ("", FORM, "color="),
        ("blue", FORM, "color=blue"),
        (ARRAY, FORM, "color=blue,black,brown"),
        (ARRAY, FORM_EACH, "color=blue&color=black&color=brown"),
        (OBJECT, FORM, "color=R,100,G,200,B,150"),
        (OBJECT, FORM_EACH, "R=100&G=200&B=150"),
        (ARRAY, SPACES, "color=blue%20black%20brown"),
        (OBJECT, SPACES, "color=R%20100%20G%20200%20B%20150"),
        (ARRAY, PIPES, "color=blue%7Cblack%7Cbrown"),
        (OBJECT, PIPES, "color=R%7C100%7CG%7C200%7CB%7C150"),
        (OBJECT, DEEP, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        # what OpenAPI leaves open
        ({"a": {"b": [1, None, {"c": "&"}]}}, DEEP, "color%5Ba%5D%5Bb%5D%5B0%5D=1&"
         "color%5Ba%5D%5Bb%5D%5B2%5D%5Bc%5D=%26"),
        ({"a": None}, DEEP, ""),
        (["a,b", "c d"], FORM, "color=a%2Cb,c%20d"),
        ([], FORM, ""),
        ([None], SPACES, ""),
        ({}, FORM_EACH, ""),
        (None, FORM, ""),
        # RFC 6570, section 3.2.3
        ("a&b=c#d:/?@%41%", Style("form", reserved=True), "color=a%26b=c%23d:/?@%41%25"),
        ({"/&": "/"}, Style("form", explode=True, reserved=True), "%2F%26=/"),
    ],
)  # fmt: skip
def test_a_query_in_a_style(value: Json, way: Style, query: str) -> None:
    assert style.query({"color": value}, {"color": way}) == query.replace("\n", "")
    assert style.query({"a": 1, "color": None, "b": 2}, {"color": way}) == "a=1&b=2"


@pytest.mark.parametrize(
    ("value", "way", "cookies"),
    [
        ("a b", FORM, "color=a%20b"),
        (ARRAY, FORM, "color=blue,black,brown"),
        (OBJECT, FORM_EACH, "R=100&G=200&B=150"),
        ("a&b", Style("form", reserved=True), "color=a%26b"),
        ("a;b,c", Style("form", reserved=True), "color=a%3Bb%2Cc"),
        ("a=%41", Style("cookie"), "color=a=%41"),
        (ARRAY, Style("cookie", explode=True), "color=blue; color=black; color=brown"),
        (OBJECT, Style("cookie", explode=True), "R=100; G=200; B=150"),
        ("", Style("cookie"), "color="),
        (None, Style("cookie"), ""),
    ],
)
def test_cookies_in_a_style(value: Json, way: Style, cookies: str) -> None:
    assert style.cookies({"color": value}, {"color": way}) == cookies


@pytest.mark.parametrize("bad", ["a;b", "a,b", "a b", 'a"b', "a\\b", "a\r\nb", "a\0", "\u00e9"])
def test_a_cookie_that_is_not_quoted_is_checked(bad: str) -> None:
    way = {"color": Style("cookie", explode=True)}
    values: list[Json] = [bad, [bad], {bad: "a"}, {"a": bad}]
    for value in values:
        assert (
            refusal(style.cookies, {"color": value}, way)
            == "$.color: expected what a cookie can hold"
        )


@given(TEXT)
def test_what_is_reserved_never_begins_anything(value: str) -> None:
    way = {"a": Style("form", reserved=True)}
    segment = style.segments({"a": value}, way)["a"]
    assert not set(segment) & set("/?# ")
    assert not set(style.query({"a": value}, way)) & set("&# ")
    assert not set(style.cookies({"a": value}, way)) & set("&;, ")
    assert unquote(segment) == unquote(value)


@given(TEXT, TEXT)
def test_a_deep_object_is_read_back(key: str, value: str) -> None:
    query = style.query({"a": {key: value}}, {"a": DEEP})
    name, _, part = query.partition("=")
    assert (unquote(name), unquote(part)) == (f"a[{key}]", value)
