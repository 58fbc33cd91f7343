"""Whether a client has understood an answer: what it returns, written back, is what came."""

from __future__ import annotations

from typing import cast

from .calling import Outcome
from .document import Json
from .packages import Called, Content, Package
from .scenarios import Answer


def misread(package: Package, called: Called, outcome: Outcome, wanted: Answer) -> str:
    """Return what is wrong with what came of a call, nothing if it is as wanted."""
    raised = outcome.raised
    if not outcome.exchanges:
        return f"nothing was sent: {_told(raised)}"
    got = outcome.exchanges[-1].got
    if got.status != wanted.status:
        said = got.content[:300].decode("utf-8", "replace")
        return f"the server answered {got.status} instead of {wanted.status}: {said}"
    if wanted.status >= 400:
        same = getattr(raised, "status", None) == wanted.status
        return "" if same else f"{wanted.status} raised {_told(raised)}"
    if raised is not None:
        return f"the answer: {_told(raised)}"
    if wanted.content is None:
        return "" if outcome.result is None else "an answer without content is not None"
    return _compared(package, called, outcome.result, wanted)


def _told(error: Exception | None) -> str:
    return "nothing" if error is None else f"{type(error).__name__}: {error}"


def _compared(package: Package, called: Called, result: object, wanted: Answer) -> str:
    content = _content(called, wanted)
    if content is None or content.encode is None:
        expected = wanted.content
        text = expected.encode() if isinstance(expected, str) else expected
        given = result.encode() if isinstance(result, str) else result
        return "" if given in (text, expected) else "the answer was not returned as it came"
    try:
        written = package.codec(content.encode)(result)
    except Exception as error:  # it was just read
        return f"{content.encode} refuses the answer: {_told(error)}"
    return "" if same(written, wanted.content) else "the answer is written back as something else"


def _content(called: Called, wanted: Answer) -> Content | None:
    documented = called.answers
    status = str(wanted.status)
    for key in (status, f"{status[0]}XX", "default"):
        for content in documented.get(key, ()):
            if content.media_type.lower() == wanted.media_type.lower():
                return content
    return None


def same(one: object, other: Json | bytes) -> bool:
    """Return whether two values are equal as JSON: 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, dict) and isinstance(other, dict):
        members = cast("dict[str, object]", one)
        return members.keys() == other.keys() and all(
            same(members[key], other[key]) for key in other
        )
    if isinstance(one, list) and isinstance(other, list):
        found = cast("list[object]", one)
        return len(found) == len(other) and all(map(same, found, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other
