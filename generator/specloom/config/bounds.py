"""Limits as a user sets them: in a table of the configuration, or as words like `depth=300`."""

# like all that a run in which nothing has changed needs, this imports nothing heavy
from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.config.values import Wrong, closest, hint
from specloom.limits import CEILINGS, KEYS, limits_of
from specloom.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specloom.limits import Limits

_NUMBER = "a whole number above zero"


def wrong(table: Mapping[str, object]) -> Iterator[tuple[str, Wrong, bool]]:
    """Yield each key that is no limit, or has a value that it cannot have.

    With it comes what is wrong, and whether that is the value.
    """
    for key in table:
        if key not in KEYS:
            says = f"no limit is called `{shown(key)}`"
            yield key, (says, hint(closest(key, KEYS), KEYS)), False
        elif says := _wrong(key, table[key]):
            yield key, (says, ""), True


def given(*tables: Mapping[str, object]) -> Limits:
    """Return limits as tables set them, the last one first, as far as they make sense."""
    return limits_of(
        {
            key: value
            for table in tables
            for key, value in table.items()
            if key in KEYS and isinstance(value, int) and not _wrong(key, value)
        }
    )


def said(words: Iterable[str]) -> tuple[Limits, Wrong | None]:
    """Return limits as words of the command line set them, and what is wrong with the first."""
    table: dict[str, object] = {}
    for word in words:
        key, _, value = word.partition("=")
        is_number = value.isascii() and value.isdigit() and len(value) < 19
        table[key] = int(value) if is_number else value
    first = next((found for _, found, _ in wrong(table)), None)
    return given(table), first


def _wrong(key: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        return f"`{key}` must be {_NUMBER}"
    if (ceiling := CEILINGS.get(key)) is not None and value > ceiling[0]:
        return f"`{key}` may be {ceiling[0]:,} at most: {ceiling[1]}"
    return ""
