"""Server-sent events, over sockets that say them piece by piece."""

from __future__ import annotations

import asyncio
import gc
import json
import tracemalloc
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Event
from time import monotonic
from typing import Any

import pytest

from .conftest import Make
from .driving import PATIENCE, Drive, Reply, last
from .driving import json as answer
from .staging import LAST, Asked, Script, Stage, chunk, head, stage

pytestmark = pytest.mark.feature("event_streams")
KIND = "text/event-stream"
TICKS = b'data: {"type": "started"}\n\n: ping\n\ndata: {"type": "counted",\ndata: "count": 7}\n\n'


@contextmanager
def told(drive: Drive, script: Callable[[Asked], Script]) -> Generator[tuple[Any, Stage]]:
    with stage(script) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        yield client, site


def test_events_are_items(drive: Drive) -> None:
    started, counted = drive.package.Started, drive.package.Counted
    with drive(Reply(TICKS, 200, {"Content-Type": f"{KIND}; charset=utf-8"})) as (client, server):
        stream = client.default.ticks()
        assert list(stream) == [started(), counted(count=7)]
        assert list(stream) == []
        assert (stream.response.status, stream.response.media_type) == (200, KIND)
        assert stream.response.content == b""
        assert last(server).headers["accept"] == KIND


def test_an_event_is_there_before_the_next(drive: Drive) -> None:
    """The server says more only once somebody has read what it said."""
    read = list[object]()

    def script(_: Asked) -> Script:
        yield head(KIND)
        for number in range(3):
            yield chunk(b'data: {"type": "counted", "count": %d}\n\n' % number)
            while len(read) <= number:
                yield 0.01
        yield LAST

    with told(drive, script) as (client, site), client.default.ticks() as stream:
        for tick in stream:
            read.append(tick)
    assert read == [drive.package.Counted(count=number) for number in range(3)]
    assert site.left.get(timeout=PATIENCE) == "told"


def test_a_document_or_a_stream(drive: Drive) -> None:
    package = drive.package
    body = package.ChatBody(text="a")
    with drive(answer(b'{"text": "b"}')) as (client, server):
        assert client.default.chat(body) == package.Answer(text="b")
        assert last(server).headers["accept"] == "application/json"
        assert json.loads(last(server).content) == {"text": "a"}
    pieces = b'event: piece\ndata: {"text": "b"}\n\ndata: {"text": "c"}\n\ndata: [DONE]\n\n'
    with drive(Reply(pieces, 200, {"Content-Type": KIND})) as (client, server):
        *events, done = client.default.chat_stream(body)
        assert [event.data for event in events] == [package.Answer(text=t) for t in "bc"]
        assert [event.event for event in events] == ["piece", package.UNSET]
        assert done == package.Finished(data="[DONE]")
        assert last(server).headers["accept"] == KIND
        assert json.loads(last(server).content) == {"text": "a", "stream": True}
        list(client.default.chat_stream(package.ChatBody(text="a", stream=False)))
        assert json.loads(last(server).content) == {"text": "a", "stream": True}


def test_data_may_be_a_text_that_holds_json(drive: Drive) -> None:
    package = drive.package
    note = b'id: 7\nevent: note\ndata: {"text": "a"}\n\nevent: new\ndata: {"text": "b"}\n\n'
    with drive(Reply(note, 200, {"Content-Type": KIND})) as (client, _):
        first, second = client.default.notes()
    assert first == package.NotesEvent(id="7", event="note", data=package.Answer(text="a"))
    assert second.event == package.Unknown("new")


def test_events_of_which_nothing_is_known_come_as_they_are(drive: Drive) -> None:
    content = b"event: a\nid: 1\nretry: 5\ndata: x\ndata: \xc3\xa9\n\ndata\n\ndata: cut"
    with drive(Reply(content, 200, {"Content-Type": KIND})) as (client, _):
        first, second = client.default.raw()
    assert (first.data, first.event, first.id, first.retry) == ("x\n\u00e9", "a", "1", 5)
    assert (second.data, second.event, second.id, second.retry) == ("", None, None, None)


def test_what_is_new_is_kept_and_what_does_not_fit_is_an_error(drive: Drive) -> None:
    content = b'data: {"type": "new", "a": 1}\n\ndata: {"type": "counted", "count": "s3cr3t"}\n\n'
    with drive(Reply(content, 200, {"Content-Type": KIND})) as (client, _):
        stream = client.default.ticks()
        assert next(stream) == drive.package.UnknownVariant("new", {"type": "new", "a": 1})
        with pytest.raises(drive.package.errors.DecodeError) as caught:
            next(stream)
        assert str(caught.value) == "$[1].count: expected an integer, found a string"
        assert caught.value.response.status == 200
        assert caught.value.__context__ is None
        assert list(stream) == []


def test_a_failure_is_raised_before_there_is_a_stream(drive: Drive) -> None:
    errors = drive.package.errors
    with (
        drive(answer(b'{"reason": "later"}', 429), retries=0) as (client, _),
        pytest.raises(errors.TooManyRequests) as caught,
    ):
        client.default.chat_stream(drive.package.ChatBody(text="a"))
    assert caught.value.body == drive.package.Refusal(reason="later")
    with (
        drive(answer(b'{"text": "b"}')) as (client, _),
        pytest.raises(errors.DecodeError, match="content of type text/event-stream"),
    ):
        client.default.chat_stream(drive.package.ChatBody(text="a"))


def test_only_the_head_is_asked_for_again(drive: Drive) -> None:
    asked = 0

    def script(_: Asked) -> Script:
        nonlocal asked
        asked += 1
        if asked == 1:
            yield head(KIND, status="503 Service Unavailable") + LAST
        else:
            yield head(KIND) + chunk(TICKS)
            raise ConnectionResetError

    with told(drive, script) as (client, _):
        stream = client.default.ticks()
        assert isinstance(next(stream), drive.package.Started)
        assert isinstance(next(stream), drive.package.Counted)
        with pytest.raises(drive.package.errors.TransportError, match="GET /ticks failed"):
            next(stream)
    assert asked == 2


@pytest.mark.parametrize(
    ("endless", "says"),
    [
        (b"data: " + b"x" * 1000, "an item is larger than `max_bytes`"),
        (b"data: " + b"x" * 1000 + b"\n", "an item is larger than `max_bytes`"),
        (b": nothing\n\n", "the call took longer than `deadline`"),
        (b"", "the call took longer than `deadline`"),
    ],
)
def test_no_server_holds_a_client(drive: Drive, endless: bytes, says: str) -> None:
    def script(_: Asked) -> Script:
        yield head(KIND)
        while True:
            yield chunk(endless) if endless else b""
            yield 0.01 if says.endswith("`deadline`") else 0.0

    with told(drive, script) as (client, site):
        stream = client.default.ticks(max_bytes=10_000, deadline=0.5)
        with pytest.raises(drive.package.errors.TransportError, match=says):
            next(stream)
        if endless:
            assert site.left.get(timeout=PATIENCE) == "cut"


def test_a_stream_that_is_left_is_closed(drive: Drive) -> None:
    def script(_: Asked) -> Script:
        yield head(KIND)
        while True:
            yield chunk(TICKS)
            yield 0.01

    with told(drive, script) as (client, site):
        with client.default.ticks() as stream:
            next(stream)
        assert site.left.get(timeout=PATIENCE) == "cut"
        stream = client.default.ticks()
        next(stream)
        stream.close()
        assert site.left.get(timeout=PATIENCE) == "cut"
        client.default.ticks().close()
        assert site.left.get(timeout=PATIENCE) == "cut"
        if not drive.is_async:
            del stream
            next(client.default.ticks())
            gc.collect()
            assert site.left.get(timeout=PATIENCE) == "cut"


def test_the_answer_is_beside_the_stream(drive: Drive) -> None:
    with drive(Reply(TICKS, 200, {"Content-Type": KIND, "X-Id": "7"})) as (client, _):
        stream, response = client.with_response(client.default.ticks)
        assert response.headers["x-id"] == stream.response.headers["x-id"] == "7"
        if not drive.is_async:
            assert len(list(stream)) == 2


def test_a_stream_goes_on_behind_the_last_event(drive: Drive) -> None:
    clock = Waits()
    endings = iter([b"", LAST, LAST, b""])

    def script(asked: Asked) -> Script:
        number = len(site.seen)
        if number == 4:
            yield b"HTTP/1.1 204 No Content\r\n\r\n"
            return
        event = b'id: %d\nretry: 250\ndata: {"type": "counted", "count": %d}\n\n'
        yield head(KIND) + chunk(event % (number, number)) + chunk(b"data: cut")
        ending = next(endings)
        yield ending
        if not ending:
            raise ConnectionResetError

    with (
        stage(script) as site,
        drive.client(base_url=site.url, timeout=PATIENCE, clock=clock) as client,
        client.default.ticks() as stream,
    ):
        assert [tick.count for tick in stream.resumed(times=2)] == [1, 2, 3]
        assert stream.last_event_id == "3"
    asked = [seen.headers.get("last-event-id") for seen in site.seen]
    assert asked == [None, "1", "2", "3"]
    assert clock.waits == [0.25, 0.25, 0.25]


@pytest.mark.parametrize("name", ["ticks", "raw"], ids=["described", "not described"])
def test_no_content_ends_a_stream(drive: Drive, name: str) -> None:
    """WHATWG HTML, section 9.2.3: a server says so that it wants to be asked no more."""

    def script(_: Asked) -> Script:
        if len(site.seen) > 1:
            yield b"HTTP/1.1 204 No Content\r\n\r\n"
        yield head(KIND) + chunk(b'retry: 0\nid: 1\ndata: {"type": "started"}\n\n') + LAST

    with stage(script) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        stream = getattr(client.default, name)()
        assert len(list(stream.resumed())) == 1
        assert stream.last_event_id == "1"
    assert len(site.seen) == 2


def test_an_answer_that_is_described_without_content_has_no_events(drive: Drive) -> None:
    with drive(Reply(b"", 204)) as (client, server):
        stream = client.default.ticks()
        assert list(stream.resumed()) == []
        assert (stream.response.status, stream.last_event_id) == (204, "")
        with pytest.raises(drive.package.errors.StatusError):
            client.default.raw()
    assert len(server.seen) == 2


def test_a_stream_goes_on_from_where_the_caller_says_and_then_from_where_it_is(
    drive: Drive,
) -> None:
    def script(_: Asked) -> Script:
        if len(site.seen) == 3:
            yield b"HTTP/1.1 204 No Content\r\n\r\n"
        event = b'id: %d\nretry: 0\ndata: {"type": "started"}\n\n'
        yield head(KIND) + chunk(event % (len(site.seen) + 5)) + LAST

    told = {"last-event-id": "5", "X-Team": "a"}
    with stage(script) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        assert len(list(client.default.ticks(extra_headers=told).resumed())) == 2
    assert [seen.headers["last-event-id"] for seen in site.seen] == ["5", "6", "7"]
    assert [seen.headers["x-team"] for seen in site.seen] == ["a"] * 3


def test_a_server_may_have_its_id_forgotten(drive: Drive) -> None:
    """WHATWG HTML, section 9.2.6: an id that is empty is none, and none is sent."""

    def script(_: Asked) -> Script:
        if len(site.seen) == 3:
            yield b"HTTP/1.1 204 No Content\r\n\r\n"
        event = b'id: a\nretry: 0\ndata: {"type": "started"}\n\nid\ndata: {"type": "started"}\n\n'
        yield head(KIND) + chunk(event) + LAST

    told = {"last-event-id": "5", "X-Team": "a"}
    with stage(script) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        stream = client.default.ticks(extra_headers=told)
        assert len(list(stream.resumed())) == 4
        assert stream.last_event_id == ""
    assert [seen.headers.get("last-event-id") for seen in site.seen] == ["5", None, None]
    assert [seen.headers["x-team"] for seen in site.seen] == ["a"] * 3


def test_a_stream_that_was_closed_is_not_gone_on_with(drive: Drive) -> None:
    def script(_: Asked) -> Script:
        if len(site.seen) == 3:
            yield b"HTTP/1.1 204 No Content\r\n\r\n"
        yield head(KIND) + chunk(b'retry: 0\ndata: {"type": "counted", "count": 1}\n\n')
        yield PATIENCE

    with stage(script) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        with client.default.ticks() as stream:
            found = [(tick.count, stream.close()) for tick in stream.resumed()]
        assert found == [(1, None)]
        assert list(stream.resumed()) == []
    assert len(site.seen) == 1


def test_a_stream_that_is_closed_while_it_waits_is_not_gone_on_with(make: Make) -> None:
    """Or while it is being made anew: what comes of that is closed as well."""
    asked = Event()

    def script(_: Asked) -> Script:
        if len(site.seen) > 1:
            asked.set()
            yield 0.2
        if len(site.seen) == 3:
            yield b"HTTP/1.1 204 No Content\r\n\r\n"
        retry = 200 * (len(site.seen) == 1)
        yield head(KIND) + chunk(b'retry: %d\ndata: {"type": "started"}\n\n' % retry) + LAST

    async def main(is_asked: bool) -> int:
        async with make("event_streams").AsyncClient(base_url=site.url) as client:
            stream = await client.default.ticks()
            task = asyncio.create_task(counted(stream))
            await asyncio.to_thread(asked.wait, PATIENCE if is_asked else 0.1)
            await stream.aclose()
            return await task

    async def counted(stream: Any) -> int:
        return len([tick async for tick in stream.resumed()])

    for is_asked in (False, True):
        with stage(script) as site:
            assert asyncio.run(main(is_asked)) == 1
            assert len(site.seen) == 1 + is_asked


def test_a_stream_is_not_asked_for_without_end(drive: Drive) -> None:
    clock = Waits()

    def script(_: Asked) -> Script:
        yield head(KIND)
        raise ConnectionResetError

    with (
        stage(script) as site,
        drive.client(base_url=site.url, timeout=PATIENCE, clock=clock) as client,
    ):
        stream = client.default.ticks()
        with pytest.raises(drive.package.errors.TransportError, match="GET /ticks failed"):
            list(stream.resumed(times=3))
    assert len(site.seen) == 4
    assert clock.waits == [1.0, 2.0, 4.0]


def test_a_refusal_ends_a_stream(drive: Drive) -> None:
    def script(_: Asked) -> Script:
        if len(site.seen) == 1:
            yield head(KIND) + chunk(b"retry: 0\n\n") + LAST
        yield head("text/plain", status="401 Unauthorized") + LAST

    with stage(script) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        stream = client.default.ticks()
        with pytest.raises(drive.package.errors.Unauthorized):
            list(stream.resumed())
    assert len(site.seen) == 2


@pytest.mark.parametrize("retry", [b"99999999999", b"9999999999"])
def test_no_server_says_when_a_client_ends(drive: Drive, retry: bytes) -> None:
    """A wait of a hundred days is none, and one within a deadline ends with it."""

    def script(_: Asked) -> Script:
        yield head(KIND) + chunk(b"retry: " + retry + b"\n\n") + LAST

    clock = Waits()
    with (
        stage(script) as site,
        drive.client(base_url=site.url, timeout=PATIENCE, clock=clock) as client,
    ):
        assert list(client.default.ticks().resumed(times=1)) == []
        assert clock.waits == [1.0 if len(retry) > 10 else 600.0]
        with pytest.raises(drive.package.errors.Timeout, match="deadline"):
            list(client.default.ticks(deadline=0.5).resumed())


def test_an_id_that_no_header_can_hold_is_an_error(drive: Drive) -> None:
    def script(_: Asked) -> Script:
        yield head(KIND) + chunk(b"retry: 0\nid: \xc3\xa9\n\n") + LAST

    with stage(script) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        stream = client.default.ticks()
        with pytest.raises(drive.package.errors.ConstraintError, match="Last-Event-ID"):
            list(stream.resumed())
        assert stream.last_event_id == "\u00e9"
    assert len(site.seen) == 1


def test_only_what_is_got_goes_on(drive: Drive) -> None:
    done = Reply(b'data: {"text": "b"}\n\ndata: [DONE]\n\n', 200, {"Content-Type": KIND})
    with drive(done) as (client, server):
        stream = client.default.chat_stream(drive.package.ChatBody(text="a"))
        with pytest.raises(drive.package.errors.ConstraintError, match="a call by GET"):
            list(stream.resumed())
        assert len(server.seen) == 1
    with drive(Reply(b"data: [DONE]\n\n", 200, {"Content-Type": KIND})) as (client, server):
        assert list(client.default.ticks().resumed()) == []
        assert len(server.seen) == 1, "it has said that it is done"


def test_what_is_no_item_can_be_looked_at(drive: Drive) -> None:
    """Servers tell of errors in the midst of a stream, which few documents describe."""
    told = b'data: {"type": "started"}\n\nevent: error\ndata: {"message":\ndata: "never-shown"}\n\n'
    with drive(Reply(told, 200, {"Content-Type": KIND})) as (client, _):
        stream = client.default.ticks()
        assert next(stream) == drive.package.Started()
        with pytest.raises(drive.package.errors.DecodeError) as caught:
            next(stream)
    response = caught.value.response
    assert (response.status, response.content) == (200, b'{"message":\n"never-shown"}')
    assert "never-shown" not in f"{caught.value}{caught.value!r}{response!r}"


@pytest.mark.parametrize("rest", [(LAST,), (0.02, LAST), (chunk(b"\n\n"), 0.02, LAST)])
def test_a_stream_that_is_done_leaves_its_connection_to_others(drive: Drive, rest: Script) -> None:
    """The end of the answer is still to come when an event has said that it was the last."""

    def script(_: Asked) -> Script:
        yield head(KIND) + chunk(b'data: {"type": "started"}\n\ndata: [DONE]\n\n')
        yield from rest

    with told(drive, script) as (client, site):
        for _ in range(3):
            assert list(client.default.ticks()) == [drive.package.Started()]
        assert (len(site.seen), site.opened) == (3, 1)


@pytest.mark.parametrize("rest", [(30,), (chunk(b": ping\n\n"), 0.01) * 1000])
def test_nobody_waits_for_what_follows_the_end(drive: Drive, rest: Script) -> None:
    def script(_: Asked) -> Script:
        yield head(KIND) + chunk(b'data: {"type": "started"}\n\ndata: [DONE]\n\n')
        yield from rest

    with told(drive, script) as (client, site):
        start = monotonic()
        assert list(client.default.ticks()) == [drive.package.Started()]
        assert monotonic() - start < PATIENCE / 2
        assert (len(site.seen), site.opened) == (1, 1)


def test_memory_does_not_grow_with_events(drive: Drive) -> None:
    """What is sent, and what it is read as, would be two megabytes."""
    event = b'id: %d\ndata: {"type": "counted", "count": %d}\n\n'
    events = chunk(b"".join(event % (number, number) for number in range(100)))

    def script(_: Asked) -> Script:
        yield head(KIND)
        yield from [events] * 100
        yield LAST

    with told(drive, script) as (client, _):
        client.default.ticks().close()  # what is imported by the first call
        tracemalloc.start()
        try:
            assert sum(1 for _ in client.default.ticks()) == 10_000
            assert tracemalloc.get_traced_memory()[1] < 2**20
        finally:
            tracemalloc.stop()


class Waits:
    """A clock for which waiting takes no time."""

    def __init__(self) -> None:
        self.waits = list[float]()
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float, /) -> None:
        self.waits.append(seconds)
        self.now += seconds

    async def sleep_async(self, seconds: float, /) -> None:
        self.sleep(seconds)
