"""Contents of answers, over real sockets: read to their end, and told from what is cut."""

from __future__ import annotations

import socket
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime._connection import Connection
from runtime._frame import frame
from runtime._head import Head
from runtime._sending import framing, send
from runtime._source import Source
from runtime.errors import TransportError

PATIENCE = 5.0


def wait() -> float:
    return PATIENCE


@contextmanager
def pair() -> Generator[tuple[Connection, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Connection(ours), theirs


def read(octets: bytes, headers: dict[str, str], status: int = 200, method: str = "GET") -> bytes:
    """Return the content of an answer behind which the connection ends."""
    with pair() as (connection, theirs):
        theirs.sendall(octets)
        theirs.shutdown(socket.SHUT_WR)
        framed = frame(method, Head(status, headers, is_modern=True))
        return b"".join(framed.pieces(connection, wait))


CHUNKED = {"transfer-encoding": "chunked"}
SIZED = {"content-length": "3"}


@given(st.lists(st.binary(min_size=1, max_size=99), max_size=5), st.sampled_from([b"\r\n", b"\n"]))
def test_chunks_are_read(chunks: list[bytes], end: bytes) -> None:
    octets = b"".join(b"%X;a=b%b%b%b" % (len(each), end, each, end) for each in chunks)
    whole = octets + b"0" + end + b"X-Trailer: c" + end + end
    assert read(whole, CHUNKED) == b"".join(chunks)
    for cut in range(0, len(whole), 7):
        with pytest.raises(TransportError):
            read(whole[:cut], CHUNKED)


@pytest.mark.parametrize("kept", [b"", b"HTTP/1.1 200 OK\r\n\r\n"])
@pytest.mark.parametrize(
    ("octets", "headers"),
    [(b"abc", SIZED), (b"2\r\nab\r\n1;x\r\nc\r\n0\r\nA: b\r\n\r\n", CHUNKED)],
)
def test_what_follows_is_not_read(octets: bytes, headers: dict[str, str], kept: bytes) -> None:
    with pair() as (connection, theirs):
        theirs.sendall(octets + kept)
        framed = frame("GET", Head(200, headers, is_modern=True))
        assert b"".join(framed.pieces(connection, wait)) == b"abc"
        assert connection.is_idle() is not bool(kept)


@pytest.mark.parametrize(
    ("octets", "headers", "says"),
    [
        (b"ab", SIZED, "closed before"),
        (b"", {"content-length": "-1"}, "no number"),
        (b"", {"content-length": "+1"}, "no number"),
        (b"", {"content-length": "1_0"}, "no number"),
        (b"", {"content-length": "\u0663"}, "no number"),
        (b"", {"content-length": ""}, "no number"),
        (b"", {"content-length": "\u00a03"}, "no number"),
        (b"", {"content-length": "3, 4"}, "no number"),
        (b"", {"content-length": "9" * 19}, "no number"),
        (b"3\r\nabc\r\n0\r\n\r\n", {"transfer-encoding": "gzip, chunked"}, "nobody asked"),
        (b"3\r\nabc\r\n0\r\n\r\n", {"transfer-encoding": "chunked, chunked"}, "nobody asked"),
        (b"3\r\nabc\r\n0\r\n\r\n", {"transfer-encoding": "identity"}, "nobody asked"),
        (b"3\r\nabc\r\n0\r\n\r\n", {"transfer-encoding": "chun\u212aed"}, "nobody asked"),
        (b"-3\r\nabc\r\n", CHUNKED, "a chunk that is none"),
        (b"0x3\r\nabc\r\n", CHUNKED, "a chunk that is none"),
        (b" 3\r\nabc\r\n", CHUNKED, "a chunk that is none"),
        (b"3\r\nabcd\r\n", CHUNKED, "too long|a chunk that is none"),
        (b"\r\n3\r\nabc\r\n", CHUNKED, "a chunk that is none"),
        (b"1" * 16 + b"\r\n", CHUNKED, "a chunk that is none"),
        (b"1;" + b"a" * 9999 + b"\r\n", CHUNKED, "too long"),
        (b"0\r\n" + b"A: b\r\n" * 20_000, CHUNKED, "too long"),
    ],
)
def test_what_nobody_can_tell_the_end_of_is_refused(
    octets: bytes, headers: dict[str, str], says: str
) -> None:
    with pytest.raises(TransportError, match=says) as caught:
        read(octets, headers)
    assert caught.value.is_transient


@pytest.mark.parametrize("headers", [SIZED, CHUNKED, {}])
def test_some_answers_have_no_content(headers: dict[str, str]) -> None:
    assert read(b"abc", headers, 204) == read(b"abc", headers, 304) == b""
    assert read(b"abc", headers, method="HEAD") == b""


@pytest.mark.parametrize(
    ("headers", "is_modern", "is_last"),
    [
        (SIZED, True, False),
        ({"content-length": "3, 3"}, True, False),
        (CHUNKED, True, False),
        (CHUNKED | SIZED, True, True),
        ({}, True, True),
        (SIZED | {"connection": "Keep-Alive, CLOSE"}, True, True),
        (SIZED, False, True),
    ],
)
def test_a_connection_is_kept_where_its_answer_has_an_end(
    headers: dict[str, str], is_modern: bool, is_last: bool
) -> None:
    assert frame("GET", Head(200, headers, is_modern)).is_last is is_last


@pytest.mark.parametrize("headers", [SIZED, CHUNKED, {}, {"content-length": "0"}])
def test_of_answers_without_content_only_some_say_how_long_it_would_be(
    headers: dict[str, str],
) -> None:
    """RFC 9110, section 8.6: to HEAD, and with 304. With 204 it is a mistake, and may follow."""
    assert frame("GET", Head(204, headers, is_modern=True)).is_last is (headers in (SIZED, CHUNKED))
    assert not frame("GET", Head(304, headers, is_modern=True)).is_last
    assert not frame("HEAD", Head(200, headers, is_modern=True)).is_last


def pieces(of: Iterable[bytes]) -> Generator[bytes]:
    yield from of


@given(st.lists(st.binary(max_size=40), max_size=5), st.booleans())
def test_a_content_is_framed_so_that_it_is_read_back(parts: list[bytes], is_known: bool) -> None:
    whole = b"".join(parts)
    source = Source(partial(pieces, parts), len(whole) if is_known else None)
    headers = {name.lower(): value for name, value in framing(source).items()}
    with pair() as (connection, theirs):
        assert send(b"", source, connection, wait)
        theirs.settimeout(PATIENCE)
        connection.wire.shutdown(socket.SHUT_WR)
        octets = b"".join(iter(partial(theirs.recv, 4096), b""))
    assert read(octets, headers) == whole


@pytest.mark.parametrize("length", [2, 4, 0])
def test_a_content_is_as_long_as_it_was_said_to_be(length: int) -> None:
    with pair() as (connection, theirs):
        with pytest.raises(TransportError, match="not as long as it was said"):
            send(b"", Source(partial(pieces, [b"ab", b"c"]), length), connection, wait)
        theirs.settimeout(PATIENCE)
        connection.close()
        assert len(theirs.recv(9)) <= length


def test_who_takes_no_more_may_have_said_why() -> None:
    with pair() as (connection, theirs):
        theirs.close()
        assert not send(b"a", bytes(10**6), connection, wait)
