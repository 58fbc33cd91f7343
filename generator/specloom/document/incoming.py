"""What an API asks of its users: the requests of webhooks and callbacks, as written."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from specloom.document.grammar import WEBHOOKS
from specloom.document.node import Node
from specloom.document.operation import Operation, addressed, read_operation, requests
from specloom.values import EMPTY, Place, Text


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a webhook of which the document tells what it says."""

    name: Text
    values: tuple[Text, ...]
    is_shown: bool
    """Whether it tells that by examples alone."""
    at: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    key: Text
    """Of the webhook, or of the callback."""
    home: Place
    """Where it stands among others: the map of all webhooks, or the callbacks of an operation."""
    caller: str | None
    """The address of the operation whose callback it is; None: a webhook."""
    operation: Operation
    """Its path is the runtime expression of a callback, and empty for a webhook."""
    headers: tuple[Header, ...]
    """Of a webhook."""


def read_incoming(root: Node) -> Iterator[Incoming]:
    """Read webhooks, then callbacks, those within either too; what is referred to twice, once."""
    seen: set[str] = set()
    pending = deque[tuple[str, Node]]()
    for key, item in (pair for field in WEBHOOKS for pair in root.children(field)):
        for one, node in _incoming(Text(key), None, EMPTY, item, seen):
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
                yield from _incoming(Text(key), caller, Text(expression), item, seen)


def _incoming(
    key: Text, caller: str | None, path: Text, mention: Node, seen: set[str]
) -> Iterator[tuple[Incoming, Node]]:
    item, home = mention.followed(), Place(mention.at.file, mention.at.pointer.rpartition("/")[0])
    for method, node in requests(item):
        address = node.at.pointer
        if address not in seen:
            seen.add(address)
            operation = read_operation(path, method, node, item, address)
            headers = tuple(_headers(item, node)) if caller is None else ()
            one = Incoming(key=key, home=home, caller=caller, operation=operation, headers=headers)
            yield one, node


def _headers(item: Node, operation: Node) -> Iterator[Header]:
    """Return the headers of which it is told what they say; those of the operation count first."""
    found: dict[str, Node] = {}
    for owner in (operation, item):
        for child in owner.elements("parameters"):
            parameter = child.followed()
            if parameter.word("in") == "header":
                found.setdefault(parameter.prose("name").raw.lower(), parameter)
    for parameter in found.values():
        schema = parameter.get("schema")
        said = () if schema is None else _said(schema.followed())
        if values := said or tuple(_shown(parameter, schema)):
            yield Header(parameter.prose("name"), values, is_shown=not said, at=parameter.at)


def _said(schema: Node) -> tuple[Text, ...]:
    constant = schema.text("const")
    return (constant,) if constant is not None else schema.texts("enum")


def _shown(parameter: Node, schema: Node | None) -> Iterator[Text]:
    """Return what examples say: of the parameter, or else of its schema."""
    examples = [example.followed() for _, example in parameter.children("examples")]
    found = [parameter.text("example"), *(example.text("value") for example in examples)]
    if schema is not None and not any(found):
        found = [schema.followed().text("example"), *schema.followed().texts("examples")]
    yield from dict.fromkeys(value for value in found if value is not None)
