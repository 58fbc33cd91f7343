"""Headers of answers, read as the JSON that a document says they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _headers as headers
from runtime import _received as received
from runtime._received import Way
from runtime.errors import DecodeError

TEXT, SCALAR, JSON = received.text, received.scalar, received.json
PARTS = st.text(
    st.characters(codec="ascii", exclude_characters=",=", categories=["L", "N"]), min_size=1
)


@pytest.mark.parametrize(
    ("way", "written", "value"),
    [
        (TEXT, "", ""),
        (TEXT, "7", "7"),
        (TEXT, '"a, b"', '"a, b"'),
        (SCALAR, "7", 7),
        (SCALAR, "-1.5", -1.5),
        (SCALAR, "1e3", 1000.0),
        (SCALAR, "true", True),
        (SCALAR, "false", False),
        # what is none of these is for the decoder to refuse
        (SCALAR, "", ""),
        (SCALAR, "null", "null"),
        (SCALAR, "True", "True"),
        (SCALAR, "NaN", "NaN"),
        (SCALAR, "1e999", "1e999"),
        (SCALAR, "Infinity", "Infinity"),
        (SCALAR, "07", "07"),
        (SCALAR, '"7"', '"7"'),
        (SCALAR, "[7]", "[7]"),
        (SCALAR, "9" * 5000, "9" * 5000),
        (JSON, '{"a": [1, null]}', {"a": [1, None]}),
        (JSON, "null", None),
        (received.array_of(TEXT), "", []),
        (received.array_of(TEXT), "blue,black ,  brown", ["blue", "black", "brown"]),
        (received.array_of(TEXT), "a,,b", ["a", "", "b"]),
        (received.array_of(SCALAR), "1, true, x", [1, True, "x"]),
        (received.map_of(SCALAR), "R,100,G,x", {"R": 100, "G": "x"}),
        (received.map_of(SCALAR), "", {}),
        (received.map_of(SCALAR, explode=True), "R=100, G=a=b, B", {"R": 100, "G": "a=b", "B": ""}),
        (received.object_of({"R": SCALAR}), "R,100,G,200", {"R": 100, "G": "200"}),
        (received.object_of({"R": SCALAR}, explode=True), "R=100,G=200", {"R": 100, "G": "200"}),
        (received.object_of({}), "", {}),
    ],
)
def test_a_header_is_read(way: Way, written: str, value: object) -> None:
    found = received.members({"x-a": written}, {"X-A": way})
    assert found == {"X-A": value}
    assert type(found["X-A"]) is type(value)


def test_only_what_is_described_and_there_is_read() -> None:
    ways = {"X-B": SCALAR, "ETag": TEXT, "x-missing": JSON}
    assert received.members({"etag": "w", "x-a": "1", "x-b": "2"}, ways) == {"X-B": 2, "ETag": "w"}
    assert list(received.members({"etag": "w", "x-b": "2"}, ways)) == ["X-B", "ETag"]


@pytest.mark.parametrize(
    ("way", "written", "message"),
    [
        (JSON, "{", "$['X-A']: expected a JSON document, found something else"),
        (JSON, "", "$['X-A']: expected a JSON document, found nothing"),
        (received.map_of(TEXT), "a", "$['X-A']: expected names and values, found a name alone"),
        (
            received.object_of({}),
            "a,1,b",
            "$['X-A']: expected names and values, found a name alone",
        ),
    ],
)
def test_a_header_that_is_not_what_it_should_be_is_named(
    way: Way, written: str, message: str
) -> None:
    with pytest.raises(DecodeError) as caught:
        received.members({"x-a": written}, {"X-A": way})
    assert str(caught.value) == message
    assert caught.value.__suppress_context__


@given(st.lists(PARTS, min_size=1))
def test_an_array_is_read_as_it_is_written(parts: list[str]) -> None:
    written = headers.written({"a": [*parts]})
    assert received.members(written, {"a": received.array_of(TEXT)}) == {"a": parts}


@given(st.dictionaries(PARTS, PARTS, min_size=1), st.booleans())
def test_an_object_is_read_as_it_is_written(values: dict[str, str], explode: bool) -> None:
    written = headers.written({"a": {**values}}, ["a"] if explode else [])
    of_any = received.map_of(TEXT, explode=explode)
    of_these = received.object_of(dict.fromkeys(values, TEXT), explode=explode)
    for way in (of_any, of_these):
        assert received.members(written, {"a": way}) == {"a": values}
