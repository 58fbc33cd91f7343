"""Content that travels whole: streams of items, parts without names, forms without members."""

from __future__ import annotations

from dataclasses import dataclass

from specloom import ir
from specloom.document.content import Encoding, MediaType
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.meaning.implied import kinds_within
from specloom.lower.operations.series import Framed, framed, is_telling, item_of
from specloom.lower.schemas.media import FORMS, TYPED, essence, is_stream
from specloom.values import Kind, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """How content is written, and what is in it where nothing here takes it apart."""

    codec: ir.Codec
    is_opaque: bool = False
    framed: Framed | None = None
    """Of an answer that is read item by item: how."""
    inside: Schema | None = None
    words: tuple[Text, ...] = ()
    """What its type is named after, besides the operation."""
    told: str = ""
    """What is to be said of it."""
    rule: str = "carried-whole"


def carried(media_type: MediaType, codec: ir.Codec, what: str, document: Document) -> Carried:
    """Return how a "request body", a "response" or a "failure" travels.

    A form is never received as one.
    """
    series = framed(media_type, document) if what == "response" else None
    if series is not None:
        words = (Text("event" if isinstance(series.series, ir.Events) else "item"),)
        return Carried(codec=codec, framed=series, inside=series.item, words=words)
    is_typed = codec in TYPED and media_type.schema is not None
    if is_stream(media_type.name.raw) or (media_type.item is not None and not is_typed):
        return _stream(media_type, codec, what)
    if media_type.item is not None:
        told = "is no stream: its `itemSchema` is ignored"
        return Carried(codec=codec, told=told, rule="unknown-field")
    if essence(media_type.name.raw).startswith("multipart/") and codec is ir.Codec.BYTES:
        return _whole(media_type, ir.Codec.BYTES, what, "octets", "has parts without names")
    if codec not in FORMS:
        return _named(media_type, codec)
    as_text = codec is ir.Codec.FORM
    whole, how = (ir.Codec.TEXT, "text") if as_text else (ir.Codec.BYTES, "octets")
    if what != "request body":
        return _whole(media_type, whole, what, how, "is a form")
    if not _may_be_object(media_type.schema, document):
        return _whole(media_type, whole, what, how, "is a form without members")
    if not as_text and any(map(_is_nested, media_type.encodings)):
        return _whole(media_type, whole, what, how, "has parts within a part")
    return _named(media_type, codec)


def _is_nested(member: Encoding) -> bool:
    kind = "" if member.content_type is None else essence(member.content_type.raw)
    return member.is_nested or kind.startswith("multipart/")


def _named(media_type: MediaType, codec: ir.Codec) -> Carried:
    """OpenAPI 3.2.0, "Encoding By Position": only parts without names have a position."""
    told = "is not written by position: `prefixEncoding` and `itemEncoding` are ignored"
    return Carried(codec=codec, told=told if media_type.positional else "", rule="unknown-field")


def _stream(media_type: MediaType, codec: ir.Codec, what: str) -> Carried:
    """OpenAPI 3.2.0, "Sequential Media Types": `itemSchema` is of each item, `schema` of them all.

    Before 3.2, authors give the items as `schema`, unless that is a list.
    """
    is_event = essence(media_type.name.raw) == "text/event-stream"
    is_sent, as_text = what == "request body", codec is ir.Codec.TEXT
    how = "octets" if is_sent or not as_text else "text"
    end = "it is sent" if is_sent else "it is returned"
    return Carried(
        codec=ir.Codec.BYTES if how == "octets" else ir.Codec.TEXT,
        is_opaque=True,
        inside=media_type.item or item_of(media_type.schema),
        words=(Text("event" if is_event else "item"),),
        told=f"is a stream: {end} whole, as {how}",
    )


def _whole(media_type: MediaType, codec: ir.Codec, what: str, how: str, kind: str) -> Carried:
    schema = media_type.schema
    end = "it is sent" if what == "request body" else "it is returned"
    return Carried(
        codec=codec,
        is_opaque=True,
        inside=schema if schema is not None and is_telling(schema) else None,
        told=f"{kind}: {end} whole, as {how}",
    )


def _may_be_object(schema: Schema | None, document: Document) -> bool:
    kinds = None if schema is None else kinds_within(schema, document)
    return kinds is None or Kind.OBJECT in kinds
