"""How the answers of an operation go on, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from specloom import ir
from specloom.explain.facts import Fact
from specloom.shown import shown

_GROUNDS = {
    ir.Ground.RECOGNISED: "as its parameters and its answer say, both",
    ir.Ground.DECLARED: "as an extension says",
    ir.Ground.NAMED: "as the target says",
}


def page_facts(operation: ir.Operation) -> Iterator[Fact]:
    pagination = operation.pagination
    if pagination is None:
        return
    yield "pages", f"{_way(pagination.advance)}, {_GROUNDS[pagination.ground]}"
    yield "", f"items are in {_place(pagination.items)}"


def _way(advance: ir.Advance) -> str:
    match advance:
        case ir.ByCursor(asked=asked, next=next_, more=more):
            return f"{_asked(asked)} takes {_place(next_)}{_more(more)}"
        case ir.ByLastItem(asked=asked, key=key, more=more):
            return f"{_asked(asked)} takes {_place(key)} of the last item{_more(more)}"
        case ir.ByPage(asked=asked, first=first, pages=pages, items=items, more=more):
            until = _more(more) or _until("pages", pages) or _until("items", items)
            return f"{_asked(asked)} counts pages from {first}{until}"
        case ir.ByOffset(asked=asked, first=first, items=items, more=more):
            until = _more(more) or _until("items", items)
            return f"{_asked(asked)} counts items from {first}{until}"
        case ir.ByUrl(next=next_, more=more):
            return f"{_place(next_)} is the address of the next{_more(more)}"
        case ir.ByLink():
            return "the header Link has the address of the next (RFC 8288)"
        case _:
            assert_never(advance)


def _asked(asked: ir.Asked) -> str:
    return f"`{shown(asked.name)}`{' of the body' if asked.in_body else ''}"


def _place(path: ir.Members) -> str:
    return f"`{'.'.join(shown(name) for name in path)}`" if path else "the answer itself"


def _more(path: ir.Members | None) -> str:
    return "" if path is None else f" as long as there is {_place(path)}"


def _until(what: str, path: ir.Members | None) -> str:
    return "" if path is None else f" up to the {what} of {_place(path)}"
