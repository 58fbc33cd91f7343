"""The library underneath: when it is opened, what it is told, and who shares it."""

from __future__ import annotations

import asyncio
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from threading import Barrier
from time import sleep
from types import ModuleType

import httpx
import httpx2
import pytest
from runtime._auth import bearer
from runtime._session import AsyncSession, Session
from runtime._types import UNSET
from runtime.errors import StatusError, TransportError

from .peers import CALL, SECRET, AsyncServer, Server


@dataclass
class Library:
    """A library that counts the clients made from it."""

    made: list[Server] = field(default_factory=list[Server])
    settings: dict[str, object] = field(default_factory=dict[str, object])

    def client(self, **settings: object) -> Server:
        self.settings = settings
        server = Server()
        sleep(0.01)  # long enough for other threads to come along
        self.made.append(server)
        return server

    def async_client(self, **settings: object) -> AsyncServer:
        return AsyncServer(self.client(**settings))


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    """Stand in for httpx2, which is a third party here."""
    found, module = Library(), ModuleType("httpx2")
    vars(module).update(Client=found.client, AsyncClient=found.async_client)
    monkeypatch.setitem(sys.modules, "httpx2", module)
    return found


def test_nothing_is_opened_before_the_first_call(library: Library) -> None:
    with Session("https://x.test", UNSET, None) as client:
        assert library.made == []
        client.send(CALL, UNSET)
        client.send(CALL, UNSET)
    assert [(len(http.seen), http.closed) for http in library.made] == [(2, 1)]
    assert library.settings["timeout"] == 10.0


def test_threads_that_come_first_together_share_a_transport(library: Library) -> None:
    client, barrier = Session("https://x.test", UNSET, None), Barrier(8)

    def first() -> str:
        barrier.wait()
        return client.send(CALL, UNSET)

    with ThreadPoolExecutor(8) as pool:
        assert [each.result() for each in [pool.submit(first) for _ in range(8)]] == ["x"] * 8
    assert [len(http.seen) for http in library.made] == [8]


def test_tasks_that_come_first_together_share_a_transport(library: Library) -> None:
    async def main() -> None:
        async with AsyncSession("https://x.test", UNSET, None) as client:
            assert await asyncio.gather(*(client.send(CALL, UNSET) for _ in range(8))) == ["x"] * 8

    asyncio.run(main())
    assert [(len(http.seen), http.closed) for http in library.made] == [(8, 1)]


def test_httpx2_is_what_opens_by_default() -> None:
    with Session("http://127.0.0.1:9", UNSET, None) as client:
        with pytest.raises(TransportError) as caught:
            client.send(CALL, UNSET)
        assert isinstance(vars(client)["_http"], httpx2.Client)
        assert vars(client)["_http"].timeout == httpx2.Timeout(10.0)
    assert vars(client)["_http"].is_closed
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_no_cookie_redirect_or_credential_of_the_library_is_used(library: ModuleType) -> None:
    seen: list[tuple[str, str]] = []
    elsewhere = {"Location": f"https://evil.test/{SECRET}"}

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append((str(request.url), request.headers["authorization"]))
        answer: httpx.Response = library.Response(302, headers=elsewhere)
        return answer

    http = library.Client(
        transport=library.MockTransport(handle), auth=("user", "word"), follow_redirects=True
    )
    client = Session("https://x.test", UNSET, http, token=bearer(SECRET))
    with pytest.raises(StatusError) as caught:
        client.send(CALL, UNSET)
    assert seen == [(f"https://x.test/a/{SECRET}?q={SECRET}", f"Bearer {SECRET}")]
    assert caught.value.headers["location"] == f"https://evil.test/{SECRET}"
    assert "evil" not in "".join(traceback.format_exception(caught.value))


def test_the_default_transport_keeps_no_cookie(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.headers.get("cookie"))
        headers = {"Set-Cookie": "a=b", "Content-Type": "application/json"}
        return httpx2.Response(200, headers=headers, content=b'"x"')

    class Client(httpx2.Client):
        def __init__(self, cookies: object, timeout: float) -> None:
            jar = cookies if isinstance(cookies, CookieJar) else None
            super().__init__(transport=httpx2.MockTransport(handle), cookies=jar, timeout=timeout)

    monkeypatch.setattr(httpx2, "Client", Client)
    client = Session("https://x.test", UNSET, None)
    assert [client.send(CALL, UNSET), client.send(CALL, UNSET)] == ["x", "x"]
    assert seen == [None, None]
