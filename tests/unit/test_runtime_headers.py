"""Headers: nothing that is put into one can begin another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _headers as headers
from runtime._types import Json, JsonObject

from .peers import refusal

BREAKERS = [
    "a\r\nX-Evil: y",
    "a\nX-Evil: y",
    "a\rX-Evil: y",
    "a\r\n\r\nGET / HTTP/1.1",
    "a\n",
    "\na",
    "a\0b",
    "\0",
    "a\x7f",
    "a\x1b[0m",
    "a\x0bb",
    "\u00e9",
    "a\u010a",
    "a\u2028b",
]
BLANKS = [" a", "a ", "\ta", "a\t", " "]


@pytest.mark.parametrize("text", ["", "a", "!", "~", "a b", "a\tb", 'a, "b"; c=d', "a  b", "\\:\\"])
def test_a_value_is_visible_ascii_with_blanks_within(text: str) -> None:
    assert headers.value(text, "X-A") == text
    assert headers.checked({"X-A": text}) == {"X-A": text}
    assert headers.written({"X-A": text}) == {"X-A": text}


@pytest.mark.parametrize("text", [*BREAKERS, *BLANKS, "\ud800"])
def test_a_value_cannot_end_its_header(text: str) -> None:
    message = "$['X-A']: expected visible ASCII characters, spaces within"
    assert refusal(lambda: headers.value(text, "X-A")) == message
    assert refusal(lambda: headers.checked({"X-B": "ok", "X-A": text})) == message


@pytest.mark.parametrize("text", BREAKERS)
@pytest.mark.parametrize("exploded", [(), ("X-A",)])
def test_no_part_of_a_value_can_end_its_header(text: str, exploded: tuple[str, ...]) -> None:
    values: list[Json] = [text, ["a", f"b{text}b"], {"a": text}, {f"b{text}b": "a"}, {text: "a"}]
    message = "$['X-A']: expected visible ASCII characters, spaces within"
    for value in values:
        assert refusal(headers.written, {"X-A": value}, exploded) == message


@pytest.mark.parametrize("part", ["a,b", ",", " a", "a ", "\ta", " "])
def test_no_part_of_a_value_can_begin_another_part(part: str) -> None:
    values: list[Json] = [["x", part, "y"], {"x": part, "y": "z"}, {"x": "y", f"{part}": "z"}]
    message = "$['X-A']: expected items without commas or blanks around them"
    for value in values:
        assert refusal(headers.written, {"X-A": value}) == message
    assert headers.written({"X-A": "a,b"}) == {"X-A": "a,b"}
    assert headers.written({"X-A": ["a b", "c"]}) == {"X-A": "a b,c"}


@pytest.mark.parametrize("name", ["X-A", "a", "x_1", "!#$%&'*+.^_`|~", "1"])
def test_a_name_is_a_token(name: str) -> None:
    assert headers.checked({name: "a"}) == {name: "a"}


@pytest.mark.parametrize(
    "name", [*BREAKERS, *BLANKS, "", "a b", "a:b", "X-A:", "a(b)", "a/b", 'a"', "a,b"]
)
def test_a_name_that_is_no_token_is_refused(name: str) -> None:
    assert (
        refusal(lambda: headers.checked({name: "a"}))
        == "$: expected names of headers that are not the transport's"
    )


@pytest.mark.parametrize("name", ["Content-Length", "content-length", "TRANSFER-ENCODING"])
def test_where_a_request_ends_is_for_the_transport_to_say(name: str) -> None:
    message = "$: expected names of headers that are not the transport's"
    assert refusal(headers.checked, {name: "1"}) == message


@given(st.text())
def test_whatever_is_written_is_one_line_of_ascii(text: str) -> None:
    try:
        headers.checked({text: "a"})
    except ValueError:
        pass
    else:
        assert text.isascii()
        assert text.isprintable()
        assert not set(text) & set(" :,;")
    try:
        headers.value(text, None)
    except ValueError:
        pass
    else:
        assert text.isascii()
        assert text.replace("\t", "").isprintable()
        assert text == text.strip()


@pytest.mark.parametrize(
    ("values", "exploded", "written"),
    [
        # OpenAPI 3.2.0, "Style Examples"
        ({"color": "blue"}, (), {"color": "blue"}),
        ({"color": ["blue", "black", "brown"]}, (), {"color": "blue,black,brown"}),
        ({"color": ["blue", "black", "brown"]}, ("color",), {"color": "blue,black,brown"}),
        ({"color": {"R": 100, "G": 200}}, (), {"color": "R,100,G,200"}),
        ({"color": {"R": 100, "G": 200}}, ("color",), {"color": "R=100,G=200"}),
        ({"a": 1.5, "b": True, "c": -7}, ("x",), {"a": "1.5", "b": "true", "c": "-7"}),
        ({"a": None, "b": [], "c": {}, "d": [None], "e": {"f": None}}, ("e",), {}),
        ({"a": [1, None, "x y"]}, (), {"a": "1,x y"}),
        ({"a": {"b": None, "c": 1}}, (), {"a": "c,1"}),
        ({"a": [{"b": 1}, [2]]}, (), {"a": '{"b":1},[2]'}),
        ({"b": "1", "a": "2"}, (), {"b": "1", "a": "2"}),
    ],
)
def test_values_are_written(
    values: JsonObject, exploded: tuple[str, ...], written: dict[str, str]
) -> None:
    assert headers.written(values, exploded) == written
    assert list(headers.written(values, exploded)) == list(written)


@pytest.mark.parametrize(
    ("old", "new", "merged"),
    [
        ({}, {"A": "1"}, {"A": "1"}),
        ({"A": "1"}, {}, {"A": "1"}),
        ({"A": "1", "B": "2"}, {"a": "3"}, {"B": "2", "a": "3"}),
        ({"Content-Type": "x", "content-type": "y"}, {"CONTENT-TYPE": "z"}, {"CONTENT-TYPE": "z"}),
        ({"A": "1"}, {"B": "2"}, {"A": "1", "B": "2"}),
    ],
)
def test_namesakes_take_the_place_of_each_other(
    old: dict[str, str], new: dict[str, str], merged: dict[str, str]
) -> None:
    before = dict(old), dict(new)
    assert headers.merged(old, new) == merged
    assert (old, new) == before
