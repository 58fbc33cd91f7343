"""What a webhook brings, before it is of a type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from runtime import _hub, _signature, _webhook
from runtime._unknown import UnknownVariant
from runtime._webhook import SignatureError, event, received, unknown, unlisted
from runtime.errors import ConstraintError, DecodeError, Error


def test_json_is_read_with_care(monkeypatch: pytest.MonkeyPatch) -> None:
    assert received(b'{"a": [1]}') == {"a": [1]}
    with pytest.raises(DecodeError, match="each name once"):
        received(b'{"a": 1, "a": 2}')
    with pytest.raises(DecodeError, match="found nothing"):
        received(b"")
    monkeypatch.setattr(_webhook, "_MOST_BYTES", 3)
    assert received(b"[1]") == [1]
    with pytest.raises(DecodeError, match="at most 3 bytes, found more"):
        received(b"[10]")


@pytest.mark.parametrize("body", ["{}", {}, None])
def test_only_what_came_is_taken(body: Any) -> None:
    """Frameworks offer texts and parsed JSON as well: neither is what was signed."""
    takers: list[Callable[[], object]] = [
        lambda: received(body),
        lambda: _signature.verify({}, body, secret=b"k"),
        lambda: _hub.verify({}, body, secret=b"k"),
    ]
    for take in takers:
        with pytest.raises(ConstraintError, match=r"^\$\.body: expected the bytes that came"):
            take()
    assert received(cast("bytes", bytearray(b"[1]"))) == [1]


def test_a_header_says_what_it_is() -> None:
    assert event({"x-event": "push", "X-Other": "1"}, "X-Event") == "push"
    with pytest.raises(DecodeError) as none:
        event({"X-Other": "never-shown"}, "X-Event")
    assert str(none.value) == "$['X-Event']: expected one header, found none"
    with pytest.raises(DecodeError, match="found several"):
        event({"x-event": "a", "X-EVENT": "b"}, "X-Event")


def test_what_nobody_knew_is_kept() -> None:
    assert unknown("new", {"a": 1}) == UnknownVariant(tag="new", raw={"a": 1})
    with pytest.raises(DecodeError, match="expected an object, found an array"):
        unknown("new", [])
    assert str(unlisted("X")) == "$.X: expected a kind of webhook that is known, found another"


def test_a_signature_that_is_wrong_is_an_error_of_the_package() -> None:
    assert issubclass(SignatureError, Error)
    assert not issubclass(SignatureError, DecodeError)
