"""What failures say of themselves in words of a standard, and how requests are called."""

from __future__ import annotations

import pytest
from runtime._problem import OAuthError, Problem, oauth_error, problem
from runtime._response import Response
from runtime.errors import StatusError

from .peers import SECRET

PROBLEM = "application/problem+json"
# RFC 9457, section 3
EXAMPLE = {
    "type": "https://example.com/probs/out-of-credit",
    "title": "You do not have enough credit.",
    "status": 403,
    "detail": "Your current balance is 30, but that costs 50.",
    "instance": "/account/12345/msgs/abc",
    "balance": 30,
    "accounts": ["/account/12345", "/account/67890"],
}


def test_a_problem_is_read() -> None:
    found = problem(PROBLEM, EXAMPLE)
    assert found == Problem(
        type="https://example.com/probs/out-of-credit",
        title="You do not have enough credit.",
        status=403,
        detail="Your current balance is 30, but that costs 50.",
        instance="/account/12345/msgs/abc",
        extra={"balance": 30, "accounts": ["/account/12345", "/account/67890"]},
    )


@pytest.mark.parametrize(
    ("json", "found"),
    [
        ({}, Problem()),
        ({"type": ""}, Problem()),
        ({"status": 404}, Problem(status=404)),
        # section 3.1: a member of another type is ignored
        ({"type": 1, "title": None, "detail": ["x"], "instance": {}}, Problem()),
        ({"status": "404"}, Problem()),
        ({"status": True}, Problem()),
        ({"status": 404.0}, Problem()),
        ({"title": "t", "status": None, "x": None}, Problem(title="t", extra={"x": None})),
    ],
)
def test_a_problem_may_say_less(json: object, found: Problem) -> None:
    assert problem(PROBLEM, json) == found
    assert Problem().type == "about:blank"


@pytest.mark.parametrize(
    ("media_type", "json"),
    [
        (PROBLEM, None),
        (PROBLEM, []),
        (PROBLEM, "text"),
        (PROBLEM, 1),
        ("application/json", EXAMPLE),
        ("application/problem+xml", EXAMPLE),
        ("", EXAMPLE),
    ],
)
def test_anything_else_is_no_problem(media_type: str, json: object) -> None:
    assert problem(media_type, json) is None


@pytest.mark.parametrize(
    ("json", "found"),
    [
        ({"error": "invalid_grant"}, OAuthError(error="invalid_grant")),
        (
            {"error": "x", "error_description": "d", "error_uri": "u", "more": 1},
            OAuthError(error="x", error_description="d", error_uri="u"),
        ),
        (
            {"error": "x", "error_description": 1, "error_uri": None},
            OAuthError(error="x"),
        ),
        ({"error": ""}, None),
        ({"error": 1}, None),
        ({"error": {"code": "x"}}, None),
        ({"error_description": "d"}, None),
        ({}, None),
        (["error"], None),
        ("error", None),
        (None, None),
    ],
)
def test_an_error_of_oauth_is_read(json: object, found: OAuthError | None) -> None:
    assert oauth_error(json) == found


def error(headers: dict[str, str], json: object = None) -> StatusError:
    return StatusError.of("GET /x", Response(400, headers, b""), json, json)


def test_an_error_has_both() -> None:
    found = error({"content-type": f"{PROBLEM}; charset=utf-8"}, {**EXAMPLE, "error": "x"})
    assert found.problem is not None
    assert found.problem.title == EXAMPLE["title"]
    assert found.oauth == OAuthError(error="x")
    assert (error({}, EXAMPLE).problem, error({}, EXAMPLE).oauth) == (None, None)


def test_what_a_server_says_is_hidden() -> None:
    shown = repr(problem(PROBLEM, {name: SECRET for name in (*EXAMPLE, "x") if name != "type"}))
    assert shown == "Problem(type='about:blank', status=None)"
    assert repr(OAuthError(error="x", error_description=SECRET, error_uri=SECRET)) == (
        "OAuthError(error='x')"
    )


@pytest.mark.parametrize(
    ("headers", "request_id"),
    [
        ({}, ""),
        ({"x-request-id": "req_1"}, "req_1"),
        ({"request-id": "0a1b-2c/d+e=:."}, "0a1b-2c/d+e=:."),
        ({"x-amzn-requestid": "a"}, "a"),
        ({"x-correlation-id": "a"}, "a"),
        ({"x-correlation-id": "b", "x-request-id": "a"}, "a"),
        ({"x-request-id": "", "request-id": "b"}, "b"),
        ({"x-request-id": "a" * 128}, "a" * 128),
        # of others nothing is told: they may be anything
        ({"x-request-id": "a" * 129}, ""),
        ({"x-request-id": "a b"}, ""),
        ({"x-request-id": "a\nb"}, ""),
        ({"x-request-id": "a\n"}, ""),
        ({"x-request-id": "\x1b[2J"}, ""),
        ({"x-request-id": "\u00e9"}, ""),
        ({"x-request-id": "a b", "request-id": "c"}, "c"),
        ({"date": "a"}, ""),
    ],
)
def test_a_request_is_called_as_the_server_calls_it(
    headers: dict[str, str], request_id: str
) -> None:
    found = error(headers, {"error": "invalid_scope"})
    assert found.request_id == request_id
    tail = f" (request {request_id})" if request_id else ""
    assert str(found) == f"GET /x answered 400: invalid_scope{tail}"
