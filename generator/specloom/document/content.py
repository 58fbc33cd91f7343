"""What travels: Request Body, Response and Media Type Objects, as written."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.document.node import Node
from specloom.document.parameter import Notation, Parameter, read_header, read_notation
from specloom.document.schema import Schema, read_schema
from specloom.values import Place, Text

_STYLING = ("style", "explode", "allowReserved")
_POSITIONAL = ("prefixEncoding", "itemEncoding")


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How one member of a form is written."""

    at: Place
    name: Text
    content_type: Text | None
    notation: Notation
    is_styled: bool
    """Whether it says anything of style, which takes the place of a content type."""
    needs_headers: bool
    """Whether a header of the part is required; others a caller may give."""
    is_nested: bool
    """Whether it says how the parts of the part are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaType:
    at: Place
    name: Text
    schema: Schema | None
    item: Schema | None
    """Of a stream or of parts: each of them (`itemSchema` of OpenAPI 3.2)."""
    encodings: tuple[Encoding, ...]
    positional: bool
    """Whether it says how parts are written by their position, not by their name."""


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
    headers: tuple[Parameter, ...]
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
        headers=tuple(read_header(name, child) for name, child in found.children("headers")),
        content=_content(found),
    )


def _content(node: Node) -> tuple[MediaType, ...]:
    return tuple(_media_type(name, child) for name, child in node.children("content"))


def _media_type(name: str, node: Node) -> MediaType:
    found = node.followed()
    schema, item = found.get("schema"), found.get("itemSchema")
    return MediaType(
        at=node.at,
        name=Text(name),
        schema=None if schema is None else read_schema(schema),
        item=None if item is None else read_schema(item),
        encodings=tuple(_encoding(key, child) for key, child in found.children("encoding")),
        positional=any(found.get(key) is not None for key in _POSITIONAL),
    )


def _encoding(name: str, node: Node) -> Encoding:
    return Encoding(
        at=node.at,
        name=Text(name),
        content_type=node.text("contentType"),
        notation=read_notation(node),
        is_styled=any(node.get(key) is not None for key in _STYLING),
        is_nested=any(node.get(key) is not None for key in ("encoding", *_POSITIONAL)),
        needs_headers=any(h.followed().flag("required") for _, h in node.children("headers")),
    )
