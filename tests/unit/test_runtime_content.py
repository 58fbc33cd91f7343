"""The content of an answer while it comes in: unpacked, and no more than is wanted."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Generator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime._content import ACCEPTED, Unpacking
from runtime._reply import Reply
from runtime.errors import TransportError

GZIP, DEFLATE = "gzip", "deflate"
LARGER = "the answer is larger than `max_bytes`"
BROKEN = "the answer cannot be unpacked"
CUT = "the answer ends before it is whole"


def received(coding: str | None, chunks: Sequence[bytes], most: int = 1000) -> bytes:
    unpacking = Unpacking({} if coding is None else {"content-encoding": coding})

    def pieces() -> Generator[bytes]:
        for chunk in chunks:
            yield from unpacking.pieces(chunk)
        unpacking.end()

    return Reply(200, {}, pieces()).read(most)


def failure(coding: str | None, chunks: Sequence[bytes], most: int = 1000) -> str:
    with pytest.raises(TransportError) as caught:
        received(coding, chunks, most)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value)


def pack(coding: str, content: bytes) -> bytes:
    return gzip.compress(content) if "gzip" in coding else zlib.compress(content)


@pytest.mark.parametrize("coding", [None, "", " ", "identity", "Identity"])
def test_what_is_not_packed_is_as_it_came(coding: str | None) -> None:
    packed = pack(GZIP, b"x")
    assert received(coding, [packed[:5], b"", packed[5:]]) == packed
    assert received(coding, []) == b""


@pytest.mark.parametrize("coding", ["gzip", "GZip", " x-gzip ", "deflate", "DEFLATE"])
def test_what_is_packed_is_unpacked(coding: str) -> None:
    packed = pack(coding.lower(), b"hello " * 100)
    assert received(coding, [packed]) == b"hello " * 100
    assert received(coding, [bytes([octet]) for octet in packed]) == b"hello " * 100
    assert received(coding, [pack(coding.lower(), b"")]) == b""
    assert received(coding, []) == b"", "of an answer to HEAD, or of status 304"


def test_both_codings_are_told_apart_by_what_came() -> None:
    """As curl does: some servers say one and send the other."""
    assert received(GZIP, [pack(DEFLATE, b"x")]) == b"x"
    assert received(DEFLATE, [pack(GZIP, b"x")]) == b"x"


def test_what_is_asked_for_can_be_unpacked() -> None:
    for coding in ACCEPTED.split(", "):
        assert received(coding, [pack(coding, b"x")]) == b"x"


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "gzip,identity", "x"])
def test_any_other_coding_is_refused_at_once(coding: str) -> None:
    with pytest.raises(TransportError) as caught:
        Unpacking({"content-encoding": coding})
    assert str(caught.value) == "the answer is packed in a way that nobody asked for"


@pytest.mark.parametrize("coding", [None, GZIP, DEFLATE])
@pytest.mark.parametrize("size", [1, 7, 100, 70_000])
def test_an_answer_may_be_as_large_as_is_said_and_no_larger(coding: str | None, size: int) -> None:
    chunk = pack(coding, b"x" * size) if coding else b"x" * size
    assert received(coding, [chunk], size) == b"x" * size
    assert received(coding, [chunk[:3], chunk[3:]], size) == b"x" * size
    assert received(coding, [chunk], size + 1) == b"x" * size
    if size > 1:
        assert failure(coding, [chunk], size - 1) == LARGER


def test_a_bomb_is_not_unpacked() -> None:
    bomb = pack(GZIP, bytes(50_000_000))
    tracemalloc.start()
    try:
        assert failure(GZIP, [bomb]) == LARGER
        assert failure(GZIP, [bomb[i : i + 100] for i in range(0, len(bomb), 100)]) == LARGER
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_what_never_becomes_anything_ends_too() -> None:
    packer = zlib.compressobj()
    begin = packer.compress(b"") + packer.flush(zlib.Z_SYNC_FLUSH)
    nothing = b"\0\0\0\xff\xff" * 100  # blocks of no content
    assert failure(DEFLATE, [begin, *[nothing] * 10_000]) == BROKEN
    assert received(GZIP, [pack(GZIP, b"x")], 1) == b"x", "but packing adds to what is small"


@pytest.mark.parametrize("coding", [GZIP, DEFLATE])
@pytest.mark.parametrize("cut", [1, 4, 8])
def test_an_answer_that_is_cut_short_is_none(coding: str, cut: int) -> None:
    assert failure(coding, [pack(coding, b"hello " * 9)[:-cut]]) == CUT
    assert failure(coding, [pack(coding, b"")[:2]]) == CUT


@pytest.mark.parametrize("coding", [GZIP, DEFLATE])
@pytest.mark.parametrize("octets", [b"plain text", b"\0" * 20, b"{}"])
def test_what_is_not_packed_as_it_says_is_refused(coding: str, octets: bytes) -> None:
    assert failure(coding, [octets]) == BROKEN


@pytest.mark.parametrize("coding", [GZIP, DEFLATE])
def test_what_is_damaged_is_refused(coding: str) -> None:
    packed = bytearray(pack(coding, bytes(range(256))))
    packed[-3] ^= 255
    assert failure(coding, [bytes(packed)]) == BROKEN


@pytest.mark.parametrize("coding", [GZIP, DEFLATE])
@pytest.mark.parametrize("more", [b"x", b"\0", b"x" * 2000])
def test_nothing_follows_what_is_packed(coding: str, more: bytes) -> None:
    """It would be kept, whatever its size, and never be seen."""
    packed = pack(coding, b"hello")
    assert failure(coding, [packed + more]) == BROKEN
    assert failure(coding, [packed, more]) == BROKEN
    assert failure(coding, [packed, pack(coding, b" world")]) == BROKEN


@given(st.binary(max_size=300), st.lists(st.integers(0, 300)), st.sampled_from([GZIP, DEFLATE]))
def test_chunks_make_no_difference(content: bytes, cuts: list[int], coding: str) -> None:
    packed = pack(coding, content)
    edges = [0, *sorted(cut for cut in cuts if cut < len(packed)), len(packed)]
    chunks = [packed[i:j] for i, j in pairwise(edges)]
    assert received(coding, chunks, max(1, len(content))) == content
    if content:
        assert failure(coding, chunks, len(content) - 1) == LARGER


@given(st.binary(), st.sampled_from([GZIP, DEFLATE]))
def test_whatever_comes_is_content_or_an_error(octets: bytes, coding: str) -> None:
    try:
        found = received(coding, [octets])
    except TransportError:
        return
    assert len(found) <= 1000
