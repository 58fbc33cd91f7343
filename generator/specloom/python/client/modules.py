"""The modules of `client`: all in one, or a folder with a module for each group of operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from specloom.code import NOTHING, Code
from specloom.naming import reserved
from specloom.python.annotations import World
from specloom.python.client import views as client_views
from specloom.python.client.calls import method
from specloom.python.client.client import client
from specloom.python.imports import exports, import_from, pairs, statements, used
from specloom.python.layout import Group, block
from specloom.python.prose import Words, docstring
from specloom.values import Text

_HOMES = {
    "Mapping": "collections.abc",
    "Sequence": "collections.abc",
    "StrEnum": "enum",
    "TYPE_CHECKING": "typing",
    "Literal": "typing",
    "Self": "typing",
    "Unpack": "typing",
    "overload": "typing",
    "Decimal": "decimal",
    "UUID": "uuid",
    "json_of": "._answer",
    "nothing": "._answer",
    "AsyncGiven": "._auth",
    "Given": "._auth",
    "form": "._body",
    "json_body": "._body",
    "Call": "._call",
    "AsyncHttp": "._connect",
    "Http": "._connect",
    "ServerSentEvent": "._series",
    "by_cursor": "._cursor",
    "by_last_item": "._last_item",
    "by_link": "._link",
    "by_offset": "._offset",
    "by_page": "._page_number",
    "by_url": "._next_url",
    "IN_BODY": "._in_body",
    "AsyncPages": "._pages",
    "Pages": "._pages",
    "Paging": "._pages",
    "Octets": "._source",
    "Series": "._series",
    "CallOptions": "._options",
    "ClientOptions": "._options",
    "AsyncSession": "._session",
    "Group": "._session",
    "Session": "._session",
    "AsyncDownload": "._download",
    "Download": "._download",
    "open_download": "._download",
    "open_download_async": "._download",
    "AsyncEventStream": "._event_stream",
    "EventStream": "._event_stream",
    "open_events": "._event_stream",
    "open_events_async": "._event_stream",
    "AsyncStream": "._stream",
    "Stream": "._stream",
    "open_stream": "._stream",
    "open_stream_async": "._stream",
    "switched_on": "._switch",
    "Json": "._types",
    "JsonObject": "._types",
    "UNSET": "._types",
    "Unset": "._types",
    "Unknown": "._unknown",
    "UnknownInt": "._unknown",
}
SHOWN = frozenset(
    (
        *("CallOptions", "Json", "JsonObject", "Octets", "ServerSentEvent", "UNSET", "Unset"),
        *("AsyncDownload", "AsyncEventStream", "AsyncPages", "AsyncStream"),
        *("Download", "EventStream", "Pages", "Stream"),
    )
)
_MODULES = {f"_{module}": f"_{module}" for module in reserved.CALLS} | {"codecs": "codecs"}


def groups(world: World) -> Iterator[client_views.Group]:
    said = {group.name: group.docs.description for group in world.api.groups}
    for key, names in world.names.groups.items():
        words: Words = (said[key],) if key in said else ()
        operations = [o for o in world.api.operations if o.group == key]
        yield client_views.Group(
            sync=_class(names.sync, names.attribute, Code("Session")),
            asynchronous=_class(names.asynchronous, names.attribute, Code("AsyncSession")),
            module=NOTHING,
            attribute=names.attribute,
            docstring=docstring(words, indent=4),
            methods=tuple(method(operation, world) for operation in operations),
        )


def _class(name: Code, attribute: Code, session: Code) -> client_views.GroupClass:
    own = (Code("self"),)
    getter = Group(Code(f"def {attribute}("), own, Code(f") -> {name}:"), comma=True)
    return client_views.GroupClass(
        name=name,
        header=block(Group(Code(f"class {name}("), (Code(f"Group[{session}]"),), Code("):")), 0),
        getter=block(getter, 4),
        imported=NOTHING,
        made=block(Group(Code(f"return {name}("), own, Code(")")), 8),
    )


def _placed(group: client_views.Group, module: Code) -> client_views.Group:
    """Return a group in a module of its own."""
    sync, asynchronous = (
        replace(each, imported=import_from(f".{module}", (each.name,), 8))
        for each in (group.sync, group.asynchronous)
    )
    return replace(group, sync=sync, asynchronous=asynchronous, module=module)


def whole(world: World, found: tuple[client_views.Group, ...]) -> client_views.Client:
    """Return the one module that has everything."""
    view = client(world, found)
    names = used((*_parts_of_clients(view), *(part for g in found for part in _parts(g))))
    imports, typing = _imports(names, world, "")
    return replace(view, imports=imports, typing=typing)


def folder(
    world: World, found: tuple[client_views.Group, ...], modules: Mapping[Text | None, Code]
) -> tuple[client_views.Client, tuple[client_views.GroupModule, ...]]:
    """Return the module of the clients, and those of the groups."""
    names = tuple(modules[key] for key in world.names.groups)
    placed = tuple(map(_placed, found, names))
    view = client(world, placed)
    homes: dict[str, str] = {
        each.name: f".{group.module}"
        for group in placed
        for each in (group.sync, group.asynchronous)
    }
    wanted = used((*_parts_of_clients(view), Code("TYPE_CHECKING")))
    imports, _ = _imports(wanted, world, "client")
    return (
        replace(
            view,
            path="client/__init__.py",
            imports=imports,
            typing=statements(frozenset(homes), homes, {}, indent=4),
            homes=pairs(homes),
            exports=exports(
                (*homes, "Client", "AsyncClient", *(["Server"] if view.servers else []))
            ),
        ),
        tuple(_module(group, world) for group in placed),
    )


def _module(group: client_views.Group, world: World) -> client_views.GroupModule:
    imports, typing = _imports(used(_parts(group)), world, "client")
    return client_views.GroupModule(
        path=f"client/{group.module}.py",
        docstring=docstring(("The operations of `client.", group.attribute, "`."), indent=0),
        imports=imports,
        typing=typing,
        group=group,
    )


def _parts_of_clients(view: client_views.Client) -> Iterator[Code]:
    yield Code("AsyncSession Session Self Unpack ClientOptions")
    yield view.about
    for settings in (view.sync, view.asynchronous):
        yield from (settings.start, settings.begin, settings.change)
    for server in view.servers:
        yield from (Code("StrEnum"), server.signature, server.result)


def _parts(group: client_views.Group) -> Iterator[Code]:
    yield Code("AsyncSession Session Group Call")
    for one in group.methods:
        # what a method is called is no name that it uses
        for signature in (one.sync_signature, one.async_signature, one.call_signature):
            yield Code(signature.partition("(")[2])
        for overload in one.overloads:
            yield from (Code("overload"), Code(overload.sync.partition("(")[2]))
        for warning in one.warnings:
            yield from (warning.condition, warning.line)
        yield from (*one.checks, one.call, one.sync_call, one.async_call)
        if one.paged is not None:
            yield Code(one.paged.sync_signature.partition("(")[2])
            yield from (Code("Pages AsyncPages"), one.paged.signature, one.paged.paging)
        for gathered in one.gathered:
            yield gathered.start
            for statement in gathered.then:
                yield from (statement.condition, statement.line)


def _imports(
    names: frozenset[str], world: World, folder: str
) -> tuple[tuple[Code, ...], tuple[Code, ...]]:
    """Return the imports of a module, and those that only type checkers read."""
    types: dict[str, str] = {world.name(d.id): ".models" for d in world.api.definitions}
    if not world.loads_codecs:
        # every name of a type is in an annotation: none is loaded before it is asked for
        typing = statements(names.intersection(types), types, {}, folder=folder, indent=4)
        marked = names.union(("TYPE_CHECKING",)) if typing else names
        return statements(marked, _HOMES, _MODULES, folder=folder), typing
    homes = types | dict(_codecs(world)) | _HOMES
    return statements(names, homes, _MODULES, folder=folder), ()


def _codecs(world: World) -> Iterator[tuple[str, str]]:
    for definition in world.api.definitions:
        for verb in ("decode", "encode", "parts"):
            yield f"{verb}_{world.codec(definition.id)}", ".codecs"


def shown(found: Iterable[client_views.Group]) -> dict[str, str]:
    """Return the types of the runtime that methods take and return, with their homes: callers who
    annotate functions of their own need names for them."""
    names = used(part for group in found for part in _signed(group))
    return {name: home for name, home in _HOMES.items() if name in names & SHOWN}


def _signed(group: client_views.Group) -> Iterator[Code]:
    for each in group.methods:
        paged = () if each.paged is None else (each.paged.sync_signature,)
        for signature in (each.sync_signature, each.async_signature, *paged):
            yield Code(signature.partition("(")[2])
        if paged:
            yield Code("AsyncPages")
