"""Streams that are closed while another thread, or task, waits for what comes next: over each transport."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from threading import Event
from types import ModuleType
from typing import Any

import httpx
import httpx2
import pytest

from ..standard import standard  # noqa: TID252 # of no absolute name that all tools agree on
from .conftest import Make
from .driving import PATIENCE
from .staging import Asked, Script, chunk, head, stage

pytestmark = pytest.mark.feature("event_streams")
HEADS: dict[str, tuple[bytes, Callable[[bytes], bytes]]] = {
    "in chunks": (head("text/event-stream"), chunk),
    "to the end": (b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", bytes),
}
EVENT = b'data: {"type": "started"}\n\n'
SILENCE = 20.0
"""Seconds after which the server ends what nobody else has."""
AT_ONCE = SILENCE / 2
TLS = SSLContext(PROTOCOL_TLS_CLIENT)
SYNC: dict[str, Callable[[ModuleType], Any]] = {
    "httpx2": lambda _: httpx2.Client(verify=TLS),
    "httpx": lambda _: httpx.Client(verify=TLS),
    "stdlib": lambda package: standard(package).Connections(),
}
ASYNC: dict[str, Callable[[ModuleType], Any]] = {
    "httpx2": lambda _: httpx2.AsyncClient(verify=TLS),
    "httpx": lambda _: httpx.AsyncClient(verify=TLS),
    "stdlib": lambda package: standard(package).AsyncConnections(),
}


@pytest.fixture(params=HEADS)
def script(request: pytest.FixtureRequest) -> Callable[[Asked], Script]:
    start, framed = HEADS[request.param]

    def said(_: Asked) -> Script:
        yield start + framed(EVENT)
        yield SILENCE
        raise ConnectionResetError

    return said


@pytest.mark.parametrize("library", SYNC)
def test_a_thread_that_waits_is_told(
    make: Make, script: Callable[[Asked], Script], library: str
) -> None:
    package = make("event_streams")
    with (
        stage(script) as site,
        closing(SYNC[library](package)) as http,
        package.Client(base_url=site.url, http=http, timeout=None) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        for is_resumed in (False, True):
            stream, has_come = client.default.ticks(), Event()
            items = stream.resumed() if is_resumed else stream
            found = pool.submit(_counted, items, has_come)
            assert has_come.wait(PATIENCE)
            stream.close()
            if is_resumed:  # that is how it ends
                assert found.result(AT_ONCE) == 1
            else:
                with pytest.raises(package.errors.TransportError):
                    found.result(AT_ONCE)


def test_where_nobody_can_be_woken_the_next_event_tells(make: Make) -> None:
    """As over HTTP/2: its connection is that of other calls as well."""
    package, more, has_come = make("event_streams"), Event(), Event()

    class Slow(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield EVENT
            more.wait(PATIENCE)
            yield EVENT

    def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers={"Content-Type": "text/event-stream"}, stream=Slow())

    with (
        httpx2.Client(transport=httpx2.MockTransport(answer)) as http,
        package.Client(base_url="https://x.test", http=http) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        stream = client.default.ticks()
        found = pool.submit(_counted, stream, has_come)
        assert has_come.wait(PATIENCE)
        stream.close()
        more.set()
        with pytest.raises(package.errors.TransportError, match="given up"):
            found.result(AT_ONCE)


@pytest.mark.parametrize("library", ASYNC)
def test_a_task_that_waits_is_told(
    make: Make, script: Callable[[Asked], Script], library: str
) -> None:
    package = make("event_streams")

    async def main(http: Any, *, is_resumed: bool) -> int:
        async with package.AsyncClient(base_url=site.url, http=http, timeout=None) as client:
            stream, has_come = await client.default.ticks(), asyncio.Event()
            items = stream.resumed() if is_resumed else stream
            task = asyncio.create_task(_counted_async(items, has_come))
            await has_come.wait()
            await stream.aclose()
            try:
                async with asyncio.timeout(AT_ONCE):
                    return await task
            finally:
                await http.aclose()

    with stage(script) as site:
        assert asyncio.run(main(ASYNC[library](package), is_resumed=True)) == 1
        with pytest.raises(package.errors.TransportError):
            asyncio.run(main(ASYNC[library](package), is_resumed=False))


def _counted(items: Iterable[object], has_come: Event) -> int:
    count = 0
    for _ in items:
        count += 1
        has_come.set()
    return count


async def _counted_async(items: AsyncIterable[object], has_come: asyncio.Event) -> int:
    count = 0
    async for _ in items:
        count += 1
        has_come.set()
    return count
