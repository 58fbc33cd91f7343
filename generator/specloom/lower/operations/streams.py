"""Operations that answer piece by piece: those that can answer at once as well are two calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from specloom import ir
from specloom.lower.schemas.media import essence
from specloom.values import Text

_OWN = "/(stream)"
"""What follows the address of an operation that has another call for its stream."""
_SWITCH = Text("stream")
_TABLES = frozenset(("text/csv", "text/tab-separated-values"))
"""Texts that are files of any size (RFC 4180): nobody prints them."""


def divided(
    operations: Iterable[ir.Operation], definitions: Iterable[ir.Definition]
) -> Iterator[ir.Operation]:
    """Yield each operation; where it answers in both ways, first without its streams, then with
    nothing else."""
    known = {definition.id: definition for definition in definitions}
    for operation in operations:
        yield from _divided(operation, known)


def _divided(
    operation: ir.Operation, known: Mapping[ir.TypeId, ir.Definition]
) -> Iterator[ir.Operation]:
    hoped = operation.hoped_for
    failures = {r: _whole(r) for r in operation.responses if r not in hoped}
    at_once = {r: _kept(r, streams=False) for r in hoped if not _has(r, streams=True)}
    at_once |= {r: _kept(r, streams=False) for r in hoped if _has(r, streams=False)}
    streams = {r: _kept(r, streams=True) for r in hoped if _has(r, streams=True)}
    empty = {r: r for r in hoped if not r.contents}
    responses = _in_order(operation, streams | empty | failures)
    whole = replace(operation, responses=responses, streams=True)
    if not streams:
        yield replace(operation, responses=_in_order(operation, at_once | failures))
        chunks = {r: found for r in hoped if (found := _in_chunks(r)).contents}
        if chunks and operation.method != "HEAD":
            responses = _in_order(operation, chunks | empty | failures)
            yield _beside(replace(operation, responses=responses, streams=True))
    elif not any(response.contents for response in at_once):
        yield whole
    else:
        yield replace(operation, responses=_in_order(operation, at_once | failures))
        yield _beside(replace(whole, switch=_switch(operation.body, known)))


def _beside(operation: ir.Operation) -> ir.Operation:
    """Return an operation as one beside that which answers at once."""
    said = operation.hint or operation.operation_id
    words = said.raw if said is not None else f"{operation.method.lower()} {operation.path.raw}"
    return replace(
        operation,
        id=ir.OperationId(operation.id.address + _OWN),
        operation_id=None,
        hint=Text(f"{words} stream"),
    )


def _in_chunks(response: ir.Response) -> ir.Response:
    """Return the octets that a response may hold, to be read as they come."""
    octets = [c for c in response.contents if _is_file(c)]
    # where several are left, they are told apart anyway
    series = ir.Chunks(is_told_apart=len(octets) == 1 < len(response.contents))
    chunks = (replace(c, codec=ir.Codec.BYTES, series=series, type=None) for c in octets)
    return replace(response, contents=tuple(chunks))


def _is_file(content: ir.Content) -> bool:
    is_table = essence(content.media_type.raw) in _TABLES
    return content.opaque is None and (content.codec is ir.Codec.BYTES or is_table)


def _in_order(
    operation: ir.Operation, found: Mapping[ir.Response, ir.Response]
) -> tuple[ir.Response, ...]:
    return tuple(found[response] for response in operation.responses if response in found)


def _has(response: ir.Response, *, streams: bool) -> bool:
    return any((content.series is not None) is streams for content in response.contents)


def _kept(response: ir.Response, *, streams: bool) -> ir.Response:
    contents = (c for c in response.contents if (c.series is not None) is streams)
    return replace(response, contents=tuple(contents))


def _whole(failure: ir.Response) -> ir.Response:
    """Return a failure whose content is read at once, whatever it is: an error holds it."""
    contents = (
        c if c.series is None else replace(c, series=None, opaque=ir.Opaque(c.series.item))
        for c in failure.contents
    )
    return replace(failure, contents=tuple(contents))


def _switch(body: ir.Body | None, known: Mapping[ir.TypeId, ir.Definition]) -> Text | None:
    """Return the member `stream` of a body that is JSON, and only that, where it may be true."""
    match body.contents if body is not None and body.required else ():
        case (ir.Content(codec=ir.Codec.JSON, type=ir.TypeId() as type_),):
            members = known[type_].properties
        case _:
            return None
    found = next((member for member in members if member.wire_name == _SWITCH), None)
    return _SWITCH if found is not None and _is_boolean(found.type) else None


def _is_boolean(type_: ir.Type) -> bool:
    match type_:
        case ir.Nullable(of) | ir.Checked(of, _):
            return _is_boolean(of)
        case ir.Scalar(kind):
            return kind is ir.ScalarKind.BOOLEAN
        case _:
            return False
