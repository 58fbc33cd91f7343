"""An Operation Object, with what its Path Item says for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specloom.document.content import RequestBody, Response, read_request_body, read_response
from specloom.document.grammar import METHODS
from specloom.document.node import Node
from specloom.document.parameter import Parameter, read_parameter
from specloom.document.security import SecurityRequirement, read_requirements
from specloom.document.server import Server, read_servers
from specloom.values import Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    at: Place
    path: Text
    method: str
    operation_id: Text | None
    tags: tuple[Text, ...]
    summary: Text
    description: Text
    deprecated: bool
    parameters: tuple[Parameter, ...]
    """Those of the path item first; one of the operation takes the place of its namesake."""
    body: RequestBody | None
    responses: tuple[Response, ...]
    security: tuple[SecurityRequirement, ...] | None
    """None: that of the document holds."""
    servers: tuple[Server, ...]
    """Its own, or those of its path item: they stand instead of those of the document."""


def read_operations(root: Node) -> Iterator[Operation]:
    for path, item in root.children("paths"):
        if path.startswith("x-"):
            continue
        found = item.followed()
        for key, node in found.members():
            if key in METHODS:
                yield _operation(Text(path), key.upper(), node, found)


def _operation(path: Text, method: str, node: Node, item: Node) -> Operation:
    body = node.get("requestBody")
    security = node.get("security")
    return Operation(
        at=node.at,
        path=path,
        method=method,
        operation_id=node.text("operationId"),
        tags=node.texts("tags"),
        summary=node.prose("summary"),
        description=node.prose("description"),
        deprecated=node.flag("deprecated"),
        parameters=_parameters(node, item),
        body=None if body is None else read_request_body(body),
        responses=tuple(
            read_response(status, child)
            for status, child in node.children("responses")
            if not status.startswith("x-")
        ),
        security=None if security is None else read_requirements(security),
        servers=read_servers(node) or read_servers(item),
    )


def _parameters(node: Node, item: Node) -> tuple[Parameter, ...]:
    """OpenAPI 3.1.1, "Operation Object": a parameter is known by its name and location."""
    found: dict[tuple[str, Text], Parameter] = {}
    for owner in (item, node):
        for child in owner.elements("parameters"):
            parameter = read_parameter(child)
            found[parameter.location, parameter.name] = parameter
    return tuple(found.values())
