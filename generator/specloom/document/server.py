"""Server and Server Variable Objects, as written."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.document.node import Node
from specloom.values import EMPTY, Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    at: Place
    name: Text
    choices: tuple[Text, ...]
    default: Text
    description: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    at: Place
    url: Text
    name: Text
    description: Text
    variables: tuple[Variable, ...]


def read_servers(node: Node) -> tuple[Server, ...]:
    """Read the `servers` of a document, a path item or an operation."""
    return tuple(_server(child) for child in node.elements("servers"))


def _server(node: Node) -> Server:
    return Server(
        at=node.at,
        url=node.prose("url"),
        name=node.text("name") or node.text("x-speakeasy-server-id") or EMPTY,
        description=node.prose("description"),
        variables=tuple(_variable(name, child) for name, child in node.children("variables")),
    )


def _variable(name: str, node: Node) -> Variable:
    return Variable(
        at=node.at,
        name=Text(name),
        choices=node.texts("enum"),
        default=node.prose("default"),
        description=node.prose("description"),
    )
