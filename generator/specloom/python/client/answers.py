"""Answers: which statuses are hoped for, and how each is read."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import World, named
from specloom.python.client.streams import item_type, series_reader
from specloom.python.layout import Doc, Group
from specloom.python.literals import literal
from specloom.values import Text

_JSON = "application/json"


def answers(operation: ir.Operation) -> Iterator[tuple[Code, ir.Response | None]]:
    """Return what is hoped for: the described successes, or else what `default` describes.

    OpenAPI 3.1.1, "Responses Object": an exact code goes before a range, `default` is the rest.
    """
    hoped = operation.hoped_for
    for response in hoped:
        match response.status:
            case ir.Exact(code):
                yield literal(code), response
            case _:
                yield Code('"2XX"'), response
    if not hoped:
        yield Code('"2XX"'), None


def failures(operation: ir.Operation) -> Iterator[tuple[Code, ir.Response]]:
    """Return the failures of which the document describes the body."""
    for response in refusals(operation):
        if response.contents:
            match response.status:
                case ir.Exact(code):
                    yield literal(code), response
                case ir.Range(hundred):
                    yield Code(f'"{hundred}XX"'), response
                case ir.Rest():
                    yield Code('"default"'), response


def refusals(operation: ir.Operation) -> Iterator[ir.Response]:
    """Return the described answers that are raised, all but the successes."""
    return (r for r in operation.responses if not r.status.is_success)


def result_of(operation: ir.Operation, world: World) -> tuple[Code, ...]:
    """Return the members of the annotation of what a call returns."""
    members: list[Code] = []
    for _, response in answers(operation):
        if not _has_no_items(operation, response):
            members += types_of(response, world)
    return tuple(dict.fromkeys(members))


def types_of(response: ir.Response | None, world: World) -> tuple[Code, ...]:
    """Return what an answer is in Python."""
    contents = response.contents if response is not None else ()
    found = [code for content in contents for code in type_of(content, world)]
    return tuple(dict.fromkeys(found)) or (Code("None"),)


def type_of(content: ir.Content, world: World) -> tuple[Code, ...]:
    """Return what received content is in Python; of a stream, what an item is."""
    if content.series is not None:
        return item_type(content.series, world)
    if content.type is not None:
        return named(content.type, world)
    match content.codec:
        case ir.Codec.TEXT:
            return (Code("str"),)
        case ir.Codec.BYTES:
            return (Code("bytes"),)
        case _:
            return (Code("Json"),)


def accept(operation: ir.Operation) -> str:
    """Return the content types that are asked for: all that are described, in order."""
    contents = (c for _, r in answers(operation) for c in (r.contents if r is not None else ()))
    return ", ".join(dict.fromkeys(c.media_type.raw for c in contents)) or _JSON


def hopes(operation: ir.Operation, world: World) -> Iterator[Doc]:
    """Return the pair of each status that is hoped for and its reader."""
    for key, response in answers(operation):
        if _has_no_items(operation, response):
            yield Code(f"{key}: _opening.no_items")
        else:
            yield reader_pair(key, response, world)


def _has_no_items(operation: ir.Operation, response: ir.Response | None) -> bool:
    """Return whether an answer to what comes item by item is one without content."""
    return operation.streams and (response is None or not response.contents)


def reader_pair(key: Code, response: ir.Response | None, world: World) -> Doc:
    """Return the pair of a status and its reader."""
    contents = response.contents if response is not None else ()
    if len(contents) > 1:
        readers = tuple(
            Code(f"{literal(_essence(c))}: {_reader(c, world)}") for c in _distinct(contents)
        )
        display = Group(Code("{"), readers, Code("}"), display=True)
        return Group(Code(f"{key}: _media.one_of("), (display,), Code(")"))
    return Code(f"{key}: {_reader(contents[0], world) if contents else 'nothing'}")


def _distinct(contents: tuple[ir.Content, ...]) -> tuple[ir.Content, ...]:
    return tuple({_essence(c).raw: c for c in reversed(contents)}.values())[::-1]


def _essence(content: ir.Content) -> Text:
    return Text(content.media_type.raw.partition(";")[0].strip().lower())


def _reader(content: ir.Content, world: World) -> Code:
    if content.series is not None:
        return series_reader(content, content.series, world)
    decode = None if content.type is None else world.call("decode", content.type)
    match content.codec:
        case ir.Codec.JSON:
            return Code(f"json_of({decode or '_anything.read'})")
        case ir.Codec.TEXT:
            return Code(f"_media.text_of({decode})" if decode else "_media.text")
        case ir.Codec.BYTES:
            return Code("_media.octets")
        case ir.Codec.FORM | ir.Codec.MULTIPART:
            raise AssertionError("a form is not received")
