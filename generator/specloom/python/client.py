"""The view of `client`: one description of each call, and the clients that wait or await."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specloom import ir
from specloom.code import Code
from specloom.python import views
from specloom.python.annotations import World
from specloom.python.calls import method, security
from specloom.python.imports import statements, used
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal
from specloom.python.models import the_api
from specloom.python.prose import docstring
from specloom.python.servers import first, servers
from specloom.values import Text

_HOMES = {
    "Mapping": "collections.abc",
    "Sequence": "collections.abc",
    "StrEnum": "enum",
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
    "Octets": "._file",
    "CallOptions": "._options",
    "ClientOptions": "._options",
    "AsyncSession": "._session",
    "Group": "._session",
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
        "_anything",
        "_api_key",
        "_auth",
        "_base64",
        "_basic",
        "_body",
        "_check",
        "_choice",
        "_date",
        "_date_time",
        "_decimal",
        "_duration",
        "_form",
        "_headers",
        "_items",
        "_limits",
        "_media",
        "_members",
        "_multipart",
        "_nested",
        "_plain",
        "_server",
        "_session",
        "_style",
        "_time",
        "_unknown",
        "_url",
        "_write",
    )
}
_UNFIT = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LONGEST = 60


def client(world: World) -> views.Client:
    view = views.Client(
        docstring=_docs(
            "Clients of ", world.api, ": one that waits and one that awaits.", indent=0
        ),
        sync_docstring=_docs(
            "Calls ", world.api, " and waits for its answers.", indent=4, short=True
        ),
        async_docstring=_docs(
            "Calls ", world.api, " and awaits its answers.", indent=4, short=True
        ),
        imports=(),
        servers=tuple(servers(world)),
        about=_about(world),
        sync=_settings(world, Code("Given"), Code("Http")),
        asynchronous=_settings(world, Code("AsyncGiven"), Code("AsyncHttp")),
        groups=tuple(_groups(world)),
    )
    return _with_imports(view, world)


def _docs(before: str, api: ir.Api, after: str, *, indent: int, short: bool = False) -> Code:
    words = the_api(api)
    return docstring((before, *(words[:3] if short else words), after), indent=indent)


def agent(api: ir.Api) -> Text:
    """Return what a client calls itself (RFC 9110, section 10.1.5): "Polar-API-client/0.1.0"."""
    names = (api.title.raw, api.version.raw)
    title, version = (_UNFIT.sub("-", name.strip()).strip("-")[:_LONGEST] for name in names)
    return Text("/".join(filter(None, (f"{title or 'API'}-client", version))))


def _about(world: World) -> Code:
    """Return the statement of what the document says of the whole client."""
    asked = (security(world.api.security, world),) if world.api.security else ()
    items: tuple[Doc, ...] = (Code(f"agent={literal(agent(world.api))}"), *asked)
    return block(Group(Code("_ABOUT = _session.About("), items, Code(")")), 0)


def _settings(world: World, given: Code, http: Code) -> views.Settings:
    api = world.api
    held = {s: world.names.credentials[s.key] for s in api.security_schemes if _is_held(s)}
    start: list[Doc] = [Code("self"), Code("*"), Code("base_url: str")]
    server = first(api)
    if server is not None:
        start[-1] = Code(f"base_url: str = Server.{world.names.servers[server.url]}")
    base = Code("base_url")
    if api.relative_server is not None:
        start.append(Code(f"server: str = {literal(api.relative_server.url)}"))
        base = Code("_server.below(base_url, server)")
    change: list[Doc] = [Code("self"), *([Code("*")] if held else [])]
    for scheme, name in held.items():
        kind = Code("tuple[str, str]" if isinstance(scheme.by, ir.Basic) else "str")
        start.append(Code(f"{name}: {given}[{kind}] = None"))
        change.append(Code(f"{name}: {given}[{kind}] | Unset = UNSET"))
    start += (Code(f"http: {http} | None = None"), Code("**settings: Unpack[ClientOptions]"))
    change.append(Code("**settings: Unpack[ClientOptions]"))
    keys = tuple(Code(f"{name}={_credential(s.by, name)}") for s, name in held.items())
    begin: tuple[Doc, ...] = (base, Code("_ABOUT"), Code("http"), Code("settings"), *keys)
    return views.Settings(
        start=block(Group(Code("def __init__("), tuple(start), Code(") -> None:"), comma=True), 4),
        begin=block(Group(Code("super().__init__("), begin, Code(")")), 8),
        change=block(
            Group(Code("def with_options("), tuple(change), Code(") -> Self:"), comma=True), 4
        ),
        changed=block(Group(Code("return self._with("), (Code("settings"), *keys), Code(")")), 8),
    )


def _is_held(scheme: ir.SecurityScheme) -> bool:
    return not isinstance(scheme.by, ir.MutualTls)


def _credential(by: ir.Authentication, name: Code) -> Code:
    match by:
        case ir.Bearer():
            return Code(f"_auth.bearer({name})")
        case ir.Basic():
            return Code(f"_basic.basic({name})")
        case ir.Custom(scheme):
            return Code(f"_basic.custom({literal(scheme)}, {name})")
        case ir.ApiKey(location, wire_name):
            return Code(
                f"_api_key.api_key({literal(location.value)}, {literal(wire_name)}, {name})"
            )
        case ir.MutualTls():
            raise AssertionError("no credential of a request")


def _with_imports(view: views.Client, world: World) -> views.Client:
    parts = [Code("AsyncSession Session Self Unpack ClientOptions"), view.about]
    for settings in (view.sync, view.asynchronous):
        parts += [settings.start, settings.begin, settings.change]
    parts += [part for s in view.servers for part in (Code("StrEnum"), s.signature, s.result)]
    if view.groups:
        parts.append(Code("Group Call"))
    for one in (m for g in view.groups for m in g.methods):
        # what a method is called is no name that it uses
        signatures = (one.sync_signature, one.async_signature, one.call_signature)
        parts += [Code(signature.partition("(")[2]) for signature in signatures]
        parts += [Code("Call")]
        parts += [Code("overload") for _ in one.overloads]
        parts += [*one.checks, one.call]
        parts += [gathered.start for gathered in one.gathered]
        then = (statement for gathered in one.gathered for statement in gathered.then)
        parts += [part for s in then for part in (s.condition, s.line)]
    names: dict[str, str] = {}
    for definition in world.api.definitions:
        codec = world.codec(definition.id)
        names |= {world.name(definition.id): ".models"}
        names |= {f"{verb}_{codec}": ".codecs" for verb in ("decode", "encode", "parts")}
    imports = statements(used(parts), {**names, **_HOMES}, _MODULES)
    return views.Client(
        docstring=view.docstring,
        sync_docstring=view.sync_docstring,
        async_docstring=view.async_docstring,
        imports=imports,
        servers=view.servers,
        about=view.about,
        sync=view.sync,
        asynchronous=view.asynchronous,
        groups=view.groups,
    )


def _groups(world: World) -> Iterator[views.Group]:
    for key, names in world.names.groups.items():
        operations = [o for o in world.api.operations if o.group == key]
        yield views.Group(
            sync=names.sync,
            asynchronous=names.asynchronous,
            attribute=names.attribute,
            methods=tuple(method(operation, world) for operation in operations),
        )
