"""What an API asks of its users: the requests of webhooks and callbacks, as written."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from specloom.document.node import Node
from specloom.document.operation import Operation, addressed, read_operation, requests
from specloom.values import EMPTY, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    key: Text
    """Of the webhook, or of the callback."""
    caller: str | None
    """The address of the operation whose callback it is; None: a webhook."""
    operation: Operation
    """Its path is the runtime expression of a callback, and empty for a webhook."""


def read_incoming(root: Node) -> Iterator[Incoming]:
    """Read webhooks, then callbacks, those within either too; what is referred to twice, once."""
    seen: set[str] = set()
    pending = deque[tuple[str, Node]]()
    for key, item in root.children("webhooks"):
        for one, node in _incoming(Text(key), None, EMPTY, item.followed(), seen):
            yield one
            pending.append((one.operation.address, node))
    for path, item in root.children("paths"):
        if not path.startswith("x-"):
            pending += ((address, node) for address, _, node in addressed(item))
    while pending:
        caller, operation = pending.popleft()
        for one, node in _callbacks(caller, operation, seen):
            yield one
            pending.append((one.operation.address, node))


def _callbacks(caller: str, operation: Node, seen: set[str]) -> Iterator[tuple[Incoming, Node]]:
    for key, callback in operation.children("callbacks"):
        for expression, item in callback.followed().members():
            if not expression.startswith("x-"):
                yield from _incoming(Text(key), caller, Text(expression), item.followed(), seen)


def _incoming(
    key: Text, caller: str | None, path: Text, item: Node, seen: set[str]
) -> Iterator[tuple[Incoming, Node]]:
    for method, node in requests(item):
        address = node.at.pointer
        if address not in seen:
            seen.add(address)
            operation = read_operation(path, method, node, item, address)
            yield Incoming(key=key, caller=caller, operation=operation), node
