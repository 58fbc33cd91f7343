"""Answers as httpx2 and httpx read them: piece by piece, and closed whatever happens."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from types import ModuleType

import httpx2
import pytest
from runtime._response import Response
from runtime.errors import StatusError, TransportError

from .peers import JSON, SECRET, Site, Stream, ask, libraries, ways


def response_of(site: Site, way: str) -> Response:
    with pytest.raises(StatusError) as caught:
        ask(site, way)
    return caught.value.response


@libraries
@ways
def test_an_answer_is_as_it_came(library: ModuleType, way: str) -> None:
    headers = {"X-A": "b", "CONTENT-TYPE": "Text/Plain"}
    response = response_of(Site(library, 418, headers, b"\xff"), way)
    assert (response.status, response.content) == (418, b"\xff")
    assert (response.headers["x-a"], response.headers["content-type"]) == ("b", "Text/Plain")
    assert all(name == name.lower() for name in response.headers)
    assert response.elapsed > 0


@libraries
@ways
@pytest.mark.parametrize("coding", ["gzip", None])
def test_content_comes_in_pieces(library: ModuleType, way: str, coding: str | None) -> None:
    packed = gzip.compress(b'"hello"') if coding else b'"hello"'
    stream = Stream(lambda: iter([packed[:4], packed[4:]]))
    headers = {**JSON, "Content-Encoding": coding} if coding else JSON
    assert ask(Site(library, headers=headers, stream=stream), way) == "hello"
    assert (stream.read, stream.closed) == (2, 1)


@libraries
@ways
def test_content_that_the_library_has_read_is_unpacked_once(library: ModuleType, way: str) -> None:
    """As that of a transport for tests, or of a cache."""
    headers = {**JSON, "Content-Encoding": "gzip"}
    site = Site(library, headers=headers, content=gzip.compress(b'"hello"'))
    assert ask(site, way) == "hello"
    assert ask(site, way, options={"max_bytes": 7}) == "hello"
    with pytest.raises(TransportError, match="larger than `max_bytes`"):
        ask(site, way, options={"max_bytes": 6})


def endless() -> Iterator[bytes]:
    for _ in range(10_000):  # or whoever reads on would do so for ever
        yield b"x" * 100


@libraries
@ways
def test_an_answer_that_does_not_end_is_left(library: ModuleType, way: str) -> None:
    stream = Stream(endless)
    with pytest.raises(TransportError) as caught:
        ask(Site(library, stream=stream), way, options={"max_bytes": 1000})
    assert str(caught.value) == "POST /a/{id} failed: the answer is larger than `max_bytes`"
    assert (stream.read, stream.closed) == (11, 1)


@libraries
@ways
def test_an_answer_that_cannot_be_unpacked_is_closed_too(library: ModuleType, way: str) -> None:
    for coding, read in (("br", 0), ("gzip", 1)):
        stream = Stream(endless)
        site = Site(library, headers={**JSON, "Content-Encoding": coding}, stream=stream)
        with pytest.raises(TransportError, match=r"packed in a way|cannot be unpacked"):
            ask(site, way)
        assert (stream.read, stream.closed) == (read, 1)


def broken() -> Iterator[bytes]:
    yield b'"'
    raise httpx2.ReadError(SECRET)


@ways
def test_an_answer_that_breaks_off_is_closed_too(way: str) -> None:
    stream = Stream(broken)
    with pytest.raises(TransportError) as caught:
        ask(Site(httpx2, stream=stream), way)
    assert str(caught.value) == "POST /a/{id} failed: ReadError"
    assert stream.closed == 1
