"""What errors tell those who report them."""

from __future__ import annotations

from traceback import format_exception


def told(error: BaseException | None) -> str:
    """Return what reports may show of an error and of all that hangs on to it."""
    if error is None:
        return ""
    own = (str(error), repr(error), *format_exception(error))
    return "\n".join((*own, told(error.__cause__), told(error.__context__)))
