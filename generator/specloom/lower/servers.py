"""Servers: where requests go, and what callers may choose of it."""

from __future__ import annotations

import re

from specloom import ir
from specloom.diagnostics import Refused
from specloom.document.server import Server, Variable
from specloom.lower.draft import Lowering
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Text

_HOLE = re.compile(r"\{([^{}]*)\}")
_RELATIVE = re.compile(r"\{.*|(?!//)[^\s:?#\\]*(/[^\s?#\\]*)?")
"""What has no host in it, however it is read (RFC 3986, section 4.2)."""
_COMPLETE = re.compile(r"[A-Za-z]+://[^/?#@\\\s{}]+(/[^?#\\\s{}]*)?")
_ABSOLUTE = re.compile(r"(https?|\{[^{}]*\})://|\{", re.IGNORECASE)


def lower_servers(servers: tuple[Server, ...]) -> Lowering[tuple[ir.Server, ...]]:
    """Return the servers that say anything: `/` alone is the caller's own.

    Yields a finding for a variable that is not declared: it has no default, so that the server
    is left out; and for an address that an earlier one has. Raises Refused for an address of
    another protocol.
    """
    found: dict[str, ir.Server] = {}
    for server in servers:
        variables = {v.name.raw: v for v in server.variables}
        holes = tuple(dict.fromkeys(_HOLE.findall(server.url.raw)))
        missing = [hole for hole in holes if hole not in variables]
        if missing:
            message = f"`{{{shown(missing[0])}}}` is not declared: this server is left out"
            hint = "declare it in `variables`, with a `default`"
            yield finding("server-variable", server.at.step("url"), message, hint)
        elif server.url.raw in found:
            message = f"`{shown(server.url)}` is a server already: this one is left out"
            yield finding("server-twice", server.at.step("url"), message)
        elif server.url.raw != "/":
            found[server.url.raw] = _server(server, tuple(variables[hole] for hole in holes))
    return tuple(found.values())


def is_relative(server: ir.Server) -> bool:
    """Return whether an address is one below that of the caller (RFC 3986, section 4.2)."""
    return not _ABSOLUTE.match(server.url.raw)


def is_usable(server: ir.Server) -> bool:
    """Return whether an operation can go there while nobody chooses its variables."""
    defaults = {v.wire_name.raw: v.default.raw for v in server.variables}
    address = _HOLE.sub(lambda hole: defaults[hole[1]], server.url.raw)
    return is_relative(server) or _COMPLETE.fullmatch(address) is not None


def _server(server: Server, variables: tuple[Variable, ...]) -> ir.Server:
    scheme, mark, _ = server.url.raw.partition("://")
    if not mark and not _RELATIVE.fullmatch(server.url.raw):
        message = f"`{shown(server.url)}` is neither an address of HTTP nor one below another"
        hint = "write `https://` before the name of a host"
        raise Refused(finding("server-address", server.at.step("url"), message, hint))
    if mark and not variables and not _COMPLETE.fullmatch(server.url.raw):
        message = f"`{shown(server.url)}` is more, or less, than a host and a path"
        hint = "leave out users, passwords, queries, fragments and blanks"
        raise Refused(finding("server-address", server.at.step("url"), message, hint))
    if mark and "{" not in scheme and scheme.lower() not in ("http", "https"):
        message = f"`{shown(server.url)}` is no address of HTTP"
        raise Refused(finding("server-address", server.at.step("url"), message))
    hints = tuple(ir.Said(text) for text in (server.name, server.description) if text.raw)
    return ir.Server(
        url=server.url,
        variables=tuple(_variable(variable) for variable in variables),
        hints=hints,
        docs=ir.Docs(description=server.description),
        at=server.at,
    )


def _variable(variable: Variable) -> ir.Variable:
    return ir.Variable(
        wire_name=variable.name,
        choices=tuple(dict.fromkeys(variable.choices)),
        default=variable.default or Text(""),
        docs=ir.Docs(description=variable.description),
    )
