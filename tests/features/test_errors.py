"""Failures, and what they say of themselves."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from .driving import Drive, Reply, json

pytestmark = pytest.mark.feature("errors")


def failure(drive: Drive, reply: Reply, operation: str = "order") -> Any:
    raised = pytest.raises(drive.package.errors.StatusError)
    with drive(reply, retries=0) as (client, _), raised as caught:
        getattr(client.default, operation)()
    return caught.value


def test_bodies_by_exact_status_range_and_the_rest(drive: Drive) -> None:
    package = drive.package
    for reply, kind, body in (
        (json(b'{"what": "a"}', 404), "NotFound", package.Missing(what="a")),
        (json(b'{"what": "d"}', 410), "StatusError", package.Missing(what="d")),
        (Reply(b"gone", 410, {"Content-Type": "text/plain"}), "StatusError", "gone"),
        (json(b'{"reason": "b"}', 400), "BadRequest", package.Refusal(reason="b")),
        (json(b'{"reason": "c"}', 418), "StatusError", package.Refusal(reason="c")),
        (json(b'{"code": 7}', 500), "ServerError", package.Failure(code=7)),
        (json(b'{"code": 8}', 302), "StatusError", package.Failure(code=8)),
        (Reply(b"taken", 409, {"Content-Type": "text/plain"}), "Conflict", "taken"),
    ):
        error = failure(drive, reply)
        assert type(error).__name__ == kind
        assert error.body == body
        assert type(error.body) is type(body)
        assert error.response.content == reply.content


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "BadRequest"),
        (401, "Unauthorized"),
        (403, "Forbidden"),
        (404, "NotFound"),
        (409, "Conflict"),
        (422, "UnprocessableContent"),
        (429, "TooManyRequests"),
        (500, "ServerError"),
        (599, "ServerError"),
        (303, "StatusError"),
        (200, "StatusError"),
    ],
)
def test_a_class_for_each_status(drive: Drive, status: int, kind: str) -> None:
    error = failure(drive, Reply(b"", status, {}), "undocumented")
    assert type(error).__name__ == kind
    assert error.status == status
    assert str(error) == f"GET /undocumented answered {status}"


def test_a_body_that_does_not_fit_is_what_it_is(drive: Drive) -> None:
    for content, kind, found in (
        (b'{"other": 1}', "application/json", {"other": 1}),
        (b'{"what": 1}', "application/json", {"what": 1}),
        (b"[1, null]", "application/json", [1, None]),
        (b'{"what": "a"}', "text/html", {"what": "a"}),
        (b"<p>\xe9", "text/html", "<p>\ufffd"),
        (b'{"what": ', "application/json", '{"what": '),
        (b"", "application/json", ""),
    ):
        error = failure(drive, Reply(content, 404, {"Content-Type": kind}))
        assert error.body == found
        assert error.json == found


def test_problem_details(drive: Drive) -> None:
    """RFC 9457, section 3."""
    content = (
        b'{"type": "https://example.com/poor", "title": "Poor", "status": 403, "detail": 7,'
        b' "instance": "/a/1", "balance": 30}'
    )
    reply = Reply(content, 403, {"Content-Type": "Application/Problem+JSON; charset=utf-8"})
    problem = failure(drive, reply, "undocumented").problem
    assert problem.type == "https://example.com/poor"
    assert (problem.title, problem.status, problem.detail) == ("Poor", 403, "")
    assert problem.instance == "/a/1"
    assert problem.extra == {"balance": 30}
    assert repr(problem) == "Problem(type='https://example.com/poor', status=403)"
    bare = Reply(b"{}", 500, {"Content-Type": "application/problem+json"})
    assert failure(drive, bare, "undocumented").problem.type == "about:blank"
    assert failure(drive, json(b'{"title": "Poor"}', 403), "undocumented").problem is None


def test_an_error_of_oauth(drive: Drive) -> None:
    """RFC 6749, section 5.2."""
    content = (
        b'{"error": "invalid_grant", "error_description": "too late",'
        b' "error_uri": "https://example.com/late"}'
    )
    error = failure(drive, json(content, 400), "undocumented")
    assert error.oauth.error == "invalid_grant"
    assert error.oauth.error_description == "too late"
    assert error.oauth.error_uri == "https://example.com/late"
    assert str(error) == "GET /undocumented answered 400: invalid_grant"
    strange = failure(drive, json(b'{"error": "s3cret"}', 400), "undocumented")
    assert strange.oauth.error == "s3cret"
    assert str(strange) == "GET /undocumented answered 400"
    assert failure(drive, json(b'{"error": {}}', 400), "undocumented").oauth is None


def test_the_operation_and_what_the_server_calls_the_request(drive: Drive) -> None:
    reply = Reply(b"", 500, {"X-Request-Id": "req_1:a/b"})
    error = failure(drive, reply)
    assert error.operation == "POST /orders"
    assert error.request_id == "req_1:a/b"
    assert str(error) == "POST /orders answered 500 (request req_1:a/b)"
    for headers in ({}, {"X-Request-Id": "a b"}, {"X-Request-Id": "a" * 129}):
        assert failure(drive, Reply(b"", 500, headers)).request_id == ""
    amazon = failure(drive, Reply(b"", 500, {"x-amzn-RequestId": "r"}))
    assert amazon.request_id == "r"


def test_an_error_shows_nothing_and_travels(drive: Drive) -> None:
    error = failure(drive, json(b'{"what": "s3cret"}', 404))
    assert repr(error) == "NotFound('POST /orders answered 404')"
    again = pickle.loads(pickle.dumps(error))
    assert (again.status, again.body, str(again)) == (404, error.body, str(error))
