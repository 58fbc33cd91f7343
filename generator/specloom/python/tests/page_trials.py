"""What goes through the pages of an operation as the tests know it: answers, and what is asked for."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never
from urllib.parse import urlsplit

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import takes_null
from specloom.python.client.pages import answer_of, at
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import bytes_literal, literal
from specloom.python.sample import Sample, Spot, array_doc, prefixed
from specloom.python.tests import wire
from specloom.python.tests.exchanges import Tried, ask_doc, base_of
from specloom.python.tests.pairs import Bench
from specloom.python.tests.printed import rows_of_bytes
from specloom.python.tests.proofs import pair, proofs
from specloom.python.tests.requests import Request, requested
from specloom.values import Text, Tree

_ELSEWHERE = "/more/pages?page=2"


@dataclass(frozen=True, slots=True)
class _Book:
    """Two pages: what each answer holds, and what is asked for."""

    requests: tuple[Request, ...]
    pages: tuple[Tree, ...]
    link: str = ""
    """The header that the first has."""
    items: int = 2
    """How many there are in all."""


def paged_row(tried: Tried, attribute: Code, secrets: tuple[str, ...], bench: Bench) -> Code | None:
    """Return the row of what goes through two pages; None where no such can be made up."""
    operation, pagination = tried.operation, tried.operation.pagination
    if pagination is None or operation.id not in bench.world.names.pages:
        return None
    page = answer_of(operation)
    item = _item(page, pagination, bench)
    whole = _page(page, pagination, item, bench)
    if item is None or whole is None:
        return None
    try:
        book = _book(tried, pagination, whole, item, bench)
    except _Unmade:
        return None
    name = bench.world.names.pages[operation.id].method
    call = f"lambda client: client.{attribute}.{name}"
    answers = tuple(
        _answer(tried.answers[0][0], content, "" if number else book.link)
        for number, content in enumerate(book.pages)
    )
    asked = array_doc(tuple(literal(Text(request.url)) for request in book.requests))
    items: list[Doc] = [
        Code(f"name={literal(str(name))}"),
        prefixed(Code("ask="), ask_doc(tried.requests[0], call, secrets)),
        prefixed(Code("answers="), array_doc(answers)),
        prefixed(Code("urls="), asked),
        prefixed(Code("items="), array_doc((item.python,) * book.items)),
    ]
    contents = tuple(r.content for r in book.requests if r.content is not None)
    if contents:
        items.append(prefixed(Code("contents="), array_doc(tuple(map(bytes_literal, contents)))))
    return rows_of_bytes(Code(block(Group(Code("Paged("), tuple(items), Code(")")), 4)))


class _Unmade(Exception):
    """Says that no second page can be made up."""


def _item(page: ir.TypeId, pagination: ir.Pagination, bench: Bench) -> Sample | None:
    _, type_ = at(ir.Ref(page), pagination.items, bench.world)
    array = bench.world.bare(type_)
    assert isinstance(array, ir.Array)
    found = bench.samples.of(array.item, Spot("item", 0))
    return found if found is not None and found.is_plain else None


def _page(
    page: ir.TypeId, pagination: ir.Pagination, item: Sample | None, bench: Bench
) -> Tree | None:
    """Return the JSON of a page with one item."""
    if item is None:
        return None
    if not pagination.items:
        return [item.received]
    found = bench.samples.built(page, full=True)
    if found is None or not found.is_plain:
        return None
    try:
        return _with(found.received, pagination.items, [item.received])
    except _Unmade:
        return None


def _with(whole: Tree, path: ir.Members, value: Tree) -> Tree:
    """Return a value that has another at a place, where there is one."""
    if not path:
        return value
    if not isinstance(whole, Mapping) or path[0].raw not in whole:
        raise _Unmade
    return {**whole, path[0].raw: _with(whole[path[0].raw], path[1:], value)}


def _book(
    tried: Tried, pagination: ir.Pagination, whole: Tree, item: Sample, bench: Bench
) -> _Book:
    operation, first = tried.operation, tried.requests[0]
    page = ir.Ref(answer_of(operation))
    advance = pagination.advance

    def told(tree: Tree, path: ir.Members | None, value: Tree) -> Tree:
        return tree if path is None else _with(tree, path, value)

    def ended(tree: Tree, path: ir.Members) -> Tree:
        _, type_ = at(page, path, bench.world)
        if takes_null(type_, bench.world):
            return _with(tree, path, None)
        return _without(tree, path, page, bench)

    def again(name: ir.Asked, value: Tree) -> Request:
        return _asking(operation, first, name, value, bench)

    match advance:
        case ir.ByCursor(asked=asked, next=next_, more=more):
            cursor = _at(whole, next_)
            if not isinstance(cursor, str | int) or cursor == "":
                raise _Unmade
            one = told(whole, more, value=True)
            last = told(one, more, value=False) if more is not None else ended(one, next_)
            return _Book((first, again(asked, cursor)), (one, last))
        case ir.ByLastItem(asked=asked, key=key, more=more):
            cursor = _at(item.received, key)
            if more is None or not isinstance(cursor, str | int):
                raise _Unmade
            pages = (told(whole, more, value=True), told(whole, more, value=False))
            return _Book((first, again(asked, cursor)), pages)
        case ir.ByPage(asked=asked, first=start, pages=pages_, items=items, more=more):
            number = _number(first, asked)
            one = told(told(whole, pages_, number - start + 2), items, 2)
            one = told(one, more, value=True)
            last = told(one, more, value=False)
            return _ending(_Book((first, again(asked, number + 1)), (one, last)), pagination)
        case ir.ByOffset(asked=asked, first=start, items=items, more=more):
            number = _number(first, asked)
            one = told(told(whole, items, number - start + 2), more, value=True)
            last = told(one, more, value=False)
            return _ending(_Book((first, again(asked, number + 1)), (one, last)), pagination)
        case ir.ByUrl(next=next_, more=more):
            one = told(_with(whole, next_, _ELSEWHERE), more, value=True)
            last = told(one, more, value=False) if more is not None else ended(one, next_)
            return _Book((first, _elsewhere(operation, first, bench)), (one, last))
        case ir.ByLink():
            link = f'<{_ELSEWHERE}>; rel="next"'
            return _Book((first, _elsewhere(operation, first, bench)), (whole, whole), link)
        case _:
            assert_never(advance)


def _ending(book: _Book, pagination: ir.Pagination) -> _Book:
    """Return pages of which the last is empty, where nothing else says that it is the last."""
    advance = pagination.advance
    assert isinstance(advance, ir.ByPage | ir.ByOffset)
    pages = advance.pages if isinstance(advance, ir.ByPage) else None
    if advance.more is not None or advance.items is not None or pages is not None:
        return book
    one, last = book.pages
    return replace(book, pages=(one, _with(last, pagination.items, [])), items=1)


def _at(tree: Tree, path: ir.Members) -> Tree:
    for name in path:
        if not isinstance(tree, Mapping) or name.raw not in tree:
            raise _Unmade
        tree = tree[name.raw]
    return tree


def _without(tree: Tree, path: ir.Members, page: ir.Type, bench: Bench) -> Tree:
    """Return a value without a member that it need not have."""
    owner, _ = at(page, path, bench.world)
    assert owner is not None
    known = bench.world.definitions[owner].properties
    if any(p.required for p in known if p.wire_name == path[-1]):
        return _with(tree, path, "")
    found = copy.deepcopy(_at(tree, path[:-1]))
    assert isinstance(found, Mapping)
    kept = {key: value for key, value in found.items() if key != path[-1].raw}
    return _with(tree, path[:-1], kept)


def _number(request: Request, asked: ir.Asked) -> int:
    found = _said(request, asked)
    if isinstance(found, int) and not isinstance(found, bool):
        return found
    raise _Unmade


def _said(request: Request, asked: ir.Asked) -> Tree:
    """Return what a request says of a page."""
    if asked.in_body:
        return None if request.body is None else _at(request.body.sample.written, (asked.name,))
    for given in request.given:
        if _is(given.parameter, asked):
            return given.sample.written
    raise _Unmade


def _is(parameter: ir.Parameter, asked: ir.Asked) -> bool:
    return parameter.location is ir.Location.QUERY and parameter.wire_name == asked.name


def _asking(
    operation: ir.Operation, request: Request, asked: ir.Asked, value: Tree, bench: Bench
) -> Request:
    """Return a request that says something else of a page, and else the same."""
    _said(request, asked)
    if asked.in_body:
        assert request.body is not None
        written = _with(request.body.sample.written, (asked.name,), value)
        return replace(request, content=wire.json_bytes(written))
    given = tuple(
        replace(g, sample=Sample(value, g.sample.python, value)) if _is(g.parameter, asked) else g
        for g in request.given
    )
    made = requested(operation, given, request.body, base_of(operation, bench), bench)
    return replace(made, given=request.given)


def _elsewhere(operation: ir.Operation, request: Request, bench: Bench) -> Request:
    """Return the request for a page that an answer has the address of."""
    base = urlsplit(base_of(operation, bench))
    asked = proofs(operation, bench.world).query
    url = "&".join((f"{base.scheme}://{base.netloc}{_ELSEWHERE}", *asked))
    return replace(request, url=url)


def _answer(code: int, content: Tree, link: str) -> Doc:
    headers: Doc = Code("JSON")
    if link:
        more = (Code("**JSON"), pair("Link", link))
        headers = Group(Code("{"), more, Code("}"), display=True)
    written = bytes_literal(wire.json_bytes(content))
    return Group(Code("Answer("), (Code(f"{code}"), written, headers), Code(")"))
