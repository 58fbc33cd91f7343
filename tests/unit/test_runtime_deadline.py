"""Deadlines: what a wait may take of what is left of a call, and whose waits are watched."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Thread
from types import ModuleType
from typing import Any

import pytest
from runtime import _deadline
from runtime._deadline import Deadline
from runtime._options import CallOptions, ClientOptions
from runtime._watched import Watched, trace
from runtime.errors import Timeout

from .peers import Peer, Send, Site, both, libraries, refusal

LATE = "the call took longer than `deadline`"


class Clock:
    """A clock that goes only when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(_deadline, "monotonic", found)
    return found


@dataclass
class Stream:
    """A connection that takes a second for each wait."""

    clock: Clock
    waits: list[float | None] = field(default_factory=list[float | None])
    taken: list[int] = field(default_factory=list[int])

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.waits.append(timeout)
        self.clock.now += 1
        return bytes(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.taken.append(len(buffer))
        self.read(0, timeout)


@pytest.mark.parametrize(
    ("seconds", "wait", "within"),
    [(5, 3, 3), (5, 5, 5), (5, 9, 5), (5, None, 5), (None, 3, 3), (None, None, None)],
)
def test_no_wait_outlasts_the_call(
    clock: Clock, seconds: float | None, wait: float | None, within: float | None
) -> None:
    deadline = Deadline(seconds)
    assert deadline.within(wait) == within
    assert deadline.each({"read": wait, "pool": 1}) == {"read": within, "pool": 1}


def test_a_call_that_is_over_waits_for_nothing(clock: Clock) -> None:
    deadline = Deadline(5)
    clock.now += 4
    deadline.check()
    assert deadline.within(None) == 1
    clock.now += 1
    with pytest.raises(Timeout, match=LATE):
        deadline.check()
    with pytest.raises(Timeout, match=LATE):
        deadline.within(1)
    Deadline(None).check()


@pytest.mark.parametrize(
    "event",
    ["connection.connect_tcp", "connection.connect_unix_socket", "proxy.start_tls", "x.start_tls"],
)
def test_reads_share_the_time_of_their_call(clock: Clock, event: str) -> None:
    stream = Stream(clock)
    trace(f"{event}.complete", {"return_value": stream})
    with Watched(3):
        assert stream.read(7, 2) == bytes(7)
        stream.read(7, timeout=9)
        stream.read(7)
        with pytest.raises(Timeout, match=LATE):
            stream.read(7, 2)
    stream.read(7, 9)
    stream.read(7)
    assert stream.waits == [2, 2, 1, 9, None]


def test_a_large_content_is_sent_in_pieces(clock: Clock) -> None:
    stream = Stream(clock)
    trace("connection.connect_tcp.complete", {"return_value": stream})
    with Watched(3), pytest.raises(Timeout, match=LATE):
        stream.write(bytes(2**20), 2)
    assert (stream.taken, stream.waits) == ([2**16] * 3, [2, 2, 1])
    stream.write(bytes(2**17 + 1), 9)
    stream.write(b"", 9)
    assert stream.taken[3:] == [2**16, 2**16, 1]


def test_a_thread_knows_its_own_deadline(clock: Clock) -> None:
    stream = Stream(clock)
    trace("connection.connect_tcp.complete", {"return_value": stream})
    with Watched(3):
        other = Thread(target=stream.read, args=(1, 9))
        other.start()
        other.join()
        stream.read(1, 9)
    assert stream.waits == [9, 2]


def test_a_call_within_a_call_has_a_deadline_of_its_own(clock: Clock) -> None:
    """As where what is uploaded is downloaded meanwhile."""
    stream = Stream(clock)
    trace("connection.connect_tcp.complete", {"return_value": stream})
    with Watched(7):
        with Watched(3):
            stream.read(1, 9)
        stream.read(1, 9)
    stream.read(1, 9)
    assert stream.waits == [3, 6, 9]


@pytest.mark.parametrize(
    ("seconds", "error", "raised"),
    [(3, OSError, Timeout), (9, OSError, OSError), (3, KeyboardInterrupt, KeyboardInterrupt)],
)
def test_that_a_deadline_has_passed_says_more_than_what_came_of_it(
    clock: Clock, seconds: float, error: type[BaseException], raised: type[BaseException]
) -> None:
    def fail() -> None:
        with Watched(seconds):
            clock.now += 3
            raise error

    with pytest.raises(raised):
        fail()


def test_other_events_change_nothing(clock: Clock) -> None:
    stream = Stream(clock)
    for event in ("connection.connect_tcp.started", "connection.connect_tcp.failed", "http11.x"):
        trace(event, {"return_value": stream})
    trace("connection.connect_tcp.complete", {"return_value": None})
    assert "read" not in vars(stream)


@both
@pytest.mark.parametrize(
    ("own", "call", "seconds"),
    [
        ({}, {}, 600),
        ({"deadline": 3}, {}, 3),
        ({"deadline": None}, {}, None),
        ({"deadline": 3}, {"deadline": 0.5}, 0.5),
        ({"deadline": 3}, {"deadline": None}, None),
        ({"deadline": None}, {"deadline": 2}, 2),
    ],
)
def test_the_deadline_of_a_call_goes_before_that_of_the_client(
    send: Send, own: ClientOptions, call: CallOptions, seconds: float | None
) -> None:
    peer = Peer()
    send(peer, settings=own, **call)
    left = peer.seen[0].deadline
    assert left == (None if seconds is None else pytest.approx(seconds, abs=1))


@both
@pytest.mark.parametrize(
    "bad", [-1, 0, float("nan"), float("inf"), 2_000_001, True, False, "3", b"3", [3]]
)
def test_a_deadline_is_a_number_above_0(send: Send, bad: float) -> None:
    peer = Peer()
    message = "$.deadline: expected a number of seconds above 0, 2,000,000 at most"
    assert refusal(lambda: send(peer, settings={"deadline": bad})) == message
    assert refusal(lambda: send(peer, deadline=bad)) == message
    assert peer.seen == []


@libraries
def test_content_that_drips_over_a_connection_of_others_ends(
    library: ModuleType, clock: Clock
) -> None:
    """Where nobody saw it opened, the clock is looked at between pieces."""
    site = Site(library)

    def handle(request: Any) -> Any:
        def pieces() -> Any:
            while True:
                clock.now += 1
                yield b" "

        return library.Response(200, headers={"Content-Type": "application/json"}, content=pieces())

    site.handle = handle  # type: ignore[method-assign] # it is what the transport asks
    with pytest.raises(Timeout, match=LATE):
        site.ask(options={"deadline": 5})
    assert clock.now < 107
