"""Answers of several pages: where the items of a page are, and how the next page is come by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from specloom.values import Text

Members: TypeAlias = tuple[Text, ...]
"""The way into an answer by the names of members; empty: the answer itself."""


class Ground(Enum):
    """Why an operation is taken to have pages."""

    RECOGNISED = "recognised"
    """Its parameters and its answer say so, both of them."""
    DECLARED = "declared"
    """An extension of the document says so."""
    NAMED = "named"
    """The target says so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a request says which page is meant."""

    name: Text
    in_body: bool = False
    """A member of the body, which is JSON; else a parameter of the query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByCursor:
    """A page says by what the next one is asked for: `next`, unless `more` says there is none."""

    asked: Asked
    next: Members
    more: Members | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByLastItem:
    """The next page is asked for by `key` of the last item, as long as there is `more`."""

    asked: Asked
    key: Members
    more: Members | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPage:
    """Pages have numbers, from `first` on. `pages` or `items` say how many there are, or `more`."""

    asked: Asked
    first: int
    pages: Members | None = None
    items: Members | None = None
    more: Members | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByOffset:
    """The next page is asked for by the number of items before it; `items` is that of all of them."""

    asked: Asked
    first: int = 0
    """What asks for the first."""
    items: Members | None = None
    more: Members | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByUrl:
    """A page says where the next one is: in a member."""

    next: Members
    more: Members | None = None


@dataclass(frozen=True, slots=True)
class ByLink:
    """An answer says where the next page is: in a header `Link` (RFC 8288), as `rel="next"`."""


Advance: TypeAlias = ByCursor | ByLastItem | ByPage | ByOffset | ByUrl | ByLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    advance: Advance
    items: Members
    """An array of the answer."""
    ground: Ground
