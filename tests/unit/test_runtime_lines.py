"""JSON Lines and JSON text sequences, wherever chunks end."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime._lines import lines_of
from runtime._response import Response
from runtime._sequences import records_of
from runtime._series import SeriesReader
from runtime.errors import DecodeError, TransportError

from .chunks import cut, fed

JSONL, SEQ = "application/jsonl", "application/json-seq"
LINES = lines_of(JSONL, lambda value: value)
RECORDS = records_of(SEQ, lambda value: value)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
CUTS = st.lists(st.integers(0, 200))


def read(reader: SeriesReader[object], chunks: Iterable[bytes], most: int = 10_000) -> list[object]:
    kind = JSONL if reader is LINES else SEQ
    return fed(reader(Response(200, {"content-type": kind}, b""))(most), chunks)


@given(st.lists(VALUES), CUTS, st.sampled_from(["\n", "\r\n", "\n\n", " \n"]), st.booleans())
def test_lines_are_values(values: list[object], cuts: list[int], end: str, is_ended: bool) -> None:
    content = end.join(json.dumps(value, ensure_ascii=False) for value in values)
    content += end if is_ended else ""
    assert read(LINES, cut(content.encode(), cuts)) == values


@given(st.lists(VALUES), CUTS)
def test_records_are_values(values: list[object], cuts: list[int]) -> None:
    content = "".join(f"\x1e{json.dumps(value, ensure_ascii=False)}\n" for value in values)
    assert read(RECORDS, cut(content.encode(), cuts)) == values


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (b"", []),
        (b"\x1e\x1e\x1e[1]\n\x1e", [[1]]),
        (b"\x1e[1]\x1e[2]\x1e\"a\"", [[1], [2], "a"]),
        (b"\x1e1 \x1etrue\t\x1enull\r\n", [1, True, None]),
        (b"\n\x1e1\n", [1]),
    ],
)  # fmt: skip
def test_separators_may_repeat(content: bytes, values: list[object]) -> None:
    """RFC 7464, section 2.1."""
    assert read(RECORDS, [content]) == values


@pytest.mark.parametrize("content", [b"\x1e12", b"\x1e[1]\n\x1etrue", b"\x1e1\x1e2\n", b"\x1enull"])
def test_a_number_or_a_word_may_have_been_cut_short(content: bytes) -> None:
    """RFC 7464, section 2.4: `12` may have been `123`."""
    with pytest.raises(DecodeError, match="a whole record, found one that is cut short"):
        read(RECORDS, [content])


@pytest.mark.parametrize("content", [b"[1]", b"[1]\n\x1e[2]\n", b"\x1e[1\n\x1e[2]\n", b'\x1e"a'])
def test_what_is_no_record_is_an_error(content: bytes) -> None:
    with pytest.raises(DecodeError):
        read(RECORDS, [content])


def test_an_error_says_which_line_it_is_in() -> None:
    with pytest.raises(DecodeError) as caught:
        read(LINES, [b"1\n\n2\n{\n"])
    assert str(caught.value) == "$[2]: expected a JSON document, found something else"


@pytest.mark.parametrize("reader", [LINES, RECORDS])
def test_what_does_not_end_is_not_kept(reader: SeriesReader[object]) -> None:
    item = b'"' + b"x" * 97 + b'"'
    whole = item + b"\n" if reader is LINES else b"\x1e" + item
    assert len(read(reader, [whole] * 100, 100)) == 100
    with pytest.raises(TransportError, match="an item is larger than `max_bytes`"):
        read(reader, [b"\x1e", b'"', *[b"x"] * 100], 100)
