"""What the errors of a generated package say, keep and hide."""

from __future__ import annotations

import copy
import pickle
import traceback

import pytest
from runtime import errors
from runtime._response import Response

SECRET = "s3cret-value"
RESPONSE = Response(400, {"x-secret": SECRET}, SECRET.encode())


def shown(error: BaseException) -> str:
    """Return all that a log or a debugger shows of an error by itself."""
    chain = "".join(traceback.format_exception(error))
    return chain + repr(error) + str(error) + str(vars(error))


@pytest.mark.parametrize(
    ("steps", "path"),
    [
        ((), "$"),
        ((None,), "$"),
        (("a", 0, "b"), "$.a[0].b"),
        (("not a name",), "$['not a name']"),
        (("\u00e9 x",), "$['\\xe9 x']"),
        (("", "\n"), "$['']['\\n']"),
        (("\udc80",), "$['\\udc80']"),
        ((-1, None, "x"), "$[-1].x"),
    ],
)
def test_a_path_names_each_step(steps: tuple[str | int | None, ...], path: str) -> None:
    assert errors.DecodeError("a string", "null", *steps).path == path


def test_a_misfit_says_where_and_what() -> None:
    error = errors.DecodeError("a string", "null", "a")
    assert str(error) == "$.a: expected a string, found null"
    assert repr(error) == "DecodeError('$.a: expected a string, found null')"
    assert str(errors.ConstraintError("a string")) == "$: expected a string"


@pytest.mark.parametrize("kind", [errors.DecodeError, errors.ConstraintError])
def test_under_prefixes_the_path(
    kind: type[errors.DecodeError] | type[errors.ConstraintError],
) -> None:
    error = kind("a string", "null", "b").under("a", None, 3)
    assert type(error) is kind
    assert (error.steps, error.expected, error.found) == (("a", 3, "b"), "a string", "null")


def test_a_constraint_error_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="expected a string"):
        raise errors.ConstraintError("a string")


@pytest.mark.parametrize(
    "error",
    [
        errors.TransportError("GET / failed: ConnectError"),
        errors.Timeout("GET / failed: ReadTimeout"),
        errors.ConstraintError("a string", "", "a", 1),
        errors.DecodeError("a string", "null", "a", 1),
        errors.NotFound("GET /{id}", RESPONSE, {"detail": SECRET}, {"detail": SECRET}),
    ],
)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_errors_survive_pickle_and_copy(error: errors.Error, protocol: int) -> None:
    for again in (pickle.loads(pickle.dumps(error, protocol)), copy.copy(error)):
        assert type(again) is type(error)
        assert repr(again) == repr(error)
        for name in ("steps", "path", "found", "status", "headers", "json", "body", "operation"):
            assert getattr(again, name, None) == getattr(error, name, None)
        assert getattr(again, "response", None) == getattr(error, "response", None)


def test_a_decode_error_keeps_its_response_in_pickle() -> None:
    error = errors.DecodeError("a string", "null", "a")
    assert error.response is None
    error.response = RESPONSE
    assert pickle.loads(pickle.dumps(error)).response == RESPONSE
    assert SECRET not in shown(error)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (100, errors.StatusError),
        (204, errors.StatusError),
        (302, errors.StatusError),
        (400, errors.BadRequest),
        (401, errors.Unauthorized),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (409, errors.Conflict),
        (418, errors.StatusError),
        (422, errors.UnprocessableContent),
        (429, errors.TooManyRequests),
        (499, errors.StatusError),
        (500, errors.ServerError),
        (599, errors.ServerError),
    ],
)
def test_a_status_has_the_most_specific_class(status: int, kind: type) -> None:
    response = Response(status, {"a": "b"}, b"text")
    error = errors.StatusError.of("GET /x", response, "text", ["read"])
    assert type(error) is kind
    assert (error.operation, error.status, error.headers) == ("GET /x", status, {"a": "b"})
    assert (error.response, error.json, error.body) == (response, "text", ["read"])


@pytest.mark.parametrize(
    ("body", "tail"),
    [
        ({"error": "invalid_grant", "error_description": SECRET}, ": invalid_grant"),
        ({"error": "unsupported_grant_type"}, ": unsupported_grant_type"),
        ({"error": "unauthorized_client"}, ": unauthorized_client"),
        ({"error": f"invalid_grant {SECRET}"}, ""),
        ({"error": "invalid_grant\n"}, ""),
        ({"error": {"error": "invalid_grant"}}, ""),
        ({"error": SECRET}, ""),
        (["invalid_grant"], ""),
        (SECRET, ""),
        (None, ""),
    ],
)
def test_only_registered_codes_are_told(body: object, tail: str) -> None:
    error = errors.BadRequest("POST /token", RESPONSE, body, body)
    assert str(error) == f"POST /token answered 400{tail}"
    assert error.body == body
    assert SECRET not in shown(error)
    assert vars(error) == {}


def test_every_error_has_one_base() -> None:
    for kind in (
        errors.TransportError,
        errors.StatusError,
        errors.DecodeError,
        errors.ConstraintError,
    ):
        assert issubclass(kind, errors.Error)
    assert issubclass(errors.Timeout, errors.TransportError)
