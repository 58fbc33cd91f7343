"""What JSON and YAML have in common that can be wrong, in words."""

from __future__ import annotations

from specloom.diagnostics import Severity
from specloom.shown import shown
from specloom.source import limits
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


def too_deep(at: int) -> Mistake:
    message = f"values are nested more than {limits.DEPTH} levels deep; use $ref to flatten them"
    return Mistake(at, "limit", message)


def too_many(at: int) -> Mistake:
    message = f"the document has more than {limits.NODES:,} values; split it, or leave parts out"
    return Mistake(at, "limit", message)


def too_long(at: int) -> Mistake:
    message = f"a number has more than {limits.DIGITS:,} digits; put it in quotes if it is text"
    return Mistake(at, "limit", message)


def not_finite(at: int) -> Mistake:
    message = "JSON has no infinite number and no NaN; write a finite number, or quote the text"
    return Mistake(at, "number", message)
