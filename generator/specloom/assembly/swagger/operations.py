"""Paths and their operations."""

from __future__ import annotations

from specloom.assembly.swagger.bodies import body
from specloom.assembly.swagger.parameters import inherited, parameters
from specloom.assembly.swagger.parts import Kept, Members, Part
from specloom.assembly.swagger.responses import responses
from specloom.assembly.swagger.servers import servers
from specloom.document.node import Node
from specloom.document.swagger import METHODS

_SAME = (
    "tags",
    "summary",
    "description",
    "externalDocs",
    "operationId",
    "deprecated",
    "security",
)


def paths(node: Node, root: Node) -> Part:
    """Return all paths."""
    members: dict[str, Part] = {}
    for path, child in node.members():
        members[path] = Kept(child) if path.startswith("x-") else _path_item(child, root)
    return Members(members, node.at)


def _path_item(node: Node, root: Node) -> Part:
    found = node.followed()
    members: dict[str, Part] = {}
    for key, child in found.members():
        if key in METHODS:
            members[key] = _operation(child, found, root)
        elif key.startswith("x-"):
            members[key] = Kept(child)
    if (listed := parameters(found)) is not None:
        members["parameters"] = listed
    return Members(members, node.at)


def _operation(node: Node, item: Node, root: Node) -> Part:
    members: dict[str, Part] = {}
    for key, child in node.members():
        match key:
            case "responses":
                members[key] = responses(child, node, root)
            case "schemes":
                if (found := servers(node, root)) is not None:
                    members["servers"] = found
            case _ if key in _SAME or key.startswith("x-"):
                members[key] = Kept(child)
            case _:
                continue
    if (listed := parameters(node)) is not None:
        members["parameters"] = listed
    if (sent := body(inherited(item, node), node, root)) is not None:
        members["requestBody"] = sent
    return Members(members, node.at)
