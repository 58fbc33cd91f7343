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
from runtime._request import Request
from runtime._response import Response
from runtime._url import query, segments
from runtime.errors import DecodeError, ServerError, StatusError

from .peers import SECRET, refusal

JSON = {"content-type": "application/json"}
CALL: Call[str | None] = Call(
    method="POST",
    path="/users/{id}/{other-id}",
    security=((),),
    segments=segments({"id": SECRET, "other-id": "{id}"}),
    query=query({"q": SECRET}),
    headers={"X-Secret": SECRET},
    cookies=f"c={SECRET}",
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
    assert CALL.target == f"/users/{SECRET}/%7Bid%7D"
    twice = dataclasses.replace(CALL, segments={"id": "{other-id}", "other-id": "{id}"})
    assert twice.target == "/users/{other-id}/{id}"


def test_a_path_without_holes_is_its_own_target() -> None:
    call: Call[None] = Call(method="GET", path="/", security=(), answers={"2XX": nothing})
    assert call.target == "/"
    assert (call.body, call.segments, call.query, call.headers) == (None, {}, "", {})
    assert (call.server, call.accept, call.cookies) == ("", "application/json", "")


def at(path: str, **segments: str) -> str:
    return dataclasses.replace(CALL, path=path, segments=segments).target


@given(st.lists(st.sampled_from(["{", "}", "a", "{a}", "\\1", "\\g<0>"]), min_size=1))
def test_a_segment_is_never_a_template(parts: list[str]) -> None:
    assert at("/{a}/{a}", a="".join(parts)) == f"/{''.join(parts)}/{''.join(parts)}"


@pytest.mark.parametrize(
    ("path", "segments", "name"),
    [
        ("/{a}", {"a": ""}, "a"),
        ("/{a}", {"a": "."}, "a"),
        ("/{a}", {"a": ".."}, "a"),
        ("/x/{a}/y", {"a": ".."}, "a"),
        ("/x/{a}/", {"a": ""}, "a"),
        ("/{b}/{a}", {"a": ".", "b": "b"}, "a"),
        ("/{a}{b}", {"a": "", "b": ""}, "a"),
        ("/{a}{b}", {"a": ".", "b": "."}, "a"),
        ("/{b}{a}", {"a": "", "b": ".."}, "b"),
        ("/.{a}", {"a": ""}, "a"),
        ("/{a}.", {"a": "."}, "a"),
        ("/{a}?v=1", {"a": ".."}, "a"),
        ("/x/{a}?v=/y", {"a": ""}, "a"),
        # a quoted dot is a dot
        ("/{a}", {"a": "%2e%2E"}, "a"),
        ("/{a}", {"a": ".%2e"}, "a"),
        ("/{a}%2E", {"a": ""}, "a"),
    ],
)
def test_a_segment_that_makes_another_path_is_refused(
    path: str, segments: dict[str, str], name: str
) -> None:
    assert refusal(lambda: at(path, **segments)) == (
        f"$.{name}: expected a segment of a path, so not empty, . or .."
    )


@pytest.mark.parametrize(
    ("path", "segments", "target"),
    [
        ("/{a}:x", {"a": ""}, "/:x"),
        ("/x.{a}", {"a": ""}, "/x."),
        ("/{a}.json", {"a": "."}, "/..json"),
        ("/{a}", {"a": "..."}, "/..."),
        ("/{a}", {"a": "%252e"}, "/%252e"),
        ("/{a}?v={b}", {"a": "x", "b": ""}, "/x?v="),
        ("/{a}{b}", {"a": "", "b": "x"}, "/x"),
        ("/{a},{b}/..", {"a": "", "b": ""}, "/,/.."),
        ("//{a}/", {"a": "x"}, "//x/"),
    ],
)
def test_a_part_of_a_segment_may_be_anything(
    path: str, segments: dict[str, str], target: str
) -> None:
    assert at(path, **segments) == target


def test_a_name_may_have_a_slash_in_it() -> None:
    assert at("/x/{a/b}/{c}", **{"a/b": "1", "c": "2"}) == "/x/1/2"


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
    assert error.json == {"detail": SECRET}
    assert error.response.headers == {"location": SECRET}
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


FAILING: Call[str] = Call(
    method="GET",
    path="/",
    security=(),
    answers={200: json_of(read.string)},
    failures={404: json_of(read.string), "4XX": json_of(read.integer), "default": lambda _: "any"},
)


@pytest.mark.parametrize(
    ("status", "content", "json", "body"),
    [
        (404, b'"x"', "x", "x"),
        (404, b"7", 7, 7),
        (404, b"<html>", "<html>", "<html>"),
        (422, b"7.0", 7.0, 7),
        (422, b'"x"', "x", "x"),
        (503, b"[1]", [1], "any"),
        (302, b"", "", "any"),
    ],
)
def test_the_body_of_an_error_is_as_described(
    status: int, content: bytes, json: object, body: object
) -> None:
    with pytest.raises(StatusError) as caught:
        FAILING.read(Response(status, JSON, content))
    assert (caught.value.json, caught.value.body) == (json, body)
    assert type(caught.value.body) is type(body)
    assert caught.value.__context__ is None


def test_what_is_described_for_the_rest_is_an_answer_too() -> None:
    call: Call[str | None] = dataclasses.replace(CALL, answers={"default": json_of(read.string)})
    assert call.read(Response(500, JSON, b'"x"')) == "x"


@pytest.mark.parametrize(
    ("content_type", "media_type", "is_json"),
    [
        ("", "", False),
        ("application/json", "application/json", True),
        ("Application/JSON; a=b", "application/json", True),
        (" text/JSON ;a", "text/json", True),
        ("application/problem+json", "application/problem+json", True),
        ("application/jsonp", "application/jsonp", False),
        ("json", "json", False),
    ],
)
def test_a_response_knows_its_type(content_type: str, media_type: str, is_json: bool) -> None:
    response = Response(200, {"content-type": content_type}, b"")
    assert (response.media_type, response.is_json) == (media_type, is_json)
    assert Response(200, {}, b"").media_type == ""


def test_a_response_hides_its_headers_and_content() -> None:
    response = Response(200, {"x": SECRET}, SECRET.encode(), 0.5)
    assert repr(response) == "Response(status=200, elapsed=0.5)"
    assert response == Response(200, {"x": SECRET}, SECRET.encode(), 0.7)


def test_a_request_hides_all_that_is_the_callers() -> None:
    request = Request("GET", SECRET, {"x": SECRET}, SECRET.encode(), None, 7, 9.0)
    assert repr(request) == (
        "Request(method='GET', timeout=None, max_bytes=7, deadline=9.0, stream=None, "
        "connect_timeout=UNSET)"
    )
