"""Which transport a client uses: when it is opened, who shares it, and who closes it."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from time import sleep

import httpx
import httpx2
import pytest
from runtime._connect import connect, connect_async
from runtime._httpx import Awaiting, Waiting
from runtime._library import LIBRARY
from runtime._line import Line
from runtime._session import AsyncSession
from runtime.errors import TransportError

from .peers import ABOUT, CALL, PLAIN, AsyncClient, AsyncPeer, Client, Peer


@dataclass
class Opened:
    """The clients of httpx2 that were made while a test ran."""

    clients: list[httpx2.Client] = field(default_factory=list[httpx2.Client])
    async_clients: list[httpx2.AsyncClient] = field(default_factory=list[httpx2.AsyncClient])
    settings: dict[str, object] = field(default_factory=dict[str, object])
    sent: int = 0

    def handle(self, _: httpx2.Request) -> httpx2.Response:
        self.sent += 1
        return httpx2.Response(200, headers={"Content-Type": "application/json"}, content=b'"x"')

    def client(self, **settings: object) -> httpx2.Client:
        sleep(0.01)  # long enough for other threads to come along
        self.settings = settings
        self.clients.append(httpx2_client(transport=httpx2.MockTransport(self.handle)))
        return self.clients[-1]

    def async_client(self, **settings: object) -> httpx2.AsyncClient:
        self.settings = settings
        mock = httpx2.MockTransport(self.handle)
        self.async_clients.append(httpx2_async_client(transport=mock))
        return self.async_clients[-1]


httpx2_client, httpx2_async_client = httpx2.Client, httpx2.AsyncClient


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Stand in for the network: httpx2 is a third party here."""
    found = Opened()
    monkeypatch.setattr(httpx2, "Client", found.client)
    monkeypatch.setattr(httpx2, "AsyncClient", found.async_client)
    return found


def test_nothing_is_opened_before_the_first_call(opened: Opened) -> None:
    with Client("https://x.test", ABOUT, None, {}) as client:
        other = client.with_options(timeout=5)
        assert opened.clients == []
        client.send(CALL, {})
        other.send(CALL, {})
        client.request("GET", "/")
        assert [each.is_closed for each in opened.clients] == [False]
    assert [each.is_closed for each in opened.clients] == [True]
    assert opened.sent == 3
    assert opened.settings["timeout"] == 10.0
    assert set(opened.settings) == {"timeout", "cookies"}


def test_a_client_that_was_never_used_opens_nothing(opened: Opened) -> None:
    with Client("https://x.test", ABOUT, None, {}):
        pass
    assert opened.clients == []


def test_a_closed_client_opens_nothing(opened: Opened) -> None:
    client = Client("https://x.test", ABOUT, None, {})
    client.close()
    with pytest.raises(TransportError, match="the client is closed"):
        client.send(CALL, {})
    assert opened.clients == []


def test_copies_share_a_transport_that_one_of_them_opened(opened: Opened) -> None:
    client = Client("https://x.test", ABOUT, None, {})
    copies = [client.with_options(timeout=1), client.with_options(timeout=2)]
    for each in (*copies, client):
        each.send(PLAIN, {})
    assert (len(opened.clients), opened.sent) == (1, 3)
    copies[0].close()
    assert opened.clients[0].is_closed
    for each in (*copies, client):
        with pytest.raises(TransportError, match="the client is closed"):
            each.send(PLAIN, {})
        each.close()


def test_threads_that_come_first_together_share_a_transport(opened: Opened) -> None:
    client, barrier = Client("https://x.test", ABOUT, None, {}), Barrier(8)

    def first(number: int) -> str:
        own = client if number % 2 else client.with_options(timeout=1)
        barrier.wait()
        return own.send(CALL, {})

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(first, range(8))) == ["x"] * 8
    assert (len(opened.clients), opened.sent) == (1, 8)


def test_tasks_that_come_first_together_share_a_transport(opened: Opened) -> None:
    async def main() -> None:
        async with AsyncClient("https://x.test", ABOUT, None, {}) as client:
            other = client.with_options(timeout=1)
            calls = [each.send(CALL, {}) for each in (client, other) * 4]
            assert await asyncio.gather(*calls) == ["x"] * 8
            assert [each.is_closed for each in opened.async_clients] == [False]
        assert [each.is_closed for each in opened.async_clients] == [True]

    asyncio.run(main())
    assert opened.sent == 8
    assert set(opened.settings) == {"timeout", "cookies"}


def test_a_line_is_opened_once_and_ends_once() -> None:
    made: list[Peer] = []

    def connect() -> Peer:
        made.append(Peer())
        return made[-1]

    own, given = Line(connect, is_given=False), Line(connect, is_given=True)
    assert (own.open(), own.open()) == (made[0], made[0])
    assert own.end() is made[0]
    assert given.open() is made[1]
    assert given.end() is None
    for line in (own, given):
        with pytest.raises(TransportError, match="the client is closed"):
            line.open()
    assert Line(connect, is_given=False).end() is None
    assert len(made) == 2


def test_a_line_that_cannot_be_opened_may_be_tried_again() -> None:
    tries: list[int] = []

    def connect() -> Peer:
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError
        return Peer()

    line = Line(connect, is_given=False)
    with pytest.raises(ConnectionError):
        line.open()
    assert isinstance(line.open(), Peer)


def test_a_transport_serves_as_it_is() -> None:
    peer = Peer()
    other = AsyncPeer(peer)
    assert connect(peer) is peer
    assert connect_async(other) is other


class Logging:
    """Something that callers mix into their clients."""


class Before(Logging, httpx.Client): ...


class After(httpx.Client, Logging): ...


class AsyncAfter(httpx2.AsyncClient, Logging): ...


def test_clients_of_both_libraries_serve_too() -> None:
    for kind in (httpx.Client, httpx2.Client, Before, After):
        with kind() as http:
            assert isinstance(connect(http), Waiting)


def test_asynchronous_clients_of_both_libraries_serve_too() -> None:
    async def main() -> None:
        for kind in (httpx.AsyncClient, httpx2.AsyncClient, AsyncAfter):
            async with kind() as http:
                assert isinstance(connect_async(http), Awaiting)

    asyncio.run(main())


def test_httpx2_is_what_opens_by_default() -> None:
    assert LIBRARY == "httpx2"
    made = connect(None)
    assert isinstance(vars(made)["_http"], httpx2.Client)
    assert vars(made)["_http"].timeout == httpx2.Timeout(10.0)
    made.close()
    assert vars(made)["_http"].is_closed


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)
    with pytest.raises(ModuleNotFoundError, match="httpx2"):
        Client("https://x.test", ABOUT, None, {}).send(CALL, {})


def test_a_client_of_the_caller_stays_open() -> None:
    def handle(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Type": "application/json"}, content=b'"x"')

    async def main() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(handle)) as http:
            async with AsyncSession("https://x.test", ABOUT, http, {}) as client:
                assert await client.send(PLAIN, {}) == "x"
            assert not http.is_closed

    asyncio.run(main())
    with httpx.Client(transport=httpx.MockTransport(handle)) as http:
        with Client("https://x.test", ABOUT, http, {}) as client:
            assert client.send(PLAIN, {}) == "x"
        assert not http.is_closed
