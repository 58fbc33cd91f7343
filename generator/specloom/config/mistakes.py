"""Mistakes of a configuration, by the way to what is wrong, and those within tables of a target."""

# like all that a run in which nothing has changed needs, this imports nothing heavy
from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from specloom.config import bounds, paging

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeGuard

    from specloom.config.places import Names


class Slip(NamedTuple):
    path: Names
    says: str
    hint: str = ""
    of_value: bool = True
    """Whether the value is wrong, not the key."""


def in_limits(above: Names, table: Mapping[str, object]) -> Iterator[Slip]:
    """Yield what is wrong with the limits in a table, if it sets any."""
    limits, at = table.get("limits", {}), (*above, "limits")
    if not _is_table(limits):
        yield Slip(at, "`limits` must be a table")
        return
    for key, found, of_value in bounds.wrong(limits):
        yield Slip((*at, key), *found, of_value=of_value)


def in_pages(above: Names, table: Mapping[str, object]) -> Iterator[Slip]:
    """Yield what is wrong with what a target says of pages, if it does."""
    pages, at = table.get("pages", {}), (*above, "pages")
    if not _is_table(pages):
        yield Slip(at, "`pages` must be a table")
        return
    for way, found, of_value in paging.wrong(pages):
        yield Slip((*at, *way), *found, of_value=of_value)


def _is_table(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)  # the keys of TOML are strings
