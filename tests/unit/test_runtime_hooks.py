"""Hooks: what they are told of each try, what they may add, and what they cannot break."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from runtime._auth import bearer
from runtime._options import ClientOptions
from runtime._request import Request
from runtime._response import Response
from runtime.errors import ConstraintError, Error, TransportError
from runtime.hooks import Attempt, Done, Outcome

from .peers import (
    ABOUT,
    ANSWER,
    CALL,
    PLAIN,
    SECRET,
    AsyncClient,
    AsyncPeer,
    Client,
    Script,
    Send,
    Watch,
    both,
)

BUSY = Response(503, {"retry-after": "9"}, b"")
LOST = httpx2.ReadError(SECRET)


class Diary:
    """A hook that writes down all that it is told."""

    def __init__(self, **headers: str) -> None:
        self.headers = headers
        self.told: list[Attempt | Outcome] = []

    def __call__(self, attempt: Attempt) -> Done:
        self.told.append(attempt)
        attempt.headers.update(self.headers)
        return self.told.append


@both
def test_a_hook_is_told_before_and_after_each_try(send: Send) -> None:
    class Slow(Script):
        def exchange(self, request: Request) -> Response:
            watch.now += 0.25
            return super().exchange(request)

    diary, watch = Diary(), Watch()
    peer = Slow(outcomes=[BUSY, LOST, ANSWER])
    send(peer, PLAIN, settings={"clock": watch, "hooks": [diary], "retries": 5})
    first = Attempt("GET /p", "GET", "https://x.test/p", 1)
    wait = watch.slept[1]
    assert 0.5 <= wait <= 1
    assert diary.told == [
        first,
        Outcome(503, "", 0.25, 9),
        replace(first, number=2),
        Outcome(None, "TransportError", 0.25, wait),
        replace(first, number=3),
        Outcome(200, "", 0.25, None),
    ]


@both
@pytest.mark.parametrize("outcome", [ANSWER, BUSY, LOST])
def test_no_hook_is_told_a_secret(send: Send, outcome: Response | Exception) -> None:
    """The argument in the path, the query, the form and the credential are all the same text."""
    diary, call = (
        Diary(),
        replace(CALL, method="PUT", headers={"X-A": SECRET}, cookies=f"c={SECRET}"),
    )
    settings: ClientOptions = {
        "clock": Watch(),
        "hooks": [diary],
        "default_headers": {"X-B": SECRET},
    }
    with suppress(Error):
        send(Script(outcomes=[outcome]), call, settings=settings)
    attempts = [told for told in diary.told if isinstance(told, Attempt)]
    assert len(attempts) == (1 if outcome is ANSWER else 3)
    assert {told.url for told in attempts} == {"https://x.test/a/{id}"}
    for told in diary.told:
        assert SECRET not in repr(told) + "".join(
            str(getattr(told, name)) for name in type(told).__slots__
        )


@both
def test_a_url_has_no_query_though_a_path_of_a_document_has_one(send: Send) -> None:
    diary = Diary()
    call = replace(PLAIN, path="/p?kind=a")
    send(Script(outcomes=[ANSWER]), call, settings={"hooks": [diary]})
    assert diary.told[0] == Attempt("GET /p?kind=a", "GET", "https://x.test/p", 1)


@both
def test_a_hook_may_add_headers_to_each_try(send: Send) -> None:
    numbers = iter("12")

    def trace(attempt: Attempt) -> None:
        attempt.headers["traceparent"] = f"00-{next(numbers)}"

    peer = Script(outcomes=[BUSY, ANSWER])
    diary = Diary(tracestate="a", AUTHORIZATION="other", **{"X-Own": "hook"})
    send(
        peer,
        replace(CALL, method="PUT"),
        settings={"clock": Watch(), "hooks": [trace, diary]},
        extra_headers={"x-own": "call"},
    )
    sent = [{name.lower(): text for name, text in seen.headers.items()} for seen in peer.seen]
    assert [each["traceparent"] for each in sent] == ["00-1", "00-2"]
    for each in sent:
        assert each["tracestate"] == "a"
        assert (each["authorization"], each["x-own"]) == (f"Bearer {SECRET}", "call")
    assert all(len(seen.headers) == len(each) for seen, each in zip(peer.seen, sent, strict=True))


@both
@pytest.mark.parametrize("name", ["X-A", "X A", "Content-Length"])
def test_a_header_that_cannot_be_sent_is_left_out(
    send: Send, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    peer, bad = Script(outcomes=[ANSWER]), Diary(**{name: "a\r\nX-B: c"})
    send(peer, PLAIN, settings={"hooks": [bad]})
    assert not {"X-A", "X A", "X-B", "Content-Length"} & set(peer.seen[0].headers)
    assert "failed" in caplog.text


@both
@pytest.mark.parametrize("name", [None, 1, b"X-A"])
def test_a_header_whose_name_is_no_text_is_left_out(
    send: Send, name: Any, caplog: pytest.LogCaptureFixture
) -> None:
    peer, bad = Script(outcomes=[ANSWER]), Diary()
    bad.headers[name] = "a"
    assert send(peer, PLAIN, settings={"hooks": [bad]}) == "x"
    assert name not in peer.seen[0].headers
    assert "failed" in caplog.text


@both
def test_the_last_hook_ends_first(send: Send) -> None:
    said = list[str]()

    def named(name: str) -> Callable[[Attempt], Done]:
        def hook(_: Attempt) -> Done:
            said.append(f"{name} begins")
            return lambda _: said.append(f"{name} ends")

        return hook

    send(Script(outcomes=[ANSWER]), PLAIN, settings={"hooks": [named("a"), named("b")]})
    assert said == ["a begins", "b begins", "b ends", "a ends"]


@both
def test_a_hook_that_fails_is_logged_and_changes_nothing(
    send: Send, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Attempt) -> None:
        raise RuntimeError("before")

    def broken_later(_: Attempt) -> Done:
        def fails(_: Outcome) -> None:
            raise RuntimeError("after")

        return fails

    diary = Diary()
    settings: ClientOptions = {"hooks": [broken, broken_later, diary]}
    assert send(Script(outcomes=[ANSWER]), CALL, settings=settings) == "x"
    assert len(diary.told) == 2
    assert [record.name for record in caplog.records] == ["runtime.hooks"] * 2
    assert ("before" in caplog.text, "after" in caplog.text) == (True, True)
    assert SECRET not in caplog.text


@both
def test_what_is_not_sent_is_no_try(send: Send) -> None:
    diary = Diary()
    with pytest.raises(ConstraintError):
        send(
            Script(outcomes=[ANSWER]),
            CALL,
            settings={"hooks": [diary]},
            keys={"token": bearer(lambda: "not visible ")},
        )
    assert diary.told == []


def test_a_client_may_have_others() -> None:
    one, other = Diary(), Diary()
    client = Client("https://x.test", ABOUT, Script(outcomes=[ANSWER]), {"hooks": [one]})
    client.with_options(hooks=[other]).get("/p")
    client.with_options(timeout=3).get("/p")
    assert (len(one.told), len(other.told)) == (2, 2)


def test_who_stops_a_call_is_told_to_hooks() -> None:
    class Stopped(Script):
        def exchange(self, request: Request) -> Response:
            raise KeyboardInterrupt

    diary = Diary()
    with pytest.raises(KeyboardInterrupt):
        Client("https://x.test", ABOUT, Stopped(), {"hooks": [diary], "clock": Watch()}).get("/p")
    assert diary.told[1:] == [Outcome(None, "KeyboardInterrupt", 0, None)]


def test_a_call_that_is_cancelled_is_told_to_hooks() -> None:
    class Endless(AsyncPeer):
        async def exchange(self, request: Request) -> Response:
            self.peer.seen.append(request)
            await asyncio.sleep(60)
            raise AssertionError

    async def main() -> None:
        peer = Script()
        client = AsyncClient("https://x.test", ABOUT, Endless(peer), {"hooks": [diary]})
        task = asyncio.create_task(client.get("/p"))
        while not peer.seen:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    diary = Diary()
    asyncio.run(main())
    _, told = diary.told
    assert isinstance(told, Outcome)
    assert (told.status, told.error, told.wait) == (None, "CancelledError", None)


def test_an_error_holds_no_hook() -> None:
    def hook(attempt: Attempt) -> None:
        attempt.headers["X-Trace"] = SECRET

    settings: ClientOptions = {"hooks": [hook], "retries": 0}
    with pytest.raises(TransportError) as caught:
        Client("https://x.test", ABOUT, Script(outcomes=[LOST]), settings).get("/p")
    assert SECRET not in repr(caught.value) + str(vars(caught.value))
