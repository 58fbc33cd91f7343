"""A document as Prism gets it: with answers of success alone, and paths as they are on the wire.

Where an error is documented, Prism would answer a wrong request with it, and not say what is wrong.
It looks at no address of `servers`: a client appends one that is relative to the address it is given.
"""

from __future__ import annotations

import json
from pathlib import Path

from .document import Json, Node, Operation, members, operations


def mocked(root: Json, folder: Path) -> Path:
    """Write such a copy of a document."""
    copied = _alone(root)
    paths: dict[str, Json] = {}
    for operation in operations(copied):
        members(operation.node.value)["responses"] = _of_success(operation)
        item = {"parameters": [parameter.value for parameter in operation.parameters]}
        path = _prefix(copied, operation) + operation.path
        methods = members(paths.setdefault(path, {}))
        methods[operation.method.lower()] = {**_plain(operation.node.members), **item}
    written = folder / "mocked.json"
    kept = _plain({k: v for k, v in members(copied).items() if k != "servers"})
    kept["info"] = _plain(members(kept.get("info")))
    written.write_text(json.dumps({**kept, "paths": paths}), "utf-8")
    return written


def _alone(value: Json) -> Json:
    """Return a copy that refers to no other file: examples may, and are not needed."""
    if isinstance(value, list):
        return [_alone(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _alone(child) for name, child in value.items() if not _leads_away(child)}


def _leads_away(value: Json) -> bool:
    reference = members(value).get("$ref")
    return isinstance(reference, str) and not reference.startswith("#")


def _plain(written: dict[str, Json]) -> dict[str, Json]:
    """Return an object without its extensions: Prism opens every file that they refer to."""
    return {name: value for name, value in written.items() if not name.startswith("x-")}


def _of_success(operation: Operation) -> dict[str, Json]:
    responses = members(operation.node.members.get("responses"))
    found = {status: r for status, r in responses.items() if status.startswith(("2", "3"))}
    if not found and "default" in responses:
        found = {"200": responses["default"]}
    # without any, Prism would say just that, of a wrong request as well
    return found or {"200": {"description": ""}}


def _prefix(root: Json, operation: Operation) -> str:
    """Return the path that goes before that of an operation: of the server closest to it."""
    item = Node.top(root).get("paths")
    holders = (operation.node, item and item.get(operation.path), Node.top(root))
    for holder in holders:
        for _, server in () if holder is None else holder.children("servers"):
            url = server.word("url") or ""
            return "" if "://" in url else url.rstrip("/")
    return ""
