"""The clients: one that waits and one that awaits, and what they are made with."""

from __future__ import annotations

import re

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import World
from specloom.python.client import views as client_views
from specloom.python.client.calls import security
from specloom.python.client.servers import base_of_api, servers
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal
from specloom.python.models import the_api
from specloom.python.prose import docstring
from specloom.values import Text

_UNFIT = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LONGEST = 60


def client(world: World, groups: tuple[client_views.Group, ...]) -> client_views.Client:
    """Return the view of the two clients, without the imports of their module."""
    return client_views.Client(
        path="client.py",
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
        typing=(),
        homes=(),
        exports=(),
        servers=tuple(servers(world)),
        about=_about(world),
        sync=_settings(world, Code("Given"), Code("Http")),
        asynchronous=_settings(world, Code("AsyncGiven"), Code("AsyncHttp")),
        groups=groups,
    )


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


def _settings(world: World, given: Code, http: Code) -> client_views.Settings:
    api = world.api
    held = {s: world.names.credentials[s.key] for s in api.security_schemes if _is_held(s)}
    place, base = base_of_api(world)
    start: list[Doc] = [Code("self"), Code("*"), *place]
    change: list[Doc] = [Code("self"), *([Code("*")] if held else [])]
    for scheme, name in held.items():
        kind = Code("tuple[str, str]" if isinstance(scheme.by, ir.Basic) else "str")
        start.append(Code(f"{name}: {given}[{kind}] = None"))
        change.append(Code(f"{name}: {given}[{kind}] | Unset = UNSET"))
    start += (Code(f"http: {http} | None = None"), Code("**settings: Unpack[ClientOptions]"))
    change.append(Code("**settings: Unpack[ClientOptions]"))
    keys = tuple(Code(f"{name}={_credential(s.by, name)}") for s, name in held.items())
    begin: tuple[Doc, ...] = (base, Code("_ABOUT"), Code("http"), Code("settings"), *keys)
    return client_views.Settings(
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
