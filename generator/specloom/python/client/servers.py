"""Servers: constants for those that are complete, functions for those with variables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.python.annotations import World
from specloom.python.client import views as client_views
from specloom.python.layout import Alternatives, Doc, Group, block
from specloom.python.literals import literal
from specloom.python.prose import docstring
from specloom.values import Text

_HOLE = re.compile(r"\{([^{}]*)\}")
_COMPLETE = re.compile(r"https?://[^/?#@\\\s{}]+(/[^?#\\\s{}]*)?", re.IGNORECASE)


def address(server: ir.Server) -> Text:
    """Return where a server is while nobody chooses otherwise."""
    defaults = {v.wire_name.raw: v.default.raw for v in server.variables}
    return Text(_HOLE.sub(lambda hole: defaults[hole[1]], server.url.raw).rstrip("/"))


def is_complete(server: ir.Server) -> bool:
    """Return whether the defaults of its variables make an address of HTTP."""
    return not server.variables or _COMPLETE.fullmatch(address(server).raw) is not None


def first(api: ir.Api) -> ir.Server | None:
    """Return the server that a client calls by default."""
    return next((s for s in api.servers[:1] if is_complete(s)), None)


def base_of_api(world: World) -> tuple[tuple[Code, ...], Code]:
    """Return the parameters that say where an API is, and the address that is made of them."""
    server, relative = first(world.api), world.api.relative_server
    declared, base = [Code("base_url: str")], Code("base_url")
    if server is not None:
        declared = [Code(f"base_url: str = Server.{world.names.servers[server.url]}")]
    if relative is not None:
        declared.append(Code(f"server: str = {literal(relative.url)}"))
        base = Code("_server.below(base_url, server)")
    return tuple(declared), base


def servers(world: World) -> Iterator[client_views.ServerMember]:
    for server in world.api.servers:
        name = world.names.servers[server.url]
        declaration = NOTHING
        if is_complete(server):
            declaration = block(Alternatives(Code(f"{name} = "), (literal(address(server)),)), 4)
        if not server.variables:
            yield client_views.ServerMember(
                declaration=declaration, signature=NOTHING, docstring=NOTHING, result=NOTHING
            )
            continue
        yield client_views.ServerMember(
            declaration=declaration,
            signature=_signature(server, world),
            docstring=docstring((server.docs.description,), indent=8),
            result=_result(server, world),
        )


def _signature(server: ir.Server, world: World) -> Code:
    name = world.names.servers[server.url].lower()
    items: list[Doc] = [Code("*")]
    for variable in server.variables:
        argument = world.names.variables[server.url, variable.wire_name]
        kind = Code("str")
        if variable.choices:
            kind = Code(f"Literal[{', '.join(map(literal, variable.choices))}]")
        default = NOTHING
        if variable.default in variable.choices or (variable.default.raw and not variable.choices):
            default = Code(f" = {literal(variable.default)}")
        items.append(Code(f"{argument}: {kind}{default}"))
    return block(Group(Code(f"def {name}_url("), tuple(items), Code(") -> str:"), comma=True), 4)


def _result(server: ir.Server, world: World) -> Code:
    named = {v: world.names.variables[server.url, v.wire_name] for v in server.variables}
    values = tuple(Code(f"{literal(v.wire_name)}: {name}") for v, name in named.items())
    chosen = [v for v in server.variables if v.choices]
    arguments: list[Doc] = [
        literal(Text(server.url.raw.rstrip("/"))),
        Group(Code("{"), values, Code("}"), display=True),
    ]
    if chosen:
        choices = tuple(
            Code(f"{literal(v.wire_name)}: [{', '.join(map(literal, v.choices))}]") for v in chosen
        )
        arguments.append(Group(Code("{"), choices, Code("}"), display=True))
    return block(Group(Code("return _server.filled("), tuple(arguments), Code(")")), 8)
