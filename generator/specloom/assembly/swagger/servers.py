"""Servers: where a host, a base path and schemes lead."""

from __future__ import annotations

from specloom.assembly.swagger.parts import Items, Members, Part, Word
from specloom.document.node import Node

_SAFE = "https"
_SPOKEN = ("https", "http")


def servers(owner: Node, root: Node) -> Part | None:
    """Return the servers of a document or, by its own `schemes`, of an operation.

    The safe scheme comes first, whatever the order: a client goes there by default, credentials
    and all. Without a host the address is relative to that of the document, whatever its scheme
    (Swagger 2.0, "Swagger Object"). None if there is nothing to say.
    """
    host, base = root.get("host"), root.get("basePath")
    path = (root.word("basePath") or "").strip("/")
    below = f"/{path}" if path else ""
    if host is None:
        if base is None or owner.at != root.at:
            return None
        return Items((_server(below or "/", base),), base.at)
    said = owner.get("schemes")
    found = {n.value: n for n in owner.elements("schemes") if isinstance(n.value, str)}
    schemes = {s: found[s] for s in _SPOKEN if s in found} or found or {_SAFE: host}
    address = f"{(root.word('host') or '').rstrip('/')}{below}"
    listed = (_server(f"{scheme}://{address}", host) for scheme in schemes)
    return Items(tuple(listed), host.at if said is None else said.at)


def _server(url: str, node: Node) -> Part:
    return Members({"url": Word(url, node.at)}, node.at)
