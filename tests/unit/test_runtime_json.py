"""Documents that the runtime reads, and those that it refuses."""

from __future__ import annotations

import json
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime._json import loads
from runtime.errors import DecodeError

LEAVES = st.none() | st.booleans() | st.integers() | st.text()
TREES = st.recursive(
    LEAVES | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(TREES)
def test_what_json_writes_is_read_back(value: object) -> None:
    assert repr(loads(json.dumps(value).encode())) == repr(value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "$: expected a JSON document, found nothing"),
        (b" ", "$: expected a JSON document, found something else"),
        (b"{", "$: expected a JSON document, found something else"),
        (b"1 2", "$: expected a JSON document, found something else"),
        (b"\xef\xbb\xbf1", "$: expected a JSON document, found something else"),
        (b'"\xff"', "$: expected a JSON document, found something else"),
        (b"9" * 5000, "$: expected a JSON document, found something else"),
        (b'{"a": 1, "a": 1}', "$: expected each name once in an object, found one twice"),
        (b'[{"a": 1, "\\u0061": 1}]', "$: expected each name once in an object, found one twice"),
        (b"NaN", "$: expected a finite number, found another"),
        (b"[-Infinity]", "$: expected a finite number, found another"),
        (b"1e999", "$: expected a finite number, found another"),
        (b"[" * 101 + b"]" * 101, "$: expected at most 100 levels, found more"),
        (b'{"a":' * 101 + b"1" + b"}" * 101, "$: expected at most 100 levels, found more"),
        (b"[" * 100_000, "$: expected at most 100 levels, found more"),
    ],
)
def test_other_documents_are_refused(content: bytes, message: str) -> None:
    with pytest.raises(DecodeError) as caught:
        loads(content)
    assert str(caught.value) == message
    assert caught.value.__context__ is None
    assert caught.value.response is None


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100 + b"]" * 100,
        b"[" + b",".join([b"[]"] * 500) + b"]",
        json.dumps(["[[[" * 100, '\\"[[[' * 100, "\n" + "{" * 200]).encode(),
    ],
)
def test_depth_counts_levels_and_not_brackets(content: bytes) -> None:
    assert loads(content) == json.loads(content)


def test_numbers_keep_their_kind() -> None:
    assert repr(loads(b"[1, 1.0, -0.0, 1e2, true]")) == "[1, 1.0, -0.0, 100.0, True]"


def test_a_broken_document_is_not_quoted() -> None:
    content = b'{"token": "' + b"s3" * 3
    with pytest.raises(DecodeError) as caught:
        loads(content)
    assert "s3s3" not in "".join(traceback.format_exception(caught.value))
