"""Clients: where they are, what becomes of failures, and when they are closed."""

from __future__ import annotations

import asyncio
import pickle
import traceback
from dataclasses import replace
from ssl import SSLCertVerificationError

import httpx
import httpx2
import pytest
from runtime._auth import bearer
from runtime._request import Request
from runtime._response import Response
from runtime._session import AsyncSession, Session
from runtime.errors import (
    ConnectError,
    ConnectTimeout,
    DecodeError,
    Error,
    StatusError,
    Timeout,
    TransportError,
)

from .peers import (
    ABOUT,
    CALL,
    KEYS,
    PLAIN,
    SECRET,
    AsyncClient,
    AsyncPeer,
    Client,
    Peer,
    Send,
    both,
    refusal,
)


@pytest.mark.parametrize(
    "base",
    [
        "",
        "x.test",
        "/v1",
        "//x.test",
        "ftp://x.test",
        "https:x.test",
        "https:/x.test",
        "https://",
        "https:///v1",
        "https://:80",
        "https://user:s3s3@x.test",
        "https://s3s3@x.test",
        "https://x.test\\@y.test",
        "https://x.test/v1?",
        "https://x.test/v1?a=s3s3",
        "https://x.test/#",
        "https://x.test/a b",
        "https://x.test\n",
        " https://x.test",
        "https://x\t.test",
        "https://x.test/\x00",
        "https://x.test/\u2028",
        # what no parser of URLs takes for a host
        "https://[x.test",
        "https://[x.test]",
        "https://[::1]x.test",
        "https://x\u2100.test",
        "https://x.test:port",
        "https://x.test:80:81",
        "https://x.test:0",
        "https://x.test:65536",
        "https://x.test:",
    ],
)
def test_a_base_url_is_plain(base: str) -> None:
    message = "$.base_url: expected an http(s) URL and no more"
    assert refusal(lambda: Session(base, ABOUT, Peer(), {})) == message
    assert refusal(lambda: AsyncSession(base, ABOUT, AsyncPeer(Peer()), {})) == message


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://x.test", "https://x.test"),
        ("https://x.test//", "https://x.test"),
        ("HTTP://127.0.0.1:80/v1/", "HTTP://127.0.0.1:80/v1"),
        ("http://[::1]:8080/a/@b", "http://[::1]:8080/a/@b"),
        ("https://\u00e9.test", "https://\u00e9.test"),
    ],
)
def test_a_base_url_may_have_a_port_and_a_path(base: str, url: str) -> None:
    peer = Peer()
    client = Session(base, ABOUT, peer, {})
    client.send(replace(CALL, query=""), {})
    assert peer.seen[0].url == f"{url}/a/{SECRET}"
    assert repr(client) == f"<Session of {url}>"


def test_a_client_shows_no_credential() -> None:
    client = Client("https://x.test", ABOUT, None, {}, token=bearer(SECRET))
    for each in (client, client.with_options(token=bearer(lambda: SECRET), timeout=3)):
        assert repr(each) == "<Client of https://x.test>"
        assert SECRET not in repr(each) + str(vars(each))


FAULTS: list[tuple[Exception, type[TransportError]]] = [
    (RuntimeError(SECRET), TransportError),
    (ValueError(SECRET), TransportError),
    (TimeoutError(SECRET), Timeout),
    (httpx.ConnectError(SECRET), ConnectError),
    (httpx2.ConnectError(SECRET), ConnectError),
    (httpx.ProxyError(SECRET), ConnectError),
    (httpx2.ConnectTimeout(SECRET), ConnectTimeout),
    (httpx.ReadTimeout(SECRET), Timeout),
    (httpx2.PoolTimeout(SECRET), ConnectTimeout),
]


@both
@pytest.mark.parametrize(("fault", "kind"), FAULTS)
def test_a_failure_tells_its_class_only(
    send: Send, fault: Exception, kind: type[TransportError]
) -> None:
    with pytest.raises(TransportError) as caught:
        send(Peer(fault))
    error = caught.value
    assert type(error) is kind
    assert str(error) == f"POST /a/{{id}} failed: {type(fault).__name__}"
    assert (error.__context__, error.__cause__) == (None, None)
    shown = "".join(traceback.format_exception(error)) + repr(error) + str(vars(error))
    assert SECRET not in shown
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def shown(error: BaseException) -> str:
    """Return what a debugger or a service for errors shows of the frames that are not the test's."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return "".join(str(f.f_locals) for f in frames if f.f_globals["__name__"].startswith("runtime"))


JSON_SECRET = Response(200, {"content-type": "application/json"}, f'["{SECRET}"]'.encode())


@pytest.mark.parametrize(
    "peer",
    [
        Peer(RuntimeError(SECRET)),
        Peer(answer=JSON_SECRET),
        Peer(answer=replace(JSON_SECRET, content=b'{"' + SECRET.encode())),
        Peer(answer=replace(JSON_SECRET, status=400)),
    ],
)
@both
def test_no_frame_shows_a_secret(send: Send, peer: Peer) -> None:
    with pytest.raises(Error) as caught:
        send(peer)
    assert shown(caught.value)
    assert SECRET not in shown(caught.value)


@both
@pytest.mark.parametrize("kind", [TransportError, Timeout])
def test_a_transport_may_say_what_failed(send: Send, kind: type[TransportError]) -> None:
    with pytest.raises(TransportError) as caught:
        send(Peer(kind("the answer cannot be unpacked")))
    assert type(caught.value) is kind
    assert str(caught.value) == "POST /a/{id} failed: the answer cannot be unpacked"
    assert (caught.value.__context__, caught.value.__cause__) == (None, None)


@both
@pytest.mark.parametrize("fault", [KeyboardInterrupt(), SystemExit(), asyncio.CancelledError()])
def test_an_interrupt_is_not_swallowed(send: Send, fault: BaseException) -> None:
    with pytest.raises(type(fault)):
        send(Peer(fault))


@both
def test_an_answer_is_read_by_its_call(send: Send) -> None:
    with pytest.raises(StatusError, match=r"POST /a/\{id\} answered 302"):
        send(Peer(answer=Response(302, {"location": "https://y.test"}, b"")))
    with pytest.raises(DecodeError, match="expected a string, found a number"):
        send(Peer(answer=Response(200, {"content-type": "application/json"}, b"1")))


def test_a_cancelled_task_is_cancelled() -> None:
    class Slow(AsyncPeer):
        async def exchange(self, request: Request) -> Response:
            await asyncio.Event().wait()
            raise AssertionError("never")

    async def main() -> None:
        client = AsyncSession("https://x.test", ABOUT, Slow(Peer()), {}, **KEYS)
        task = asyncio.create_task(client.send(CALL, {}))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())


def test_a_closed_client_sends_nothing() -> None:
    peer = Peer()
    client = Client("https://x.test", ABOUT, peer, {})
    other = client.with_options(timeout=1)
    other.close()
    client.close()
    for each in (client, other, client.with_options()):
        with pytest.raises(TransportError, match="the client is closed"):
            each.send(CALL, {})
    assert (peer.seen, peer.closed) == ([], 0)


def test_a_closed_asynchronous_client_sends_nothing() -> None:
    async def main() -> None:
        peer = Peer()
        client = AsyncClient("https://x.test", ABOUT, AsyncPeer(peer), {})
        other = client.with_options(timeout=1)
        await client.aclose()
        await client.aclose()
        for each in (client, other):
            with pytest.raises(TransportError, match="the client is closed"):
                await each.send(CALL, {})
        assert (peer.seen, peer.closed) == ([], 0)

    asyncio.run(main())


def test_a_transport_of_the_caller_outlives_its_clients() -> None:
    peer = Peer()
    for _ in range(2):
        with Session("https://x.test", ABOUT, peer, {}) as client:
            client.send(PLAIN, {})

    async def main() -> None:
        async with AsyncSession("https://x.test", ABOUT, AsyncPeer(peer), {}) as client:
            await client.send(PLAIN, {})

    asyncio.run(main())
    assert (len(peer.seen), peer.closed) == (3, 0)


@both
def test_a_failure_to_connect_tells_what_the_system_said(send: Send) -> None:
    """A name that nobody knows, a wrong certificate and a closed port are one class of httpx."""
    fault = httpx2.ConnectError(SECRET)
    fault.__cause__ = httpx2.NetworkError(SECRET)
    fault.__cause__.__context__ = SSLCertVerificationError(SECRET)
    with pytest.raises(ConnectError) as caught:
        send(Peer(fault))
    assert str(caught.value) == "POST /a/{id} failed: ConnectError (SSLCertVerificationError)"
