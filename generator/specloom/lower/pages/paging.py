"""Answers of several pages, recognised: a rule needs a witness in the request, and one in the answer.

What is taken for pages and has none would be asked for again and again, or end too soon; so
whatever is not clear is left alone, and a target can name it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from specloom import ir
from specloom.document.node import Node
from specloom.lower.pages import words
from specloom.lower.pages.asking import CURSORS, NUMBERS, TEXTS, Asking, asking, is_keyed, kind_of
from specloom.lower.pages.hints import first_page, is_url, speaks_of_link
from specloom.lower.pages.listing import Definitions, Fact, Listing, bare, listing, object_of

T = TypeVar("T")
_READING = ("GET", "QUERY")


def recognised(
    operation: ir.Operation, definitions: Definitions, root: Node
) -> ir.Pagination | None:
    """Return how the answers of an operation go on, where that is beyond doubt."""
    found = listing(operation, definitions)
    if found is None or is_keyed(operation):
        return None
    asks = tuple(
        one
        for one in asking(operation, definitions)
        # what changes something is not done again and again; but some lists are asked for by POST
        if operation.method in _READING or (operation.method == "POST" and one.asked.in_body)
    )
    advance = _Search(found, asks, definitions, root).advance()
    if advance is None:
        return None
    return ir.Pagination(advance=advance, items=found.items, ground=ir.Ground.RECOGNISED)


@dataclass(frozen=True, slots=True)
class _Search:
    """A list, and the request for it."""

    listing: Listing
    asking: tuple[Asking, ...]
    definitions: Definitions
    root: Node

    def advance(self) -> ir.Advance | None:
        """Return what leads on, the surest first."""
        if not any(one.word in words.ASKING for one in self.asking):
            return None
        return (
            self._by_link()
            or self._by_cursor(tuple(self._next_cursors()))
            or self._by_last_item()
            or self._by_url()
            or self._by_cursor(tuple(self._ends()))
            or self._by_page()
            or self._by_offset()
        )

    def _asks(
        self, known: Collection[str], kinds: Collection[ir.ScalarKind] = CURSORS
    ) -> Asking | None:
        """Return the only one of a name and a type, or the only one of the query."""
        found = [one for one in self.asking if one.word in known and one.kind in kinds]
        return _one(found) or _one(one for one in found if not one.asked.in_body)

    def _says(
        self, known: Collection[str], kinds: Collection[ir.ScalarKind] = CURSORS
    ) -> Fact | None:
        return _one(f for f in self.listing.facts if f.word in known and self._is(f, kinds))

    def _is(self, fact: Fact, kinds: Collection[ir.ScalarKind]) -> bool:
        return kind_of(fact.of.type, self.definitions) in kinds

    def _is_url(self, fact: Fact) -> bool:
        return is_url(fact.words, fact.of, self.root)

    def _more(self) -> ir.Members | None:
        flag = ir.Scalar(ir.ScalarKind.BOOLEAN)
        found = _one(f for f in self.listing.facts if f.word in words.MORE and f.type == flag)
        return None if found is None else found.path

    def _by_link(self) -> ir.ByLink | None:
        is_told = any(speaks_of_link(one.of) for one in self.asking if one.word in words.ASKING)
        return ir.ByLink() if self.listing.has_link or is_told else None

    # --- a cursor ----------------------------------------------------------------------------

    def _next_cursors(self) -> Iterator[Fact]:
        """Yield what is called the next one."""
        for fact in self.listing.facts:
            is_within = fact.words[-2:-1] == ("next",) and fact.word in words.CURSORS_WITHIN
            is_called = fact.word in words.NEXT_CURSORS | words.NEXT_OFFSETS | words.NEXT_PAGES
            if (is_called or is_within) and self._is(fact, CURSORS) and not self._is_url(fact):
                yield fact

    def _ends(self) -> Iterator[Fact]:
        """Yield what is called the last one of a page: there has to be something that says more."""
        for fact in self.listing.facts:
            is_within = fact.words[-2:] == ("cursors", "after")
            is_called = fact.word in words.ENDS and self._more() is not None
            if (is_within or is_called) and self._is(fact, CURSORS):
                yield fact

    def _by_cursor(self, found: tuple[Fact, ...]) -> ir.ByCursor | None:
        fact = _one(found) or _one(f for f in found if f.word not in ("next", "nextpage"))
        if fact is None:
            return None
        asked = self._asked_by(fact)
        if asked is None:
            return None
        return ir.ByCursor(asked=asked.asked, next=fact.path, more=self._more())

    def _asked_by(self, fact: Fact) -> Asking | None:
        """Return the parameter that takes a cursor: the one it is called after, or the only one."""
        if fact.word in words.NEXT_OFFSETS:
            found = self._asks(words.OFFSETS | words.STARTS)
            return found or (self._asks(words.CURSORS) if self._more() is not None else None)
        if fact.word in words.NEXT_PAGES and (page := self._asks(words.PAGES)) is not None:
            return page
        stem = fact.word.removeprefix("next")
        alike = {fact.word, stem, f"after{stem}"} & words.CURSORS
        if fact.word in (*words.ENDS, "after"):
            alike = {"after", "afterid", "pageafter"}
        return self._asks(alike) or self._asks(words.CURSORS)

    def _by_last_item(self) -> ir.ByLastItem | None:
        more = self._more()
        after = self._asks(("startingafter", "afterid"))
        item = object_of(bare(self.listing.item, self.definitions), self.definitions)
        if more is None or after is None or item is None:
            return None
        key = _one(p for p in item.properties if p.wire_name.raw == "id" and p.required)
        if key is None or kind_of(key.type, self.definitions) not in CURSORS:
            return None
        return ir.ByLastItem(asked=after.asked, key=(key.wire_name,), more=more)

    # --- an address --------------------------------------------------------------------------

    def _by_url(self) -> ir.ByUrl | None:
        fact = _one(f for f in self.listing.facts if self._is_next_url(f))
        return None if fact is None else ir.ByUrl(next=fact.path, more=self._more())

    def _is_next_url(self, fact: Fact) -> bool:
        is_within = fact.words[-2:-1] == ("next",) and fact.word in words.URLS_WITHIN
        is_called = fact.word in words.NEXT_URLS and self._is_url(fact)
        return (is_within or is_called) and self._is(fact, TEXTS)

    # --- numbers -----------------------------------------------------------------------------

    def _by_page(self) -> ir.ByPage | None:
        page = self._asks(words.PAGES, NUMBERS)
        first = None if page is None else first_page(page.of)
        if page is None or first is None:
            return None
        counts = words.PAGE_COUNTS | words.LAST_PAGES if first == 1 else words.PAGE_COUNTS
        bare_ = ir.ByPage(asked=page.asked, first=first)
        if (more := self._more()) is not None:
            return replace(bare_, more=more)
        if (pages := self._says(counts, NUMBERS)) is not None:
            return replace(bare_, pages=pages.path)
        if (items := self._says(words.ITEM_COUNTS, NUMBERS)) is not None:
            return replace(bare_, items=items.path)
        return None

    def _by_offset(self) -> ir.ByOffset | None:
        offset = self._asks(words.OFFSETS | words.STARTS, NUMBERS)
        first = 0 if offset is None or offset.word in words.OFFSETS else first_page(offset.of)
        is_time = any(one.word in ("end", "until", "to") for one in self.asking)
        if offset is None or first is None or (offset.word in words.STARTS and is_time):
            return None
        bare_ = ir.ByOffset(asked=offset.asked, first=first)
        if (more := self._more()) is not None:
            return replace(bare_, more=more)
        if (items := self._says(words.ITEM_COUNTS, NUMBERS)) is not None:
            return replace(bare_, items=items.path)
        # what says the number that it was asked for knows of it
        return bare_ if self._says((offset.word,), NUMBERS) is not None else None


def _one(found: Iterable[T]) -> T | None:
    listed = list(found)
    return listed[0] if len(listed) == 1 else None
