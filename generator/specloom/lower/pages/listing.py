"""Lists among the answers of operations: where the items are, and what an answer says beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from specloom import ir
from specloom.graph import seen_through
from specloom.lower.pages.words import ITEMS, PLACES, plain

_DEEPEST = 3
_MOST = 200
"""Members of an answer that are looked at: one that speaks of pages is not longer."""

Definitions = Mapping[ir.TypeId, ir.Definition]


@dataclass(frozen=True, slots=True)
class Fact:
    """A member that may speak of the page."""

    path: ir.Members
    of: ir.Property
    type: ir.Type
    """Without null, checks and aliases."""

    @property
    def word(self) -> str:
        return plain(self.path[-1].raw)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(plain(name.raw) for name in self.path)


@dataclass(frozen=True, slots=True)
class Listing:
    """An answer that holds a list."""

    page: ir.TypeId
    items: ir.Members
    item: ir.Type
    facts: tuple[Fact, ...]
    has_link: bool
    """Whether it has a header `Link`."""


def answer_of(
    operation: ir.Operation, definitions: Definitions
) -> tuple[ir.TypeId, tuple[ir.Response, ...]] | None:
    """Return the type of all successes, if they are of one, and JSON, and not null; and these."""
    hoped = operation.hoped_for
    types = {
        content.type if content.codec is ir.Codec.JSON and content.series is None else None
        for response in hoped
        for content in response.contents
    }
    found = next(iter(types), None)
    is_one = len(types) == 1 and all(len(r.contents) == 1 for r in hoped)
    if not is_one or found is None or _is_nullable(found, definitions):
        return None
    return found, hoped


def listing(operation: ir.Operation, definitions: Definitions) -> Listing | None:
    """Return what an operation answers with, where that is a list, or an object with one in it."""
    found = answer_of(operation, definitions)
    if found is None or operation.method == "HEAD":
        return None
    page, responses = found
    has_link = all(_has_link(response, definitions) for response in responses)
    whole = seen_through(ir.Ref(page), definitions)
    if isinstance(whole, ir.Array | ir.Checked) and isinstance(bare(whole, definitions), ir.Array):
        array = bare(whole, definitions)
        assert isinstance(array, ir.Array)
        return Listing(page, (), array.item, (), has_link)
    shape = object_of(whole, definitions)
    if shape is None:
        return None
    lists = tuple(_lists(shape, definitions))
    if not lists:
        lists = tuple(_wrapped(shape, definitions))
    place = _the_one(lists)
    if place is None:
        return None
    path, item = place
    return Listing(page, path, item, tuple(_facts(shape, (), path, definitions)), has_link)


def _has_link(response: ir.Response, definitions: Definitions) -> bool:
    if response.headers is None:
        return False
    known = definitions[response.headers.type].properties
    return any(header.wire_name.raw.lower() == "link" for header in known)


_Place = tuple[ir.Members, ir.Type]


def _lists(shape: ir.Object, definitions: Definitions) -> Iterator[_Place]:
    for member in shape.properties:
        type_ = bare(member.type, definitions)
        if isinstance(type_, ir.Array):
            yield (member.wire_name,), type_.item


def _wrapped(shape: ir.Object, definitions: Definitions) -> Iterator[_Place]:
    for member in shape.properties:
        inner = object_of(bare(member.type, definitions), definitions)
        if inner is not None and plain(member.wire_name.raw) not in PLACES:
            for path, item in _lists(inner, definitions):
                yield (member.wire_name, *path), item


def _the_one(lists: tuple[_Place, ...]) -> _Place | None:
    """Return the only list, or the only one that is called as items are."""
    if len(lists) == 1:
        return lists[0]
    called = [(path, item) for path, item in lists if plain(path[-1].raw) in ITEMS]
    return called[0] if len(called) == 1 else None


def _facts(
    shape: ir.Object, path: ir.Members, items: ir.Members, definitions: Definitions
) -> Iterator[Fact]:
    """Yield the members that are neither lists nor within what has nothing to do with pages."""
    for member in shape.properties[:_MOST]:
        way = (*path, member.wire_name)
        type_ = bare(member.type, definitions)
        inner = object_of(type_, definitions)
        if inner is None:
            yield Fact(way, member, type_)
        elif len(way) < _DEEPEST and (
            plain(member.wire_name.raw) in PLACES or way == items[: len(way)]
        ):
            yield from _facts(inner, way, items, definitions)


def bare(type_: ir.Type, definitions: Definitions) -> ir.Type:
    """Return a type without null and checks, and what an alias stands for."""
    found = seen_through(type_, definitions)
    while isinstance(found, ir.Nullable | ir.Checked):
        found = seen_through(found.of, definitions)
    return found


def object_of(type_: ir.Type, definitions: Definitions) -> ir.Object | None:
    if not isinstance(type_, ir.Ref):
        return None
    shape = definitions[type_.target].shape
    return shape if isinstance(shape, ir.Object) else None


def _is_nullable(id_: ir.TypeId, definitions: Definitions) -> bool:
    whole = seen_through(ir.Ref(id_), definitions)
    if isinstance(whole, ir.Ref):
        return definitions[whole.target].nullable
    return isinstance(whole, ir.Nullable | ir.Anything)
