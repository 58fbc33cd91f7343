"""Parameter and Header Objects, as written: a value in a URL or a header, and its notation."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.document.hints import name_hint
from specloom.document.node import Node
from specloom.document.schema import Schema, read_schema
from specloom.values import Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """How a value is written (OpenAPI 3.2.0, "Fixed Fields for use with `schema`")."""

    style: str | None
    """As written: the default depends on the location."""
    explode: bool | None
    reserved: bool
    media_type: Text | None
    """The one content type of a `content`, which stands instead of a style."""
    is_encoded: bool = False
    """Whether that content has an `encoding` of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    at: Place
    name: Text
    hint: Text | None = None
    """What an extension calls it."""
    location: str
    """`path`, `query`, `querystring`, `header` or `cookie`."""
    required: bool
    description: Text
    deprecated: bool
    schema: Schema | None
    notation: Notation


def read_parameter(node: Node) -> Parameter:
    """Read a parameter, or what a reference to one leads to."""
    found = node.followed()
    location = found.word("in") or ""
    return _parameter(found, found.prose("name"), location)


def read_header(name: str, node: Node) -> Parameter:
    """Read a header of an answer or a part; it has no name of its own, and is in the header."""
    return _parameter(node.followed(), Text(name), "header")


def read_notation(node: Node) -> Notation:
    """Read how something is written: of a parameter, a header or the encoding of a member."""
    content = next(node.children("content"), None)
    explode = node.get("explode")
    return Notation(
        style=node.word("style"),
        explode=None if explode is None else explode.value is True,
        reserved=node.flag("allowReserved"),
        media_type=None if content is None else Text(content[0]),
        is_encoded=content is not None and content[1].followed().get("encoding") is not None,
    )


def _parameter(node: Node, name: Text, location: str) -> Parameter:
    return Parameter(
        at=node.at,
        name=name,
        hint=name_hint(node),
        location=location,
        required=location == "path" or node.flag("required"),
        description=node.prose("description"),
        deprecated=node.flag("deprecated"),
        schema=_schema(node),
        notation=read_notation(node),
    )


def _schema(node: Node) -> Schema | None:
    schema = node.get("schema")
    if schema is None:
        for _, media_type in node.children("content"):
            schema = media_type.followed().get("schema")
    return None if schema is None else read_schema(schema)
