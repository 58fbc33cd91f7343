"""Answers that a transport hands over before they are whole: time, ends, and connections."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    closing,
    contextmanager,
    suppress,
)
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, TypeAlias

import httpx
import httpx2
import polar_oauth2
import pytest
from polar_oauth2._httpx import Awaiting, Waiting
from polar_oauth2._reply import AsyncReply, Reply
from polar_oauth2._request import Patience, Request
from polar_oauth2._source import Source
from polar_oauth2.errors import Timeout, TransportError

from .scripted import LAST, Asked, Script, Stage, chunk, head, stage
from .standard import standard

HEAD = head("text/plain")
BRIEF, LONG = 0.3, 5.0


class Library(NamedTuple):
    """How transports are made of a library, with room for some connections."""

    waiting: Callable[[int], AbstractContextManager[Any]]
    awaiting: Callable[[int], AbstractAsyncContextManager[Any]]


def of_httpx(library: ModuleType) -> Library:
    @contextmanager
    def waiting(most: int) -> Generator[Waiting]:
        limits = library.Limits(max_connections=most)
        with library.Client(limits=limits, timeout=LONG) as http:
            yield Waiting(http, "httpx2")

    @asynccontextmanager
    async def awaiting(most: int) -> AsyncGenerator[Awaiting]:
        limits = library.Limits(max_connections=most)
        async with library.AsyncClient(limits=limits, timeout=LONG) as http:
            yield Awaiting(http, "httpx2")

    return Library(waiting, awaiting)


def of_python() -> Library:
    own = standard(polar_oauth2)

    @contextmanager
    def waiting(most: int) -> Generator[Any]:
        with closing(own.Connections(most=most)) as connections:
            yield connections

    @asynccontextmanager
    async def awaiting(most: int) -> AsyncGenerator[Any]:
        connections = own.AsyncConnections(most=most)
        yield connections
        await connections.aclose()

    return Library(waiting, awaiting)


libraries = pytest.mark.parametrize(
    "library", [of_httpx(httpx), of_httpx(httpx2), of_python()], ids=["httpx", "httpx2", "stdlib"]
)


def request(site: Stage, stream: Patience | None, wait: float = LONG) -> Request:
    return Request("GET", f"{site.url}/", {}, None, wait, 1000, LONG, stream=stream)


def slow(_: Asked) -> Script:
    """The head at once, and each piece after a wait that is longer than those before the head."""
    yield HEAD
    for piece in (b"a", b"b", b"c"):
        yield 2 * BRIEF
        yield chunk(piece)
    yield LAST


def sync_pieces(site: Stage, library: Library, stream: Patience | None) -> Iterator[bytes]:
    with library.waiting(1) as transport:
        reply = transport.open(request(site, stream, BRIEF))
        assert isinstance(reply, Reply)
        assert (reply.status, reply.headers["content-type"]) == (200, "text/plain")
        yield from reply


def async_pieces(site: Stage, library: Library, stream: Patience | None) -> Iterator[bytes]:
    async def main() -> list[bytes]:
        async with library.awaiting(1) as transport:
            reply = await transport.open(request(site, stream, BRIEF))
            assert isinstance(reply, AsyncReply)
            return [piece async for piece in reply]

    yield from asyncio.run(main())


Pieces: TypeAlias = Callable[[Stage, Library, Patience | None], Iterator[bytes]]
pieces_of = pytest.mark.parametrize("pieces", [sync_pieces, async_pieces])


@libraries
@pieces_of
def test_a_wait_within_a_stream_may_be_longer(pieces: Pieces, library: Library) -> None:
    with stage(slow) as site:
        assert list(pieces(site, library, Patience(LONG))) == [b"a", b"b", b"c"]
        assert list(pieces(site, library, Patience(None))) == [b"a", b"b", b"c"]
        assert site.left.get(timeout=LONG) == site.left.get(timeout=LONG) == "told"


@libraries
@pieces_of
@pytest.mark.parametrize(
    ("stream", "message"),
    [
        (None, "Timeout"),
        (Patience(BRIEF), "Timeout"),
        (Patience(LONG, 3 * BRIEF), "deadline"),
        (Patience(None, 3 * BRIEF), "deadline"),
    ],
)
def test_a_stream_ends_when_it_is_too_late(
    pieces: Pieces, library: Library, stream: Patience | None, message: str
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
def test_a_connection_is_free_however_a_stream_is_left(library: Library) -> None:
    """The pool has room for one, so that each would wait for the one before."""
    with stage(endless) as site, library.waiting(1) as transport:

        def opened() -> Reply:
            found: Reply = transport.open(request(site, Patience(LONG)))
            return found

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
def test_a_connection_is_free_however_a_stream_is_left_by_a_task(library: Library) -> None:
    async def main(site: Stage) -> None:
        async with library.awaiting(1) as transport:

            async def opened() -> AsyncReply:
                found: AsyncReply = await transport.open(request(site, Patience(LONG)))
                return found

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
def test_a_content_is_read_while_it_is_sent(library: Library, length: int | None) -> None:
    read = list[int]()

    def pieces() -> Generator[bytes]:
        for number in (3, 4):
            read.append(number)
            yield b"x" * number

    async def main(sent: Request) -> bytes:
        async with library.awaiting(1) as transport:
            content: bytes = (await transport.exchange(sent)).content
            return content

    with stage(answered) as site:
        source = Source(pieces, length)
        sent = Request("PUT", site.url, {}, source, LONG, 1000, LONG)
        with library.waiting(1) as transport:
            assert transport.exchange(sent).content == b"x" * 7
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


Left: TypeAlias = Callable[[Stage, Library], None]


def finish(site: Stage, library: Library) -> None:
    with library.waiting(1) as transport:
        for _ in range(2):
            reply = transport.open(request(site, Patience(LONG)))
            assert next(reply.chunks) == b"a"
            reply.finish()


def finish_async(site: Stage, library: Library) -> None:
    async def main() -> None:
        async with library.awaiting(1) as transport:
            for _ in range(2):
                reply = await transport.open(request(site, Patience(LONG)))
                assert await anext(reply.chunks) == b"a"
                await reply.finish()

    asyncio.run(main())


@libraries
@pytest.mark.parametrize("left", [finish, finish_async])
@pytest.mark.parametrize(("rest", "opened"), [((0.01, LAST), 1), ((LONG, LAST), 2)])
def test_what_is_finished_is_read_to_an_end_that_is_near(
    left: Left, library: Library, rest: Script, opened: int
) -> None:
    def script(_: Asked) -> Script:
        yield HEAD + chunk(b"a")
        yield from rest

    with stage(script) as site:
        left(site, library)
        assert (len(site.seen), site.opened) == (2, opened)
