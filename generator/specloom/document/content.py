"""What travels: Request Body, Response and Media Type Objects, as written."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.document.node import Node
from specloom.document.schema import Schema, read_schema
from specloom.values import Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaType:
    at: Place
    name: Text
    schema: Schema | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody:
    at: Place
    description: Text
    required: bool
    content: tuple[MediaType, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    at: Place
    status: str
    """A code, a range such as `2XX`, or `default`."""
    description: Text
    content: tuple[MediaType, ...]


def read_request_body(node: Node) -> RequestBody:
    found = node.followed()
    return RequestBody(
        at=found.at,
        description=found.prose("description"),
        required=found.flag("required"),
        content=_content(found),
    )


def read_response(status: str, node: Node) -> Response:
    found = node.followed()
    return Response(
        at=found.at,
        status=status.upper() if status != "default" else status,
        description=found.prose("description"),
        content=_content(found),
    )


def _content(node: Node) -> tuple[MediaType, ...]:
    return tuple(
        MediaType(
            at=child.at,
            name=Text(name),
            schema=(
                None if (schema := child.followed().get("schema")) is None else read_schema(schema)
            ),
        )
        for name, child in node.children("content")
    )
