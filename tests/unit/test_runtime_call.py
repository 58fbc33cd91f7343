"""One operation as a value, and what its answers mean."""

from __future__ import annotations

import dataclasses
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _read as read
from runtime._answer import json_of, nothing
from runtime._body import form
from runtime._call import Call
from runtime._response import Response
from runtime._url import query, segments
from runtime.errors import DecodeError, ServerError, StatusError

SECRET = "s3" * 4
JSON = {"content-type": "application/json"}
CALL: Call[str | None] = Call(
    method="POST",
    path="/users/{id}/{other-id}",
    security=((),),
    segments=segments({"id": SECRET, "other-id": "{id}"}),
    query=query({"q": SECRET}),
    body=form({"password": SECRET}),
    answers={200: json_of(read.string), "2XX": nothing, 404: nothing},
)


def test_a_call_shows_its_template_only() -> None:
    assert str(CALL) == "POST /users/{id}/{other-id}"
    assert "/users/{id}/{other-id}" in repr(CALL)
    assert SECRET not in repr(CALL)
    with pytest.raises(dataclasses.FrozenInstanceError):
        CALL.method = "GET"  # type: ignore[misc] # as a careless caller does


def test_a_target_is_filled_in_one_pass() -> None:
    assert CALL.target == f"/users/{SECRET}/%7Bid%7D?q={SECRET}"
    twice = dataclasses.replace(CALL, segments={"id": "{other-id}", "other-id": "{id}"}, query="")
    assert twice.target == "/users/{other-id}/{id}"


def test_a_path_without_holes_is_its_own_target() -> None:
    call: Call[None] = Call(method="GET", path="/", security=(), answers={"2XX": nothing})
    assert call.target == "/"
    assert (call.body, call.segments, call.query) == (None, {}, "")


@given(st.lists(st.sampled_from(["{", "}", "a", "{a}", "\\1", "\\g<0>"])))
def test_a_segment_is_never_a_template(parts: list[str]) -> None:
    call = dataclasses.replace(CALL, path="/{a}/{a}", segments={"a": "".join(parts)}, query="")
    assert call.target == f"/{''.join(parts)}/{''.join(parts)}"


def test_headers_say_what_is_sent_and_wanted() -> None:
    assert CALL.headers() == {
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    assert dataclasses.replace(CALL, body=None).headers() == {"Accept": "application/json"}


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON ; charset=utf-8",
        "application/problem+json",
        "text/json",
    ],
)
def test_an_answer_in_json_is_decoded(content_type: str) -> None:
    assert CALL.read(Response(200, {"content-type": content_type}, b'"x"')) == "x"


@pytest.mark.parametrize("status", [201, 204, 299, 404])
def test_an_exact_status_goes_before_its_hundred(status: int) -> None:
    assert CALL.read(Response(status, {"content-type": "text/html"}, b"\xff")) is None


@pytest.mark.parametrize(
    ("headers", "content", "message"),
    [
        (JSON, b"", "$: expected a JSON document, found nothing"),
        ({}, b"", "$: expected a JSON document, found nothing"),
        (JSON, b"{", "$: expected a JSON document, found something else"),
        (JSON, b"[]", "$: expected a string, found an array"),
        ({}, b'"x"', "$: expected content of type application/json, found another type"),
        (
            {"content-type": "application/jsonp"},
            b'"x"',
            "$: expected content of type application/json, found another type",
        ),
        (
            {"content-type": "application/ndjson"},
            b'"x"',
            "$: expected content of type application/json, found another type",
        ),
    ],
)
def test_a_broken_promise_is_a_decode_error(
    headers: dict[str, str], content: bytes, message: str
) -> None:
    response = Response(200, headers, content)
    with pytest.raises(DecodeError) as caught:
        CALL.read(response)
    assert str(caught.value) == message
    assert caught.value.response is response


@pytest.mark.parametrize("status", [100, 302, 400, 500])
def test_any_other_status_is_an_error(status: int) -> None:
    body = b'{"detail": "' + SECRET.encode() + b'"}'
    with pytest.raises(StatusError) as caught:
        CALL.read(Response(status, {"location": SECRET}, body))
    error = caught.value
    assert isinstance(error, ServerError) is (status == 500)
    assert str(error).startswith(f"POST /users/{{id}}/{{other-id}} answered {status}")
    assert error.body == {"detail": SECRET}
    assert SECRET not in "".join(traceback.format_exception(error)) + repr(error)


@pytest.mark.parametrize(
    ("content", "body"),
    [(b"", ""), (b"oops \xff", "oops \ufffd"), (b"[1]", [1]), (b'{"a":1,"a":2}', '{"a":1,"a":2}')],
)
def test_the_body_of_an_error_is_json_or_text(content: bytes, body: object) -> None:
    with pytest.raises(StatusError) as caught:
        CALL.read(Response(400, {}, content))
    assert caught.value.body == body
    assert caught.value.__context__ is None


def test_a_response_hides_its_headers_and_content() -> None:
    assert repr(Response(200, {"x": SECRET}, SECRET.encode())) == "Response(status=200)"
