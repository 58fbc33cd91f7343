"""What travels: bodies, answers and the headers of answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from specloom import ir
from specloom.diagnostics import Diagnostic
from specloom.document.content import MediaType, RequestBody, Response
from specloom.document.node import pointer_of
from specloom.document.parameter import Parameter
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.draft import Draft, Lowering, Site, each
from specloom.lower.meaning.meant import meant, seen_through
from specloom.lower.meaning.represented import represented
from specloom.lower.operations.notation import encoding, writing
from specloom.lower.operations.opaque import Carried, carried
from specloom.lower.operations.parameters import lower_type
from specloom.lower.schemas.media import (
    TYPED,
    codec_of,
    essence,
    is_media_type,
    is_nearly_media_type,
    is_range,
    is_stream,
    is_structured,
)
from specloom.lower.schemas.schemas import lower_definition, shared_name
from specloom.pointers import tokens_of
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Kind, Text

_SHARED = {"requestBodies": "body", "responses": "response"}
_EMPTY = ("204", "205", "304")
"""RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5; HEAD: section 9.3.2."""
_JSON = Text("application/json")
_ANY = Text("*/*")


def lower_body(body: RequestBody, site: Site, word: str = "body") -> Lowering[ir.Body | None]:
    """Return a body with all its content types: JSON first, then as the author lists them.

    `word` is what its type is named after.
    """
    if not body.content:
        return None
    content = yield from _sendable(body.content)
    kept, twins = _apart(content)
    yield from _left_out(twins, "body")
    contents = yield from _contents(kept, "request body", site.within(Text(word)))
    return ir.Body(
        contents=contents,
        required=body.required,
        docs=ir.Docs(description=body.description),
        at=body.at,
    )


def lower_response(response: Response, method: str, site: Site) -> Lowering[ir.Response]:
    """Return an answer. Of a failure, what cannot be read is left to the caller."""
    if response.content and (method == "HEAD" or response.status in _EMPTY):
        what = "to HEAD" if method == "HEAD" else f"of status {response.status}"
        message = f"an answer {what} has no content: what is described is left out"
        yield finding("empty-answer", response.at.step("content").at_key(), message)
        response = replace(response, content=())
    response = replace(response, content=(yield from _sendable(response.content)))
    hoped_for = response.status.startswith("2")
    words = (Text("response"),) if hoped_for else (Text("error"), Text(response.status))
    needed = hoped_for or response.status == "default"
    kept, twins = _apart(response.content)
    yield from _told_apart_by_parameters(kept)
    kept = list({essence(m.name.raw): m for m in reversed(kept)}.values())[::-1]
    if not needed:
        read = (ir.Codec.JSON, ir.Codec.TEXT, ir.Codec.BYTES)
        kept = [_as_meant(m, site.document) for m in kept if _codec(m) in read]
    else:
        yield from _left_out(twins, "answer")
    what = "response" if needed else "failure"
    contents = yield from _contents(kept, what, site.within(*words))
    headers = None
    if response.headers:
        headers = yield from _headers(response, site.within(*words, Text("headers")))
    return ir.Response(
        status=_status(response.status),
        contents=contents,
        headers=headers,
        docs=ir.Docs(description=response.description),
        at=response.at,
    )


def _as_meant(failure: MediaType, document: Document) -> MediaType:
    """Return a failure that is called a text, and yet has members, as the JSON that is sent for it.

    Nothing is lost where it is a text: an error holds whatever comes instead of what is described.
    """
    schema, is_text = failure.schema, _codec(failure) is ir.Codec.TEXT
    if schema is None or not is_text or is_stream(failure.name.raw):
        return failure
    return (
        replace(failure, name=_JSON)
        if is_structured(seen_through(schema, document).schema)
        else failure
    )


def _sendable(content: tuple[MediaType, ...]) -> Lowering[tuple[MediaType, ...]]:
    """Return content of types that a header can hold: what no header can is octets of any type."""
    found: dict[str, MediaType] = {}
    for media_type in content:
        if is_nearly_media_type(media_type.name.raw):
            found[media_type.name.raw] = media_type
            continue
        message = (
            f"no header can hold `{shown(media_type.name)}`: it is taken for octets of any type"
        )
        hint = "write it as `application/json`"
        yield finding("no-such-media-type", media_type.at.at_key(), message, hint)
        anything = replace(media_type, name=_ANY, schema=None, encodings=())
        found.setdefault(_ANY.raw, anything)
    return tuple(found.values())


def _codec(media_type: MediaType) -> ir.Codec:
    return codec_of(media_type.name.raw, media_type.schema)


def _apart(content: tuple[MediaType, ...]) -> tuple[list[MediaType], list[MediaType]]:
    """Return what is kept, and what says in another notation what JSON, or a form, says beside it.

    A range that is sent as JSON says what JSON beside it says already.
    """
    kept: list[MediaType] = []
    twins: list[MediaType] = []
    codecs = [_codec(media_type) for media_type in content]
    is_typed = any(codec in TYPED for codec in codecs)
    taken = {m.name.raw for m in content if not is_range(m.name.raw)}
    for media_type, codec in zip(content, codecs, strict=True):
        untyped = codec in (ir.Codec.BYTES, ir.Codec.TEXT) and not is_stream(media_type.name.raw)
        is_twin = is_typed and untyped and is_structured(media_type.schema)
        if codec is ir.Codec.JSON and is_range(media_type.name.raw):
            is_twin = _JSON.raw in taken
            taken.add(_JSON.raw)
        (twins if is_twin else kept).append(media_type)
    return kept, twins


def _left_out(twins: list[MediaType], what: str) -> Iterator[Diagnostic]:
    for media_type in twins:
        message = f"`{shown(media_type.name)}` is left out: this {what} travels as another type"
        yield finding("content-type-left-out", media_type.at.at_key(), message)


def _told_apart_by_parameters(content: list[MediaType]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for media_type in content:
        if essence(media_type.name.raw) in seen:
            message = (
                f"`{shown(media_type.name)}` is left out: answers are told apart by type alone"
            )
            yield finding("content-type-left-out", media_type.at.at_key(), message)
        seen.add(essence(media_type.name.raw))


def _status(text: str) -> ir.Status:
    if text == "default":
        return ir.Rest()
    return ir.Range(int(text[0])) if text.endswith("XX") else ir.Exact(int(text))


def _contents(content: list[MediaType], what: str, site: Site) -> Lowering[tuple[ir.Content, ...]]:
    """Lower content types, JSON first; a type of another than the first is named after its codec."""
    found: list[ir.Content] = []
    for media_type in sorted(content, key=lambda m: _codec(m) is not ir.Codec.JSON):
        words = (Text(_codec(media_type).value),) if found else ()
        found.append((yield from _content(media_type, what, site.within(*words))))
    return tuple(found)


def _content(media_type: MediaType, what: str, site: Site) -> Lowering[ir.Content]:
    name, at = media_type.name, media_type.at.at_key()
    if not is_media_type(name.raw):
        message = (
            f"`{shown(name)}` is no media type: it is sent as it stands, and its content as octets"
        )
        yield finding("no-such-media-type", at, message)
    way = carried(media_type, _codec(media_type), what, site.document)
    codec, schema = way.codec, media_type.schema
    if way.told:
        yield finding(way.rule, at, f"`{shown(name)}` {way.told}")
    opaque, series, type_ = None, None, None
    if way.framed is not None:
        series, schema = way.framed.of((yield from _inside(way, site))), None
    if way.is_opaque:
        opaque, schema = ir.Opaque((yield from _inside(way, site))), None
    is_text = codec is ir.Codec.TEXT and schema is not None and _is_text(schema, site.document)
    if schema is not None and (codec in TYPED or is_text):
        type_ = yield from _named(schema, site)
    encodings = () if opaque is not None or series is not None else media_type.encodings
    return ir.Content(
        media_type=_JSON if codec is ir.Codec.JSON and is_range(name.raw) else name,
        codec=codec,
        type=type_,
        opaque=opaque,
        series=series,
        encodings=tuple(encoding(e, codec) for e in encodings),
        at=media_type.at,
    )


def _inside(way: Carried, site: Site) -> Lowering[ir.TypeId | None]:
    if way.inside is None:
        return None
    within = replace(site, words=way.words) if way.words else site
    return (yield from _named(way.inside, within))


def _is_text(schema: Schema, document: Document) -> bool:
    """Return whether a text is of a type that says more than that: an enum, a date."""
    found, core = meant(schema, document), seen_through(schema, document).schema
    says_more = is_more_than_text(core) or found.schema.reference is not None
    is_text = core.kinds in (None, (Kind.STRING,)) and not is_structured(core)
    return is_text and says_more and not found.nullable


def is_more_than_text(schema: Schema) -> bool:
    """Return whether a schema of texts does not take, or not mean, just any."""
    plain = schema.const is None and schema.enum is None and not schema.bounds
    return not plain or represented(schema) is not None


def _headers(response: Response, site: Site) -> Lowering[ir.Headers | None]:
    """Yield the object that the headers of an answer are the members of."""
    known = [h for h in response.headers if h.name.raw.lower() != "content-type"]
    if not known:
        return None
    at = response.at.step("headers")
    id_ = ir.TypeId(at.pointer)
    properties = yield from each(_header(header, site.inside(id_)) for header in known)
    yield Draft(
        id=id_, hints=(site.hint,), shape=ir.Object(properties=properties, closed=True), at=at
    )
    writings = (writing(h.notation, ir.Location.HEADER, h.at) for h in known)
    return ir.Headers(id_, tuple(writings))


def _header(header: Parameter, site: Site) -> Lowering[ir.Property]:
    type_: ir.Type = ir.Scalar(ir.ScalarKind.STRING)
    if header.schema is not None:
        type_ = yield from lower_type(header, site)
    return ir.Property(
        wire_name=header.name,
        hint=header.hint,
        type=type_,
        required=header.required,
        docs=ir.Docs(description=header.description, deprecated=header.deprecated),
        at=header.at,
    )


def _named(schema: Schema, site: Site) -> Lowering[ir.TypeId]:
    """Return the definition of a body: the component it is, or one of its own."""
    found = meant(schema, site.document)
    if found.schema.reference is not None and not found.nullable:
        return ir.TypeId(pointer_of(found.schema.reference))
    id_ = ir.TypeId(schema.at.pointer)
    hints = (*_said(schema), *shared_name(found.schema), site.hint)
    yield from lower_definition(schema, id_, hints, site)
    return id_


def _said(schema: Schema) -> tuple[ir.Said, ...]:
    """Return the names that a shared body or answer may have: that of its component, and more."""
    match tokens_of(schema.at.pointer):
        case ("components", kind, key, *_) if kind in _SHARED:
            return tuple(ir.Said(Text(name)) for name in (key, f"{key} {_SHARED[kind]}"))
        case _:
            return ()
