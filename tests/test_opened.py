"""Answers that a transport hands over before they are whole: time, ends, and connections."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

import httpx
import httpx2
import pytest
from polar_oauth2._httpx import Awaiting, Waiting
from polar_oauth2._reply import AsyncReply, Reply
from polar_oauth2._request import Patience, Request
from polar_oauth2._source import Source
from polar_oauth2.errors import Timeout, TransportError

from .scripted import LAST, Asked, Script, Stage, chunk, head, stage

HEAD = head("text/plain")
BRIEF, LONG = 0.15, 5.0
libraries = pytest.mark.parametrize("library", [httpx, httpx2])


def request(site: Stage, stream: Patience | None, deadline: float | None = LONG) -> Request:
    return Request("GET", f"{site.url}/", {}, None, BRIEF, 1000, deadline, stream=stream)


def slow(_: Asked) -> Script:
    """The head at once, and each piece after a wait that is longer than those before the head."""
    yield HEAD
    for piece in (b"a", b"b", b"c"):
        yield 2 * BRIEF
        yield chunk(piece)
    yield LAST


def sync_pieces(site: Stage, library: ModuleType, stream: Patience | None) -> Iterator[bytes]:
    with library.Client() as http:
        reply = Waiting(http, "httpx2").open(request(site, stream))
        assert isinstance(reply, Reply)
        assert (reply.status, reply.headers["content-type"]) == (200, "text/plain")
        yield from reply


def async_pieces(site: Stage, library: ModuleType, stream: Patience | None) -> Iterator[bytes]:
    async def main() -> list[bytes]:
        async with library.AsyncClient() as http:
            reply = await Awaiting(http, "httpx2").open(request(site, stream))
            assert isinstance(reply, AsyncReply)
            return [piece async for piece in reply]

    yield from asyncio.run(main())


Pieces: TypeAlias = Callable[[Stage, ModuleType, Patience | None], Iterator[bytes]]
pieces_of = pytest.mark.parametrize("pieces", [sync_pieces, async_pieces])


@libraries
@pieces_of
def test_a_wait_within_a_stream_may_be_longer(pieces: Pieces, library: ModuleType) -> None:
    with stage(slow) as site:
        assert list(pieces(site, library, Patience(LONG))) == [b"a", b"b", b"c"]
        assert list(pieces(site, library, Patience(None))) == [b"a", b"b", b"c"]
        assert site.left.get(timeout=LONG) == site.left.get(timeout=LONG) == "told"


@libraries
@pieces_of
@pytest.mark.parametrize(
    ("stream", "message"),
    [
        (None, "Read"),
        (Patience(BRIEF), "Read"),
        (Patience(LONG, 3 * BRIEF), "deadline"),
        (Patience(None, 3 * BRIEF), "deadline"),
    ],
)
def test_a_stream_ends_when_it_is_too_late(
    pieces: Pieces, library: ModuleType, stream: Patience | None, message: str
) -> None:
    with stage(slow) as site:
        with pytest.raises((Timeout, httpx.ReadTimeout, httpx2.ReadTimeout)) as caught:
            list(pieces(site, library, stream))
        told = f"{type(caught.value).__name__} {caught.value}"
        assert message in told
        assert site.left.get(timeout=LONG) == "cut"


def endless(_: Asked) -> Script:
    yield HEAD
    while True:
        yield chunk(b"x")
        yield 0.01


@libraries
def test_a_connection_is_free_however_a_stream_is_left(library: ModuleType) -> None:
    """The pool has room for one, so that each would wait for the one before."""
    limits = library.Limits(max_connections=1)
    with stage(endless) as site, library.Client(limits=limits, timeout=LONG) as http:
        transport = Waiting(http, "httpx2")

        def opened() -> Reply:
            return transport.open(request(site, Patience(LONG)))

        opened().close()
        reply = opened()
        assert next(iter(reply)) == b"x"
        reply.close()
        reply.close()
        opened()
        for _ in opened():
            break
        with suppress(KeyError):
            for _ in opened():
                raise KeyError
        gc.collect()
        with pytest.raises(TransportError, match="max_bytes"):
            opened().read(3)
        opened().close()
        assert [site.left.get(timeout=LONG) for _ in range(7)] == ["cut"] * 7


@libraries
def test_a_connection_is_free_however_a_stream_is_left_by_a_task(library: ModuleType) -> None:
    async def main(site: Stage) -> None:
        limits = library.Limits(max_connections=1)
        async with library.AsyncClient(limits=limits, timeout=LONG) as http:
            transport = Awaiting(http, "httpx2")

            async def opened() -> AsyncReply:
                return await transport.open(request(site, Patience(LONG)))

            async def read() -> None:
                async for _ in await opened():
                    pass

            await (await opened()).aclose()
            await opened()
            async for _ in await opened():
                break
            gc.collect()
            task = asyncio.create_task(read())
            await asyncio.sleep(BRIEF)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            with pytest.raises(TransportError, match="max_bytes"):
                await (await opened()).read(3)
            await (await opened()).aclose()

    with stage(endless) as site:
        asyncio.run(main(site))
        assert [site.left.get(timeout=LONG) for _ in range(6)] == ["cut"] * 6


def answered(asked: Asked) -> Script:
    yield HEAD + chunk(asked.content) + LAST


@libraries
@pytest.mark.parametrize("length", [None, 7])
def test_a_content_is_read_while_it_is_sent(library: ModuleType, length: int | None) -> None:
    read = list[int]()

    def pieces() -> Generator[bytes]:
        for number in (3, 4):
            read.append(number)
            yield b"x" * number

    async def main(sent: Request) -> bytes:
        async with library.AsyncClient() as http:
            return (await Awaiting(http, "httpx2").exchange(sent)).content

    with stage(answered) as site:
        source = Source(pieces, length)
        sent = Request("PUT", site.url, {}, source, LONG, 1000, LONG)
        with library.Client() as http:
            assert Waiting(http, "httpx2").exchange(sent).content == b"x" * 7
        assert asyncio.run(main(sent)) == b"x" * 7
        assert read == [3, 4, 3, 4]
        for seen in site.seen:
            said = (seen.headers.get("content-length"), seen.headers.get("transfer-encoding"))
            assert said == ((None, "chunked") if length is None else ("7", None))
    assert "open" not in repr(source)


def test_the_seam_is_that_of_the_templates() -> None:
    """What is tried here is what every package gets."""
    ours = Path(__file__).parents[1] / "templates" / "runtime"
    for name in ("_httpx", "_reply", "_request", "_source", "_deadline", "_content"):
        module = import_module(f"polar_oauth2.{name}")
        assert Path(module.__file__ or "").read_bytes() == (ours / f"{name}.py").read_bytes()
