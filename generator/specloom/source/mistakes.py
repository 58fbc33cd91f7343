"""What JSON and YAML have in common that can be wrong, in words."""

from __future__ import annotations

from specloom.diagnostics import Severity
from specloom.limits import raising
from specloom.shown import shown
from specloom.source.page import Mistake

_DOCUMENTATION = frozenset({"description", "summary", "title", "example"})


def duplicate(at: int, key: str, *, plain: bool) -> Mistake:
    """Say that a key stands twice in an object; `plain` if each value is a scalar.

    RFC 8259, section 4: readers differ in what they make of it. Where only documentation is
    at stake the meaning is clear enough: the last one wins.
    """
    if plain and key in _DOCUMENTATION:
        message = f'the key "{shown(key)}" was given before; this value replaces the earlier one'
        return Mistake(at, "duplicate-documentation-key", message, Severity.WARNING)
    message = f'the key "{shown(key)}" was given before; rename or remove one of the two'
    return Mistake(at, "duplicate-key", message)


def too_deep(at: int, most: int) -> Mistake:
    message = f"values are nested more than {most:,} levels deep; use $ref to flatten them"
    return _limit(at, message, "depth")


def too_many(at: int, most: int) -> Mistake:
    message = f"the document has more than {most:,} values; split it, or leave parts out"
    return _limit(at, message, "nodes")


def too_many_aliased(at: int, most: int) -> Mistake:
    message = f"the aliases up to here stand for more than {most:,} values; use $ref instead"
    return _limit(at, message, "aliased-nodes")


def too_many_digits(at: int, most: int) -> Mistake:
    message = f"a number has more than {most:,} digits; put it in quotes if it is text"
    return _limit(at, message, "digits")


def long_name(at: int, most: int) -> Mistake:
    return _limit(at, f"a name has more than {most:,} characters; shorten it", "names")


def long_text(at: int, most: int) -> Mistake:
    return _limit(at, f"a text has more than {most:,} characters; shorten it", "texts")


def too_many_mistakes(at: int, most: int) -> Mistake:
    message = f"there are more than {most:,} mistakes: the file is read no further than to here"
    return _limit(at, message, "mistakes")


def _limit(at: int, message: str, key: str) -> Mistake:
    return Mistake(at, "limit", message, hint=raising(key))


def not_finite(at: int) -> Mistake:
    message = "JSON has no infinite number and no NaN; write a finite number, or quote the text"
    return Mistake(at, "number", message)
