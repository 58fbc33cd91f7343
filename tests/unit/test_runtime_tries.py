"""Calls that are tried again: which, when, how often, and what is told in the end."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate
from itertools import count
from typing import Any

import httpx
import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime._auth import bearer
from runtime._body import Body
from runtime._call import Call
from runtime._options import CallOptions, ClientOptions
from runtime._request import Request
from runtime._response import Response
from runtime._source import Source
from runtime._tries import IDEMPOTENT, LONGEST, PASSING, backoff, retry_after
from runtime.errors import ConnectError, StatusError, Timeout, TransportError

from .peers import (
    ABOUT,
    ANSWER,
    CALL,
    KEYED,
    PLAIN,
    SECRET,
    AsyncClient,
    AsyncPeer,
    Client,
    Script,
    Send,
    Watch,
    both,
    refusal,
)

BUSY = Response(503, {}, b"")
LOST = httpx2.ReadError("lost")
UNSENT = httpx2.ConnectError("unsent")
POST = replace(PLAIN, method="POST")


def tried(
    send: Send,
    *outcomes: Response | Exception,
    call: Call[str] = PLAIN,
    settings: ClientOptions | None = None,
    **options: Any,
) -> tuple[object, Script, Watch]:
    """Return what comes of a call, what was sent for it, and how long it waited."""
    peer, watch = Script(outcomes=list(outcomes)), Watch()
    told: ClientOptions = {**(settings or {}), "clock": watch}
    try:
        found: object = send(peer, call, settings=told, **options)
    except (StatusError, TransportError) as error:
        found = error
    return found, peer, watch


@both
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"])
@pytest.mark.parametrize("failure", [BUSY, LOST, httpx.ReadTimeout("late"), OSError("reset")])
def test_an_idempotent_call_is_tried_again(
    send: Send, method: str, failure: Response | Exception
) -> None:
    assert method in IDEMPOTENT
    found, peer, watch = tried(send, failure, failure, ANSWER, call=replace(PLAIN, method=method))
    assert found == "x"
    assert len(peer.seen) == 3
    first, second = watch.slept
    assert 0.25 <= first <= 0.5 <= second <= 1.0


@both
@pytest.mark.parametrize("method", ["POST", "PATCH", "get", "LOCK"])
@pytest.mark.parametrize("failure", [BUSY, LOST, httpx.ReadTimeout("late"), OSError("reset")])
def test_another_is_not_where_it_may_have_arrived(
    send: Send, method: str, failure: Response | Exception
) -> None:
    found, peer, watch = tried(send, failure, ANSWER, call=replace(PLAIN, method=method))
    assert isinstance(found, Exception)
    assert (len(peer.seen), watch.slept) == (1, [])


@both
@pytest.mark.parametrize("call", [PLAIN, POST, replace(POST, is_single_use=True)])
@pytest.mark.parametrize("failure", [UNSENT, httpx.ConnectTimeout("late"), ConnectError("none")])
def test_any_is_where_nothing_was_sent(send: Send, call: Call[str], failure: Exception) -> None:
    found, peer, _ = tried(send, failure, ANSWER, call=call)
    assert (found, len(peer.seen)) == ("x", 2)


@both
@pytest.mark.parametrize(
    ("settings", "options"), [({"idempotent": True}, {}), ({}, {"idempotent": True})]
)
def test_callers_may_vouch_for_a_call(
    send: Send, settings: ClientOptions, options: CallOptions
) -> None:
    found, peer, _ = tried(send, LOST, ANSWER, call=POST, settings=settings, **options)
    assert (found, len(peer.seen)) == ("x", 2)


@both
def test_a_client_vouches_for_no_call_that_nobody_described(send: Send) -> None:
    """It may be a grant; the call itself may say that it is not."""
    bare, settings = replace(POST, is_described=False), ClientOptions(idempotent=True)
    assert len(tried(send, LOST, ANSWER, call=bare, settings=settings)[1].seen) == 1
    assert len(tried(send, LOST, ANSWER, call=bare, idempotent=True)[1].seen) == 2
    get = replace(PLAIN, is_described=False)
    assert len(tried(send, LOST, ANSWER, call=get)[1].seen) == 2
    forbidden = ClientOptions(idempotent=False)
    assert len(tried(send, LOST, ANSWER, call=get, settings=forbidden)[1].seen) == 1


@both
def test_callers_may_forbid_it(send: Send) -> None:
    _, peer, _ = tried(send, LOST, ANSWER, settings={"idempotent": True}, idempotent=False)
    assert len(peer.seen) == 1


@both
def test_a_key_makes_a_call_repeatable(send: Send) -> None:
    found, peer, _ = tried(send, LOST, ANSWER, call=replace(POST, is_keyed=True))
    assert (found, len(peer.seen)) == ("x", 2)


@both
def test_a_server_may_still_be_at_work_on_a_key(send: Send) -> None:
    """Only where it has got the call before: else a conflict is the answer."""
    keyed, conflict = replace(POST, is_keyed=True), Response(409, {}, b"")
    assert len(tried(send, conflict, ANSWER, call=keyed)[1].seen) == 1
    found, peer, _ = tried(send, LOST, conflict, ANSWER, call=keyed)
    assert (found, len(peer.seen)) == ("x", 3)
    assert len(tried(send, LOST, conflict, ANSWER, call=PLAIN)[1].seen) == 2


@both
@pytest.mark.parametrize("method", ["POST", "PUT", "GET"])
@pytest.mark.parametrize("failure", [BUSY, LOST])
def test_a_grant_is_presented_once_whatever_callers_say(
    send: Send, method: str, failure: Response | Exception
) -> None:
    call = replace(PLAIN, method=method, is_single_use=True, is_keyed=True)
    settings: ClientOptions = {"idempotent": True, "retries": 9}
    _, peer, _ = tried(send, failure, ANSWER, call=call, settings=settings, idempotent=True)
    assert len(peer.seen) == 1


@both
@pytest.mark.parametrize("status", range(100, 600))
def test_some_statuses_may_pass(send: Send, status: int) -> None:
    _, peer, _ = tried(send, replace(ANSWER, status=status), BUSY, retries=1)
    assert (len(peer.seen) == 2) is (status in (408, 425, 429, 500, 502, 503, 504))
    assert (status in PASSING) is (len(peer.seen) == 2)


@both
@pytest.mark.parametrize(
    "failure", [ValueError("ours"), TransportError("too large"), httpx.UnsupportedProtocol("s")]
)
def test_what_would_fail_again_is_not_tried_again(send: Send, failure: Exception) -> None:
    found, peer, _ = tried(send, failure, ANSWER)
    assert isinstance(found, TransportError)
    assert (found.is_transient, len(peer.seen)) == (False, 1)


@both
@pytest.mark.parametrize("retries", [0, 1, 5])
def test_the_last_failure_is_told_and_how_often_it_was_tried(send: Send, retries: int) -> None:
    often = f" after {retries + 1} tries" if retries else ""
    found, peer, _ = tried(send, LOST, LOST, BUSY, LOST, BUSY, LOST, retries=retries)
    assert len(peer.seen) == retries + 1
    assert isinstance(found, TransportError)
    assert str(found) == f"GET /p failed{often}: ReadError"
    assert (found.tries, found.__context__, found.__cause__) == (retries + 1, None, None)
    assert pickle.loads(pickle.dumps(found)).tries == retries + 1
    found, _, _ = tried(send, Response(503, {"x-request-id": "r"}, b""), retries=retries)
    assert isinstance(found, StatusError)
    assert str(found) == f"GET /p answered 503{often} (request r)"
    assert found.tries == retries + 1
    assert str(pickle.loads(pickle.dumps(found))) == str(found)


@both
def test_a_call_goes_before_its_client(send: Send) -> None:
    assert len(tried(send, LOST)[1].seen) == 3
    assert len(tried(send, LOST, settings={"retries": 4})[1].seen) == 5
    assert len(tried(send, LOST, settings={"retries": 4}, retries=1)[1].seen) == 2


@both
@pytest.mark.parametrize("bad", [-1, 1.0, True, None, "2"])
def test_a_number_of_retries_is_one(send: Send, bad: Any) -> None:
    said = "$.retries: expected a number of retries"
    assert refusal(tried, send, ANSWER, retries=bad) == said
    assert refusal(lambda: Client("https://x.test", ABOUT, Script(), {"retries": bad})) == said


@both
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_says_when_to_come_again(send: Send, status: int) -> None:
    said = {"retry-after": "17"}
    _, _, watch = tried(send, Response(status, said, b""), ANSWER)
    assert watch.slept == [17]
    date = {"retry-after": formatdate(Watch().epoch + 23, usegmt=True)}
    _, _, watch = tried(send, Response(status, date, b""), ANSWER)
    assert watch.slept == [23]


@both
@pytest.mark.parametrize("said", ["61", "9" * 99, "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_who_is_to_come_much_later_is_told_so(send: Send, said: str) -> None:
    found, peer, watch = tried(send, Response(429, {"retry-after": said}, b""), ANSWER)
    assert isinstance(found, StatusError)
    assert (len(peer.seen), watch.slept) == (1, [])
    assert found.headers["retry-after"] == said


@both
def test_a_wait_that_the_deadline_would_cut_is_none(send: Send) -> None:
    slow = Response(503, {"retry-after": "17"}, b"")
    for deadline, slept in ((17, []), (17.01, [17]), (34, [17]), (34.02, [17, 17])):
        found, _, watch = tried(send, slow, deadline=deadline)
        assert isinstance(found, StatusError)
        assert watch.slept == slept


@both
def test_each_try_has_what_is_left_of_the_time(send: Send) -> None:
    slow = Response(503, {"retry-after": "20"}, b"")
    _, peer, _ = tried(send, slow, deadline=50)
    assert [seen.deadline for seen in peer.seen] == [50, 30, 10]
    _, peer, _ = tried(send, slow, deadline=None)
    assert [seen.deadline for seen in peer.seen] == [None] * 3


@both
def test_a_credential_counts_as_well(send: Send) -> None:
    """One may take long to get: what is left is for the request."""
    watch, peer = Watch(), Script(outcomes=[ANSWER])

    def slow() -> str:
        watch.now += 5
        return SECRET

    def ask(deadline: float) -> None:
        settings: ClientOptions = {"clock": watch, "deadline": deadline}
        send(peer, KEYED, settings=settings, keys={"token": bearer(slow)})

    ask(12)
    assert peer.seen[0].deadline == 7
    with pytest.raises(Timeout, match=r"GET /k failed: the call took longer than `deadline`"):
        ask(5)
    assert len(peer.seen) == 1


@both
def test_a_call_that_is_late_tells_how_often_it_was_sent(send: Send) -> None:
    """The try for which there is no time left is none."""
    watch = Watch()

    def slow() -> str:
        watch.now += 5
        return SECRET

    for deadline, often in ((4, ""), (9, ""), (14, " after 2 tries")):
        peer = Script(outcomes=[BUSY])
        settings: ClientOptions = {"clock": watch, "deadline": deadline}
        with pytest.raises(Timeout) as caught:
            send(peer, KEYED, settings=settings, keys={"token": bearer(slow)})
        assert str(caught.value) == f"GET /k failed{often}: the call took longer than `deadline`"
        assert caught.value.tries == len(peer.seen)


@both
def test_each_try_asks_for_its_credential_and_keeps_no_header(send: Send) -> None:
    numbers = count(1)
    peer, watch = Script(outcomes=[BUSY, BUSY, ANSWER]), Watch()
    keys = {"token": bearer(lambda: f"t{next(numbers)}")}
    send(peer, KEYED, settings={"clock": watch}, keys=keys, extra_headers={"X-A": "1"})
    sent = [seen.headers["Authorization"] for seen in peer.seen]
    assert sent == ["Bearer t1", "Bearer t2", "Bearer t3"]
    assert len({frozenset(seen.headers) for seen in peer.seen}) == 1
    assert len({id(seen.headers) for seen in peer.seen}) == 3


@both
def test_each_try_sends_the_same(send: Send) -> None:
    call = replace(CALL, method="PUT")
    _, peer, _ = tried(send, LOST, LOST, ANSWER, call=call)
    first, *others = peer.seen
    assert [replace(each, deadline=first.deadline) for each in others] == [first, first]


def test_a_response_beside_the_value_is_the_last() -> None:
    client = Client("https://x.test", ABOUT, Script(outcomes=[BUSY, ANSWER]), {"clock": Watch()})
    assert client.with_response(client.get, "/p") == ("x", ANSWER)


def test_a_wait_that_is_cancelled_ends_the_call() -> None:
    async def main() -> int:
        peer = Script(outcomes=[Response(503, {"retry-after": "30"}, b"")])
        client = AsyncClient("https://x.test", ABOUT, AsyncPeer(peer), {})
        task = asyncio.create_task(client.get("/p"))
        while not peer.seen:
            await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return len(peer.seen)

    assert asyncio.run(main()) == 1


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_who_wants_to_stop_is_let_go(stop: Callable[[], BaseException]) -> None:
    class Stopped(Script):
        def exchange(self, request: Request) -> Response:
            self.seen.append(request)
            raise stop()

    peer = Stopped()
    with pytest.raises(BaseException) as caught:  # noqa: PT011
        Client("https://x.test", ABOUT, peer, {"clock": Watch()}).get("/p")
    assert type(caught.value) is stop
    assert len(peer.seen) == 1


@given(st.integers(1, 10**6), st.floats(0, 1, exclude_max=True))
def test_a_wait_grows_and_is_bounded(number: int, chance: float) -> None:
    whole = min(8, 0.5 * 2 ** min(number - 1, 60))
    assert whole / 2 <= backoff(number, chance) <= whole


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("1.5", 1.5),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 100),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 100),
        ("Sun Nov  6 08:49:37 1994", 100),
        ("Sun, 06 Nov 1994 08:47:56 GMT", 0),
        *((bad, 0) for bad in ("", "-5", "+5", "1e3", "nan", "inf", "soon", "٣", "5s", "1.", ".5")),
        ("1" * 9999, float("inf")),
        *((bad, 0) for bad in ("Sun, 99 Nov 1994 99:99:99:99 GMT", "Sun,", ", , , ,", "0 0 0 0 0")),
    ],
)
def test_what_a_server_asks_for_is_seconds_or_a_date(said: str, seconds: float) -> None:
    assert retry_after({"retry-after": said}, 784111777 - 100) == seconds


@given(st.text(st.characters(codec="latin-1")), st.floats(0, 1e11))
def test_whatever_else_it_says_does_no_harm(said: str, now: float) -> None:
    assert retry_after({"retry-after": said}, now) >= 0


def test_a_wait_has_an_end() -> None:
    assert LONGEST == 60


@both
@pytest.mark.parametrize(("repeatable", "sent"), [(True, 3), (False, 1)])
def test_content_that_can_be_read_once_is_sent_once(
    send: Send, repeatable: bool, sent: int
) -> None:
    source = Source(lambda: (each for each in (b"a",)), 1, repeatable)
    written: Any = ("text/plain", source)
    body = Body(lambda _: written)
    call = replace(PLAIN, method="PUT", body=body)
    _, peer, _ = tried(send, LOST, call=call)
    assert len(peer.seen) == sent
    _, peer, _ = tried(send, UNSENT, ANSWER, call=call)
    assert len(peer.seen) == 2, "it has not been read"
