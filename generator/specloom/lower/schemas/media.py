"""How the content of a media type is written and read."""

from __future__ import annotations

import re

from specloom import ir
from specloom.document.schema import Schema
from specloom.lower.meaning.nulls import split_null
from specloom.tokens import is_token
from specloom.values import Kind

_STREAMS = ("text/event-stream", "application/x-ndjson", "application/ndjson", "application/jsonl")
_SEQUENCES = ("application/json-lines", "application/json-seq", "application/x-jsonlines")


FORMS = (ir.Codec.FORM, ir.Codec.MULTIPART)
TYPED = (ir.Codec.JSON, *FORMS)
"""What has members: their types say how these are written."""


def essence(media_type: str) -> str:
    """Return a media type without its parameters (RFC 9110, section 8.3.1)."""
    return media_type.partition(";")[0].strip().lower()


def is_media_type(text: str) -> bool:
    type_, _, subtype = essence(text).partition("/")
    return is_token(type_) and is_token(subtype)


def is_nearly_media_type(text: str) -> bool:
    """Return whether it names a notation, and a header can hold it (RFC 9110, section 5.5)."""
    return re.fullmatch(r"[!-.0-~]+/[!-~]+(?: [!-~]+)*", text) is not None


def is_stream(media_type: str) -> bool:
    """Return whether a media type is a sequence of documents, read one after the other."""
    name = essence(media_type)
    return name in _STREAMS or name in _SEQUENCES or name.endswith("+json-seq")


def is_range(media_type: str) -> bool:
    """Return whether it stands for several media types (RFC 9110, section 12.5.1)."""
    return "*" in essence(media_type)


def codec_of(media_type: str, schema: Schema | None = None) -> ir.Codec:
    """Return how content is written: text or octets, where nothing here takes it apart.

    JSON is what the media type says (RFC 6839, section 3.1), and what frameworks mean that write
    `*/*` beside a schema which no octets fit.
    """
    name = essence(media_type)
    if name in ("application/json", "text/json") or name.endswith("+json"):
        return ir.Codec.JSON
    if name == "application/x-www-form-urlencoded":
        return ir.Codec.FORM
    if name == "multipart/form-data":
        return ir.Codec.MULTIPART
    if name.startswith("multipart/"):
        return ir.Codec.BYTES
    if is_stream(name):
        return ir.Codec.TEXT
    if name in ("*/*", "application/*") and schema is not None and not is_binary(schema):
        return ir.Codec.JSON
    is_text = name.startswith("text/") and name != "text/xml" and not is_range(name)
    if is_text and not (schema is not None and is_binary(schema)):
        return ir.Codec.TEXT
    return ir.Codec.BYTES


def is_binary(schema: Schema) -> bool:
    """Return whether a schema means octets: OpenAPI 3.0.4, "Working With Binary Data", and 3.1."""
    _, core = split_null(schema)
    if core.kinds == (Kind.STRING,) and core.format == "binary":
        return True
    media_type = core.node.word("contentMediaType")
    if media_type is None or core.node.word("contentEncoding") is not None:
        return False
    if codec_of(media_type) is ir.Codec.JSON:
        return False
    is_text = essence(media_type).startswith("text/")
    return core.kinds is None or (core.kinds == (Kind.STRING,) and not is_text)


def is_structured(schema: Schema | None) -> bool:
    """Return whether a schema describes members or items, which octets do not have."""
    if schema is None:
        return False
    _, core = split_null(schema)
    if core.kinds is not None:
        return not set(core.kinds).isdisjoint((Kind.OBJECT, Kind.ARRAY))
    if any(is_structured(part) for part in core.all_of):
        return True
    return core.reference is not None or core.properties is not None or core.items is not None
