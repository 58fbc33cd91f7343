"""The method that goes through all pages of an operation, and how it goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import World, alternatives, is_open, joined, takes_null
from specloom.python.client import views as client_views
from specloom.python.client.answers import result_of
from specloom.python.client.arguments import Argument, signature
from specloom.python.layout import Conditional, Doc, Group, block, flat
from specloom.python.layout.width import LIMIT, width
from specloom.python.literals import literal
from specloom.python.prose import docstring

_LIST = re.compile(r"\blist\[")


def paged(
    operation: ir.Operation, taken: tuple[Argument, ...], world: World
) -> client_views.Paged | None:
    """Return the views of what goes through all pages, where an operation has several."""
    pagination = operation.pagination
    if pagination is None:
        return None
    names, call = world.names.pages[operation.id], world.names.calls[operation.id]
    page = joined(result_of(operation, world))
    of = Code(f"[{page}, {joined(_item(operation, pagination, world))}]")
    passed = Group(Code(f"_{call}("), tuple(a.passed for a in taken), Code(")"))
    given = (Code("self._session"), Code(f"_{names.call}()"), passed, Code("options"))
    return client_views.Paged(
        sync_signature=signature(f"def {names.method}", taken, Code(f"Pages{of}")),
        async_signature=signature(f"def {names.method}", taken, Code(f"AsyncPages{of}")),
        docstring=docstring(
            ("All that `", world.names.methods[operation.id], "` answers with, page after page."),
            indent=8,
        ),
        sync_call=block(Group(Code("return Pages("), given, Code(")")), 8),
        async_call=block(Group(Code("return AsyncPages("), given, Code(")")), 8),
        signature=block(
            Group(Code(f"def _{names.call}("), (), Code(f") -> Paging{of}:"), comma=True), 0
        ),
        paging=block(_paging(operation, pagination, world), 4),
    )


def answer_of(operation: ir.Operation) -> ir.TypeId:
    """Return the type of a page."""
    page = next(content.type for r in operation.hoped_for for content in r.contents)
    assert page is not None
    return page


def _item(operation: ir.Operation, pagination: ir.Pagination, world: World) -> tuple[Code, ...]:
    """Return the members of the annotation of an item."""
    page = answer_of(operation)
    owner, type_ = at(ir.Ref(page), pagination.items, world)
    array = world.bare(type_)
    assert isinstance(array, ir.Array)
    tolerant = is_open(world.definitions[owner or page])
    found = alternatives(array.item, world, tolerant=tolerant)
    if any(_LIST.search(member) for member in found):  # a method may have that name
        return alternatives(array.item, world, tolerant=tolerant, loose=True)
    return found


def at(type_: ir.Type, path: ir.Members, world: World) -> tuple[ir.TypeId | None, ir.Type]:
    """Return what is at a place of a value, and the definition that says so."""
    owner: ir.TypeId | None = None
    for name in path:
        found = world.bare(type_)
        assert isinstance(found, ir.Ref)
        owner = found.target
        members = world.definitions[owner].properties
        type_ = next(p.type for p in members if p.wire_name == name)
    return owner, type_


def _paging(operation: ir.Operation, pagination: ir.Pagination, world: World) -> Doc:
    page = ir.Ref(answer_of(operation))
    items = _lens(page, pagination.items, world, "items=", indent=8)
    after = Group(
        Code(f"after={_function(pagination.advance)}("),
        tuple(_arguments(pagination.advance, pagination, page, world)),
        Code(")"),
    )
    return Group(Code("return Paging("), (items, after), Code(")"))


def _function(advance: ir.Advance) -> str:
    match advance:
        case ir.ByCursor():
            return "by_cursor"
        case ir.ByLastItem():
            return "by_last_item"
        case ir.ByPage():
            return "by_page"
        case ir.ByOffset():
            return "by_offset"
        case ir.ByUrl():
            return "by_url"
        case ir.ByLink():
            return "by_link"
        case _:
            assert_never(advance)


def _arguments(
    advance: ir.Advance, pagination: ir.Pagination, page: ir.Type, world: World
) -> Iterator[Doc]:
    def named(**paths: ir.Members | None) -> Iterator[Doc]:
        for name, path in paths.items():
            if path is not None:
                yield _lens(page, path, world, f"{name}=")

    match advance:
        case ir.ByCursor(asked=asked, next=next_, more=more):
            yield literal(asked.name)
            yield _lens(page, next_, world)
            yield from named(more=more)
            yield from _placed(asked)
        case ir.ByLastItem(asked=asked, key=key, more=more):
            _, items = at(page, pagination.items, world)
            array = world.bare(items)
            assert isinstance(array, ir.Array)
            yield literal(asked.name)
            yield _lens(array.item, key, world, of="item")
            yield from named(more=more)
            yield from _placed(asked)
        case ir.ByPage(asked=asked, first=first, pages=pages, items=items, more=more):
            yield literal(asked.name)
            yield Code(f"first={first}")
            yield from named(pages=pages, items=items, more=more)
            yield from _placed(asked)
        case ir.ByOffset(asked=asked, first=first, items=items, more=more):
            yield literal(asked.name)
            yield from (Code(f"first={first}"),) if first else ()
            yield from named(items=items, more=more)
            yield from _placed(asked)
        case ir.ByUrl(next=next_, more=more):
            yield _lens(page, next_, world)
            yield from named(more=more)
        case ir.ByLink():
            return
        case _:
            assert_never(advance)


def _placed(asked: ir.Asked) -> Iterator[Doc]:
    if asked.in_body:
        yield Code("place=IN_BODY")


def _lens(
    type_: ir.Type,
    path: ir.Members,
    world: World,
    name: str = "",
    *,
    of: str = "page",
    indent: int = 12,
) -> Doc:
    """Return the function that looks at a place of a page: nothing, where it leads through nothing.

    It is an argument that stands at `indent` where it stands on a line of its own.
    """
    reached, asked = of, list[Code]()
    for number, step in enumerate(path):
        owner = world.bare(type_)
        assert isinstance(owner, ir.Ref)
        member = next(p for p in world.definitions[owner.target].properties if p.wire_name == step)
        reached = f"{reached}.{world.names.fields[owner.target, step]}"
        type_ = member.type
        is_there = member.required and not takes_null(type_, world)
        if number < len(path) - 1 and not is_there:
            asked.append(Code(reached))
    head, found = f"{name}lambda {of}: ", Code(reached)
    body = Conditional(found, tuple(asked), Code("None")) if asked else found
    whole = Code(head + flat(body))
    if indent + width(whole) + len(",") <= LIMIT:
        return whole
    return Group(Code(f"{head}("), (body,), Code(")"))
