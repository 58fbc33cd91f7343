"""The view of `client`: one description of each call, and the clients that wait or await."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.code import Code
from specloom.python import views
from specloom.python.annotations import World
from specloom.python.calls import TIMEOUT, method
from specloom.python.imports import statements, used
from specloom.python.layout import Group, block
from specloom.python.literals import literal
from specloom.python.models import the_api
from specloom.python.prose import docstring
from specloom.values import Text

_HOMES = {
    "Mapping": "collections.abc",
    "Sequence": "collections.abc",
    "StrEnum": "enum",
    "Literal": "typing",
    "UUID": "uuid",
    "json_of": "._answer",
    "nothing": "._answer",
    "form": "._body",
    "json_body": "._body",
    "Call": "._call",
    "AsyncSession": "._session",
    "Group": "._session",
    "Seconds": "._session",
    "Session": "._session",
    "AsyncHttp": "._transport",
    "Http": "._transport",
    "Json": "._types",
    "JsonObject": "._types",
    "UNSET": "._types",
    "Unset": "._types",
    "Unknown": "._unknown",
    "UnknownInt": "._unknown",
}
_MODULES = {
    name: name
    for name in (
        "_auth",
        "_url",
        "_write",
        "_check",
        "_limits",
        "_items",
        "_nested",
        "_anything",
        "_unknown",
    )
}


def client(world: World) -> views.Client:
    api = world.api
    keys = tuple(world.names.credentials[s.key] for s in api.security_schemes)
    base = Code("base_url: str")
    if api.servers:
        base = Code(f"base_url: str = Server.{world.names.servers[api.servers[0].url]}")
    tokens = tuple(Code(f"{key}: str | None = None") for key in keys)
    bearers = tuple(Code(f"{key}=_auth.bearer({key})") for key in keys)
    arguments = (Code("base_url"), Code("timeout"), Code("http"), *bearers)
    start = block(Group(Code("super().__init__("), arguments, Code(")")), 8)
    groups = tuple(_groups(world))
    servers = tuple(_servers(world))
    view = views.Client(
        docstring=_docs("Clients of ", api, ": one that waits and one that awaits.", indent=0),
        sync_docstring=_docs("Calls ", api, " and waits for its answers.", indent=4, short=True),
        async_docstring=_docs("Calls ", api, " and awaits its answers.", indent=4, short=True),
        imports=(),
        servers=servers,
        parameters=(base, *tokens, TIMEOUT),
        start=start,
        groups=groups,
    )
    return _with_imports(view, world)


def _docs(before: str, api: ir.Api, after: str, *, indent: int, short: bool = False) -> Code:
    words = the_api(api)
    return docstring((before, *(words[:3] if short else words), after), indent=indent)


def _with_imports(view: views.Client, world: World) -> views.Client:
    parts = [Code("AsyncSession Session Seconds AsyncHttp Http UNSET"), view.start]
    if view.servers:
        parts.append(Code("StrEnum"))
    if view.groups:
        parts.append(Code("Group Call"))
    for one in (m for g in view.groups for m in g.methods):
        parts += [one.sync_signature, one.async_signature, one.call_signature]
        parts += [*one.checks, one.call, one.query]
        parts += [part for s in one.query_if for part in (s.condition, s.line)]
    names: dict[str, str] = {}
    for definition in world.api.definitions:
        codec = world.codec(definition.id)
        names |= {world.name(definition.id): ".models"}
        names |= {f"decode_{codec}": ".codecs", f"encode_{codec}": ".codecs"}
    imports = statements(used(parts), {**names, **_HOMES}, _MODULES)
    return views.Client(
        docstring=view.docstring,
        sync_docstring=view.sync_docstring,
        async_docstring=view.async_docstring,
        imports=imports,
        servers=view.servers,
        parameters=view.parameters,
        start=view.start,
        groups=view.groups,
    )


def _servers(world: World) -> Iterator[views.ServerMember]:
    for server in world.api.servers:
        name = world.names.servers[server.url]
        declaration = Code(f"{name} = {literal(Text(server.url.raw.rstrip('/')))}")
        yield views.ServerMember(declaration=declaration, docstring=Code(""))


def _groups(world: World) -> Iterator[views.Group]:
    for key, names in world.names.groups.items():
        operations = [o for o in world.api.operations if o.group == key]
        yield views.Group(
            sync=names.sync,
            asynchronous=names.asynchronous,
            attribute=names.attribute,
            methods=tuple(method(operation, world) for operation in operations),
        )
