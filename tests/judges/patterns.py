"""Texts that a pattern matches, read from the pattern itself: the simplest that are long enough."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Protocol, TypeAlias, cast

_LONGEST = 80
_SIMPLE = string.ascii_lowercase + string.digits + string.ascii_uppercase + "-_.:/@ +=,;!"
_Parsed: TypeAlias = "list[tuple[object, object]]"
"""A pattern as `re` reads it: what stands one after the other, each with its arguments."""
_CATEGORIES = {
    "CATEGORY_DIGIT": string.digits,
    "CATEGORY_WORD": string.ascii_lowercase + string.digits + string.ascii_uppercase + "_",
    "CATEGORY_SPACE": " ",
}


class _Parser(Protocol):
    """As much of the parser of `re` as is needed: it has no public name since Python 3.11."""

    def parse(self, pattern: str, /) -> _Parsed: ...


@lru_cache(None)
def matching(pattern: str, shortest: int = 0, longest: int | None = None) -> str | None:
    """Return a text that is found by a pattern, if Python can read it and one is simple."""
    try:
        expression = re.compile(pattern)
        parsed = cast("_Parser", import_module("re._parser")).parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return None
    for more in range(_LONGEST):
        for turn in range(4):
            found = "".join(_texts(parsed, more, turn))
            fits = shortest <= len(found) and (longest is None or len(found) <= longest)
            if fits and expression.search(found):
                return found
    return None


def _texts(parsed: _Parsed, more: int, turn: int) -> Iterator[str]:
    for operation, given in parsed:
        name = str(operation)
        arguments = cast("tuple[object, ...]", given if isinstance(given, tuple) else (given,))
        match name:
            case "LITERAL":
                yield chr(cast("int", given))
            case "NOT_LITERAL":
                yield next(c for c in _SIMPLE[turn:] if ord(c) != given)
            case "ANY":
                yield _SIMPLE[turn]
            case "IN":
                yield _of_set(cast("_Parsed", given), turn)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, repeated = cast("tuple[int, int, _Parsed]", arguments)
                for _ in range(min(int(most), int(least) + more)):
                    yield from _texts(repeated, more, turn)
            case "SUBPATTERN" | "ATOMIC_GROUP":
                yield from _texts(cast("_Parsed", arguments[-1]), more, turn)
            case "BRANCH":
                branches = cast("list[_Parsed]", arguments[1])
                yield from _texts(branches[turn % len(branches)], more, turn)
            case _:  # anchors and what is looked at ahead: the text is searched in the end
                continue


def _of_set(parts: _Parsed, turn: int) -> str:
    negated = any(str(name) == "NEGATE" for name, _ in parts)
    listed = "".join(_listed(parts))
    if negated:
        allowed = [c for c in _SIMPLE if c not in listed]
    else:
        allowed = [c for c in _SIMPLE if c in listed] or [*listed]
    return allowed[turn % len(allowed)] if allowed else ""


def _listed(parts: _Parsed) -> Iterator[str]:
    for operation, given in parts:
        match str(operation):
            case "LITERAL":
                yield chr(cast("int", given))
            case "RANGE":
                low, high = cast("tuple[int, int]", given)
                yield "".join(map(chr, range(low, min(high, low + 127) + 1)))
            case "CATEGORY":
                name = str(given)
                kept = _CATEGORIES.get(name.replace("_NOT_", "_"), "")
                yield "".join(c for c in _SIMPLE if c not in kept) if "_NOT_" in name else kept
            case _:
                continue
