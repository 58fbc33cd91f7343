"""What may come back of an operation, as the tests know it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from specloom import ir
from specloom.code import Code
from specloom.python.client.answers import failures
from specloom.python.client.raised import raised
from specloom.python.layout import Doc, Group
from specloom.python.literals import bytes_literal, literal
from specloom.python.tests.pairs import Bench, pairs
from specloom.python.tests.proofs import pair
from specloom.python.tests.streamed import streamed
from specloom.values import Text

Answers: TypeAlias = tuple[tuple[int, ir.Response | None], ...]
"""Statuses, each with what is said of it."""
_ANSWER = "text of an answer"
_STATUSES = (204, 226, 307, 400, 401, 403, 404, 409, 418, 422, 429, 500, 503)
"""What every operation is answered with, unless it hopes for that."""


def has_sample(response: ir.Response | None, bench: Bench) -> bool:
    """Return whether there is a value of all that an answer may hold."""
    contents = response.contents if response is not None else ()
    return all(_is_sampled(content, bench) for content in contents)


def _is_sampled(content: ir.Content, bench: Bench) -> bool:
    if content.series is not None:
        return streamed(content.series, bench) is not None
    return content.type is None or content.type in bench.kinds


def json_kind(response: ir.Response | None) -> ir.TypeId | None:
    """Return the type of an answer that can only be JSON of that type."""
    match response.contents if response is not None else ():
        case (content,) if content.codec is ir.Codec.JSON:
            return content.type
        case _:
            return None


def answered(tried: Answers, bench: Bench, *, streams: bool) -> Iterator[Code]:
    """Return statuses of successes, each with the type of its JSON."""
    for code, response in tried:
        kind = json_kind(response)
        if kind is not None:
            yield Code(f"{code}: {bench.kinds[kind]}")
        elif not streams and (response is None or not response.contents):
            yield Code(f"{code}: None")


def others(tried: Answers, bench: Bench, *, streams: bool) -> Iterator[Doc]:
    """Return answers that are not JSON, or not always, and what each means."""
    for code, response in tried:
        contents = response.contents if response is not None else ()
        if streams and not contents:
            yield Group(Code("("), (Code(f'Answer({code}, b"left alone")'), Code("[]")), Code(")"))
        elif json_kind(response) is None:
            for content in contents:
                yield from _other(code, content, bench)


def _other(code: int, content: ir.Content, bench: Bench) -> Iterator[Doc]:
    kind = content.media_type.raw.replace("*", "x-any")
    series = None if content.series is None else streamed(content.series, bench)
    match content.codec, content.type:
        case _ if series is not None:
            received, value = bytes_literal(series[0]), series[1]
        case (ir.Codec.TEXT, None):
            received, value = bytes_literal(_ANSWER.encode()), literal(Text(_ANSWER))
        case (ir.Codec.BYTES, _):
            received = value = bytes_literal(b"\x00\xff")
        case (ir.Codec.JSON, None):
            received, value = bytes_literal(b'{"a": [1]}'), Code('{"a": [1]}')
        case (codec, type_) if type_ is not None:
            first_pair = Code(f"{bench.kinds[type_]}.first")
            received, value = Code(f"{first_pair}.content"), Code(f"{first_pair}.value")
            if codec is ir.Codec.TEXT:
                first = next(pairs(type_, bench))
                received = bytes_literal(str(first.sample.received).encode())
        case _:
            return
    headers = Group(Code("{"), (pair("Content-Type", kind),), Code("}"), display=True)
    answer = Group(Code("Answer("), (Code(f"{code}"), received, headers), Code(")"))
    yield Group(Code("("), (answer, value), Code(")"), display=True)


def described(operation: ir.Operation, bench: Bench) -> Iterator[Code]:
    """Return statuses of failures of which the document describes the JSON."""
    for code, response in _failing(operation):
        kind = json_kind(response)
        if kind in bench.kinds:
            yield Code(f"{code}: {bench.kinds[kind]}")


def missed(operation: ir.Operation, bench: Bench) -> Iterator[Doc]:
    """Return failures that are described, though not as JSON of a type, and what each means."""
    for code, response in _failing(operation):
        if json_kind(response) is None and has_sample(response, bench):
            for content in response.contents:
                yield from _other(code, content, bench)


def _failing(operation: ir.Operation) -> Iterator[tuple[int, ir.Response]]:
    """Return the failures that are described, each with a status of its own."""
    exact = {r.status.code for r in operation.responses if isinstance(r.status, ir.Exact)}
    ranges = {r.status.hundred for r in operation.responses if isinstance(r.status, ir.Range)}
    for _, response in failures(operation):
        match response.status:
            case ir.Exact(code):
                yield code, response
            case ir.Range(hundred):
                free = next(n for n in range(100 * hundred + 99, 0, -1) if n not in exact)
                yield free, response
            case ir.Rest():
                free_ones = (
                    n for n in (418, 599, 399) if n not in exact and n // 100 not in ranges
                )
                yield from ((n, response) for n in list(free_ones)[:1])


def unhoped() -> Iterator[Code]:
    """Return the statuses that every operation is answered with, each with what is raised."""
    return (Code(f"({code}, errors.{raised(code)})") for code in _STATUSES)


def octets(operation: ir.Operation) -> Iterator[int]:
    """Return statuses among those that are tried whose bodies are octets, whatever comes."""
    by_status = {r.status: r for r in operation.responses}
    for code in _STATUSES:
        ways = (ir.Exact(code), ir.Range(code // 100), ir.Rest())
        response = next((by_status[way] for way in ways if way in by_status), None)
        contents = response.contents if response is not None else ()
        for content in contents:
            is_any = len(contents) == 1 or content.media_type.raw == "*/*"
            if content.codec is ir.Codec.BYTES and is_any:
                yield code
