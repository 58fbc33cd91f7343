"""What a package raises for answers that were not hoped for, as its `errors` has it."""

from __future__ import annotations

ERRORS = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    409: "Conflict",
    422: "UnprocessableContent",
    429: "TooManyRequests",
}
"""The errors for single statuses."""


def raised(code: int) -> str:
    """Return the name of the error for a status."""
    return ERRORS.get(code, "ServerError" if code >= 500 else "StatusError")
