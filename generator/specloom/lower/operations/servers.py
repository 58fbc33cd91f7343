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
_RELATIVE = re.compile(r"\{.*|(?!//)[^\s:?#\\/]*(/[^\s?#\\]*)?")
"""What has no host in it, however it is read (RFC 3986, section 4.2)."""
_COMPLETE = re.compile(
    r"[A-Za-z]+://(?:[^\x00-\x2c/:-@\[-^`{-\x7f\s]+|\[[0-9A-Fa-f:.]+\])(?::[^/?#@\\\s{}]*)?(/[^?#\\\s{}]*)?"
)
"""A host is a name or an address, with a port or none (RFC 3986, section 3.2.2)."""
_ABSOLUTE = re.compile(r"(https?|\{[^{}]*\})://|\{", re.IGNORECASE)


def lower_servers(
    servers: tuple[Server, ...], *, own: bool = False
) -> Lowering[tuple[ir.Server, ...]]:
    """Return the servers that say anything: `/` alone is the caller's own.

    Yields a finding for one that is left out: for a variable that is not declared, and so has no
    default, for an address that an earlier one has, and for one of another protocol. Raises Refused
    for the last where it is `own`, that of an operation: its requests would go elsewhere without it.
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
        elif (wrong := _wrong(server, is_whole=not holes)) is not None:
            message, hint = wrong
            if own:
                raise Refused(finding("server-address", server.at.step("url"), message, hint))
            message = f"{message}: this server is left out"
            yield finding("no-such-server", server.at.step("url"), message, hint)
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


def _wrong(server: Server, *, is_whole: bool) -> tuple[str, str] | None:
    """Return what is wrong with an address that is no address of HTTP, and what to do about it."""
    scheme, mark, _ = server.url.raw.partition("://")
    if not mark and not _RELATIVE.fullmatch(server.url.raw):
        message = f"`{shown(server.url)}` is neither an address of HTTP nor one below another"
        return message, "write `https://` before the name of a host"
    if mark and is_whole and not _COMPLETE.fullmatch(server.url.raw):
        message = f"`{shown(server.url)}` is more, or less, than a host and a path"
        return message, "leave out users, passwords, queries, fragments and blanks"
    if mark and "{" not in scheme and scheme.lower() not in ("http", "https"):
        return f"`{shown(server.url)}` is no address of HTTP", ""
    return None


def _server(server: Server, variables: tuple[Variable, ...]) -> ir.Server:
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
