"""An Operation Object, with what its Path Item says for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from specloom.document.content import RequestBody, Response, read_request_body, read_response
from specloom.document.grammar import METHODS
from specloom.document.hints import group_hint, name_hint
from specloom.document.node import Node
from specloom.document.page_hints import PageHint, page_hint
from specloom.document.parameter import Parameter, read_parameter
from specloom.document.security import SecurityRequirement, read_requirements
from specloom.document.server import Server, read_servers
from specloom.values import Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    at: Place
    address: str
    """By which it is known: a path item that two paths share has an operation for each."""
    path: Text
    method: str
    """As it is sent: those of `additionalOperations` are written as they are (OpenAPI 3.2.0)."""
    operation_id: Text | None
    hint: Text | None
    """What an extension calls it, within its group."""
    group: Text | None
    """What an extension calls its group, or else its first tag."""
    summary: Text
    description: Text
    deprecated: bool
    parameters: tuple[Parameter, ...]
    """Those of the path item first; one of the operation takes the place of its namesake."""
    body: RequestBody | None
    responses: tuple[Response, ...]
    security: tuple[SecurityRequirement, ...] | None
    """None: that of the document holds."""
    pages: PageHint | None
    """What an extension says of how its answers go on."""
    servers: tuple[Server, ...]
    """Its own, or those of its path item: they stand instead of those of the document."""


def read_operations(root: Node, only: Callable[[str], bool] | None = None) -> Iterator[Operation]:
    """Read the operations of all path items, or of those whose pointers are asked for."""
    for path, item in root.children("paths"):
        if path.startswith("x-") or (only is not None and not only(item.at.pointer)):
            continue
        found = item.followed()
        for address, method, node in addressed(item):
            yield read_operation(Text(path), method, node, found, address)


def addressed(item: Node) -> Iterator[tuple[str, str, Node]]:
    """Return the operations of a path item, which may be written elsewhere, each by its address."""
    found = item.followed()
    for method, node in requests(found):
        own = node.at.pointer.removeprefix(found.at.pointer)
        yield f"{item.at.pointer}{own}", method, node


def requests(item: Node) -> Iterator[tuple[str, Node]]:
    """Return the operations of a path item, each by its method."""
    for key, node in item.members():
        if key in METHODS:
            yield key.upper(), node
    yield from item.children("additionalOperations")


def read_operation(path: Text, method: str, node: Node, item: Node, address: str) -> Operation:
    """Read an operation of a path item that has been followed."""
    body = node.get("requestBody")
    security = node.get("security")
    return Operation(
        at=node.at,
        address=address,
        path=path,
        method=method,
        operation_id=node.text("operationId"),
        hint=name_hint(node),
        group=group_hint(node) or next(iter(node.texts("tags")), None),
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
        pages=page_hint(node),
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
