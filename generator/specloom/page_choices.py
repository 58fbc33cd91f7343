"""Which operations answer page by page, and how: as a target or a document says it of one."""

# like all that a run in which nothing has changed needs, this imports nothing heavy
from __future__ import annotations

from typing import Final, NamedTuple


class PageChoice(NamedTuple):
    """What is said of the pages of an operation. Ways into an answer have dots between names."""

    operation: str
    """An `operationId`, or a method and a path."""
    by: str = ""
    """One of KINDS; empty: it has no pages."""
    parameter: str = ""
    """What asks for a page: a parameter of the query, or a member of a body of JSON."""
    next: str = ""
    items: str | None = None
    """The array of items; empty: the answer itself; None: the only one that there is."""
    key: str = ""
    more: str = ""
    pages: str = ""
    total: str = ""
    place: str = ""
    """Where it asks for one: in the `query` or the `body`; empty: wherever there is something."""
    first: int | None = None
    """The number of the first page, or what asks for the first item."""


KINDS: Final = {
    "cursor": (("parameter", "next"), ("items", "more")),
    "last-item": (("parameter", "key"), ("items", "more")),
    "page": (("parameter",), ("items", "more", "pages", "total", "first")),
    "offset": (("parameter",), ("items", "more", "total", "first")),
    "url": (("next",), ("items", "more")),
    "link": ((), ("items",)),
}
"""What pages go on by, with what has to be said of them, and what may be."""
TEXTS: Final = ("by", "parameter", "next", "key", "more", "pages", "total")
"""The keys of a choice that hold a text whenever they are there."""
