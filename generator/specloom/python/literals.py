"""Values of a document as Python literals: the first of the three doors into source.

What leaves is ASCII only, reads back as the same value of the same type, and is spelled as
black spells it: double quotes unless single ones save an escape, lower-case hex escapes, no
`+` in an exponent.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeVar

from specloom.code import Code
from specloom.values import Json, Text, Tree

_DEEPEST = 64
_TOO_LARGE = 10**1000


def literal(value: Text | Json | str | int | bool | None) -> Code:
    """Return the literal of a text, of a JSON value (on one line) or of a value of our own.

    Raises ValueError for a number that is not finite or has over 1,000 digits, for arrays
    and objects nested over 64 deep, and for instances of subclasses, which may lie.
    """
    match value:
        case Text():
            return Code(_quoted(value.raw))
        case Json():
            return Code(_written(_parsed(value), 0))
        case _:
            return Code(_written(value, 0))


def _parsed(value: Json) -> Tree:
    try:
        return value.value
    except RecursionError:
        raise ValueError("the value is nested too deeply") from None


def _written(value: Tree, depth: int) -> str:
    match value:
        case None | True | False:
            return repr(value)
        case str():
            return _quoted(_plain(value))
        case int():
            return _integer(_plain(value))
        case float():
            return _float(_plain(value))
        case Mapping():
            inner = _deeper(depth)
            members = (f"{_written(key, 0)}: {_written(one, inner)}" for key, one in value.items())
            return f"{{{', '.join(members)}}}"
        case _:
            inner = _deeper(depth)
            return f"[{', '.join(_written(one, inner) for one in value)}]"


def _deeper(depth: int) -> int:
    if depth == _DEEPEST:
        raise ValueError("the value is nested too deeply")
    return depth + 1


_Scalar = TypeVar("_Scalar", str, int, float)


def _plain(value: _Scalar) -> _Scalar:
    if type(value) not in {str, int, float}:
        raise ValueError(f"{type(value).__name__} has no literal")
    return value


def _quoted(text: str) -> str:
    body = text.encode("unicode_escape").decode("ascii")
    quote = "'" if body.count("'") < body.count('"') else '"'
    return quote + body.replace(quote, "\\" + quote) + quote


def _integer(value: int) -> str:
    if abs(value) >= _TOO_LARGE:
        raise ValueError("the integer has over 1,000 digits")
    return str(value)


def _float(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError("the number is not finite")
    return repr(value).replace("e+", "e")


def bytes_literal(value: bytes) -> Code:
    """Return the literal of some bytes, as black spells it."""
    return Code(f"b{literal(value.decode('latin-1'))}")
