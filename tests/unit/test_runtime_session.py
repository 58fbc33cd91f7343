"""Clients: which transport they use, what they send, and what becomes of failures."""

from __future__ import annotations

import asyncio
import pickle
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import Unpack

import httpx
import httpx2
import pytest
from runtime._auth import bearer
from runtime._call import Call
from runtime._session import AsyncSession, Seconds, Session
from runtime._transport import Options
from runtime._types import UNSET
from runtime.errors import ConstraintError, Error, Timeout, TransportError

from .peers import CALL, SECRET, Answer, AsyncServer, Server


def send(server: Server, own: Seconds, timeout: Seconds, call: Call[str] = CALL) -> str:
    with Session("https://x.test/", own, server, token=bearer(SECRET)) as client:
        return client.send(call, timeout)


def send_async(server: Server, own: Seconds, timeout: Seconds, call: Call[str] = CALL) -> str:
    async def main() -> str:
        http = AsyncServer(server)
        async with AsyncSession("https://x.test/", own, http, token=bearer(SECRET)) as client:
            return await client.send(call, timeout)

    return asyncio.run(main())


Send = Callable[[Server, Seconds, Seconds], str]
both = pytest.mark.parametrize("send", [send, send_async])


@both
def test_a_request_is_what_the_call_says(send: Send) -> None:
    server = Server()
    assert send(server, UNSET, UNSET) == "x"
    assert server.seen == [
        (
            "POST",
            f"https://x.test/a/{SECRET}?q={SECRET}",
            {
                "content": f"p={SECRET}".encode(),
                "headers": {
                    "Accept": "application/json",
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Authorization": f"Bearer {SECRET}",
                },
                "auth": None,
                "follow_redirects": False,
            },
        )
    ]
    assert server.closed == 0


@both
@pytest.mark.parametrize(
    ("own", "timeout", "sent"),
    [
        (UNSET, UNSET, {}),
        (3, UNSET, {"timeout": 3}),
        (None, UNSET, {"timeout": None}),
        (3, 0.5, {"timeout": 0.5}),
        (3, None, {"timeout": None}),
        (UNSET, 2, {"timeout": 2}),
        (None, 2, {"timeout": 2}),
    ],
)
def test_the_timeout_of_a_call_goes_before_that_of_the_client(
    send: Send, own: Seconds, timeout: Seconds, sent: dict[str, float | None]
) -> None:
    server = Server()
    send(server, own, timeout)
    options = server.seen[0][2]
    assert {key: value for key, value in options.items() if key == "timeout"} == sent


@both
@pytest.mark.parametrize("bad", [-1, 0, float("nan"), float("inf"), True, False, "3", b"3", [3]])
def test_a_timeout_is_a_number_above_0(send: Send, bad: float) -> None:
    server = Server()
    for own, timeout in ((bad, UNSET), (UNSET, bad)):
        with pytest.raises(ConstraintError) as caught:
            send(server, own, timeout)
        assert str(caught.value) == "$.timeout: expected a number of seconds above 0"
    assert server.seen == []


@pytest.mark.parametrize(
    "base",
    [
        "",
        "x.test",
        "/v1",
        "ftp://x.test",
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
        "https://x\t.test",
        "https://x.test/\x00",
    ],
)
def test_a_base_url_is_plain(base: str) -> None:
    with pytest.raises(ConstraintError) as caught:
        Session(base, UNSET, Server())
    assert str(caught.value) == "$.base_url: expected an http(s) URL and no more"
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://x.test", "https://x.test"),
        ("https://x.test//", "https://x.test"),
        ("HTTP://127.0.0.1:80/v1/", "HTTP://127.0.0.1:80/v1"),
        ("http://[::1]:8080/a/@b", "http://[::1]:8080/a/@b"),
    ],
)
def test_a_base_url_may_have_a_port_and_a_path(base: str, url: str) -> None:
    server = Server()
    Session(base, UNSET, server).send(replace(CALL, query=""), UNSET)
    assert server.seen[0][1] == f"{url}/a/{SECRET}"


def test_a_client_shows_no_credential() -> None:
    client = Session("https://x.test", UNSET, None, token=bearer(SECRET))
    assert repr(client) == "<Session of https://x.test>"
    assert SECRET not in repr(client) + str(vars(client))


@both
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (RuntimeError(SECRET), TransportError),
        (TimeoutError(SECRET), Timeout),
        (httpx.ConnectError(SECRET), TransportError),
        (httpx2.ConnectError(SECRET), TransportError),
        (httpx.ReadTimeout(SECRET), Timeout),
        (httpx2.PoolTimeout(SECRET), Timeout),
    ],
)
def test_a_failure_tells_its_class_only(send: Send, fault: Exception, kind: type) -> None:
    with pytest.raises(TransportError) as caught:
        send(Server(fault), UNSET, UNSET)
    error = caught.value
    assert type(error) is kind
    assert str(error) == f"POST /a/{{id}} failed: {type(fault).__name__}"
    assert (error.__context__, error.__cause__) == (None, None)
    shown = "".join(traceback.format_exception(error)) + repr(error) + str(vars(error))
    assert SECRET not in shown
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@both
@pytest.mark.parametrize("fault", [KeyboardInterrupt(), SystemExit(), asyncio.CancelledError()])
def test_an_interrupt_is_not_swallowed(send: Send, fault: BaseException) -> None:
    with pytest.raises(type(fault)):
        send(Server(fault), UNSET, UNSET)


def test_a_cancelled_task_is_cancelled() -> None:
    class Slow(AsyncServer):
        async def request(self, method: str, url: str, **options: Unpack[Options]) -> Answer:
            await asyncio.Event().wait()
            raise AssertionError("never")

    async def main() -> None:
        client = AsyncSession("https://x.test", UNSET, Slow(Server()))
        task = asyncio.create_task(client.send(CALL, UNSET))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())


def test_a_closed_client_sends_nothing() -> None:
    server = Server()
    client = Session("https://x.test", UNSET, server)
    client.close()
    client.close()
    with pytest.raises(TransportError, match="the client is closed"):
        client.send(CALL, UNSET)
    assert (server.seen, server.closed) == ([], 0)


def test_a_closed_asynchronous_client_sends_nothing() -> None:
    async def main() -> None:
        server = Server()
        client = AsyncSession("https://x.test", UNSET, AsyncServer(server))
        await client.aclose()
        with pytest.raises(TransportError, match="the client is closed"):
            await client.send(CALL, UNSET)
        assert (server.seen, server.closed) == ([], 0)

    asyncio.run(main())


def test_every_error_has_one_base() -> None:
    assert issubclass(TransportError, Error)
    assert issubclass(Timeout, TransportError)
