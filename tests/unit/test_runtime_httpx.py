"""Clients of httpx2 and httpx as transports: what they are told, and what they are not asked."""

from __future__ import annotations

import traceback
from dataclasses import replace
from http.cookiejar import CookieJar
from types import ModuleType

import httpx2
import pytest
from runtime._httpx import Awaiting, Waiting
from runtime._options import CallOptions, ClientOptions
from runtime._plain import octets_body
from runtime._session import AsyncSession, Session
from runtime.errors import StatusError, TransportError

from .peers import ABOUT, CALL, JSON, KEYS, PLAIN, SECRET, Site, Watch, ask, libraries, ways


@libraries
@ways
def test_what_leaves_is_what_was_given_and_nothing_besides(library: ModuleType, way: str) -> None:
    site = Site(library)
    assert ask(site, way) == "x"
    sent = site.seen[0]
    assert (sent.method, str(sent.url)) == ("POST", f"https://x.test/v1/a/{SECRET}?q={SECRET}")
    assert sent.content == f"p={SECRET}".encode()
    assert {name.lower(): text for name, text in sent.headers.multi_items()} == {
        "host": "x.test",
        "user-agent": "tests/1",
        "accept": "application/json",
        "accept-encoding": "gzip, deflate",
        "content-type": "application/x-www-form-urlencoded",
        "authorization": f"Bearer {SECRET}",
        "content-length": "10",
    }


@libraries
@ways
def test_a_request_without_a_body_has_none(library: ModuleType, way: str) -> None:
    site = Site(library)
    ask(site, way, call=PLAIN)
    ask(site, way, call=replace(PLAIN, method="POST", body=octets_body(b"", "a/b")))
    assert [sent.content for sent in site.seen] == [b"", b""]
    found = [
        (sent.headers.get("content-type"), sent.headers.get("content-length")) for sent in site.seen
    ]
    assert found == [(None, None), ("a/b", "0")]
    assert "authorization" not in site.seen[0].headers


@libraries
@ways
@pytest.mark.parametrize(
    "path", ["/a%2Fb", "/%2E%2E/a", "/a;b,c=d:@", "/%C3%A9", "/%20", "/a+b", "/-._~!$&'()*"]
)
def test_a_path_leaves_as_it_is_quoted(library: ModuleType, way: str, path: str) -> None:
    site = Site(library)
    ask(site, way, call=replace(PLAIN, path=path, query="a%2Fb=%20+&c=%26"))
    assert site.seen[0].url.raw_path == f"/v1{path}?a%2Fb=%20+&c=%26".encode()


@libraries
@ways
@pytest.mark.parametrize(
    ("settings", "options", "seconds"),
    [
        ({}, {}, 7.0),
        ({"timeout": 3}, {}, 3),
        ({"timeout": None, "deadline": None}, {}, None),
        ({"timeout": 3}, {"timeout": 0.5}, 0.5),
        ({}, {"timeout": None, "deadline": None}, None),
    ],
)
def test_a_wait_takes_as_long_as_was_said(
    library: ModuleType,
    way: str,
    settings: ClientOptions,
    options: CallOptions,
    seconds: float | None,
) -> None:
    site = Site(library)
    ask(site, way, settings=settings, options=options)
    waits = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    assert site.seen[0].extensions["timeout"] == waits


@libraries
@ways
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(library: ModuleType, way: str, status: int) -> None:
    site = Site(library, status, {"Location": f"https://evil.test/{SECRET}"})
    with pytest.raises(StatusError) as caught:
        ask(site, way)
    assert [str(sent.url) for sent in site.seen] == [f"https://x.test/v1/a/{SECRET}?q={SECRET}"]
    assert caught.value.headers["location"] == f"https://evil.test/{SECRET}"
    assert "evil" not in "".join(traceback.format_exception(caught.value))


@libraries
def test_no_cookie_is_sent_again(library: ModuleType) -> None:
    """Not even one that the library keeps, of a client of the caller's."""
    site = Site(library, headers={**JSON, "Set-Cookie": "a=b"})
    with library.Client(**site.settings()) as http:
        client = Session("https://x.test", ABOUT, http, {}, **KEYS)
        assert [client.send(CALL, {}), client.send(CALL, {})] == ["x", "x"]
    assert ["cookie" in sent.headers for sent in site.seen] == [False, False]


def test_the_default_transport_keeps_no_cookie(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(httpx2, headers={**JSON, "Set-Cookie": "a=b"})
    jars: list[object] = []

    class Client(httpx2.Client):
        def __init__(self, cookies: object, timeout: float) -> None:
            jar = cookies if isinstance(cookies, CookieJar) else None
            mock = httpx2.MockTransport(site.handle)  # type: ignore[arg-type] # of httpx2 here
            super().__init__(transport=mock, cookies=jar, timeout=timeout)
            jars.append(self.cookies.jar)

    monkeypatch.setattr(httpx2, "Client", Client)
    with Session("https://x.test", ABOUT, None, {}) as client:
        assert [client.send(CALL, {}), client.send(CALL, {})] == ["x", "x"]
    assert ["cookie" in sent.headers for sent in site.seen] == [False, False]
    assert [list(jar) for jar in jars if isinstance(jar, CookieJar)] == [[]]


@libraries
def test_without_a_deadline_nothing_of_asyncio_is_needed(library: ModuleType) -> None:
    """Whatever runs the call: trio, for one, or nothing at all where nothing has to be awaited."""
    site, watch = Site(library, status=503), Watch()

    async def main() -> str:
        async with library.AsyncClient(**site.settings()) as http:
            client = AsyncSession("https://x.test", ABOUT, http, {"clock": watch, "deadline": None})
            with pytest.raises(StatusError):
                await client.send(PLAIN, {})
            site.status = 200
            return await client.send(PLAIN, {})

    with pytest.raises(StopIteration) as ended:
        main().send(None)
    assert (ended.value.value, len(site.seen), len(watch.slept)) == ("x", 4, 2)


def test_a_server_that_is_not_there_is_a_failure() -> None:
    client = Session("http://127.0.0.1:9", ABOUT, None, {"retries": 0}, **KEYS)
    with client, pytest.raises(TransportError) as caught:
        client.send(CALL, {})
    assert str(caught.value) == "POST /a/{id} failed: ConnectError (ConnectionRefusedError)"
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("kind", [Waiting, Awaiting])
def test_a_library_that_is_not_installed_is_told(
    kind: type[Waiting] | type[Awaiting],
) -> None:
    with pytest.raises(ModuleNotFoundError, match="through httpx9: install it, or give") as caught:
        kind(None, "httpx9")
    assert (caught.value.name, caught.value.__context__) == ("httpx9", None)
