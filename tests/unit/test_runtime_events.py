"""Server-sent events by the algorithm of WHATWG HTML, wherever chunks end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _events
from runtime._call import Call
from runtime._event_stream import open_events, open_events_async
from runtime._events import Event, Events
from runtime._response import Response
from runtime._series import Series, SeriesReader, ServerSentEvent
from runtime._session import AsyncSession, Session
from runtime.errors import DecodeError, TransportError

from .chunks import cut, fed
from .peers import ABOUT, AsyncPeer, Peer, Script, Watch

T = TypeVar("T")
KIND = "text/event-stream"
HEAD = Response(200, {"content-type": f"{KIND}; charset=utf-8"}, b"")


def events(content: bytes, most: int = 1000) -> list[tuple[str, str | None, str | None]]:
    found = fed(_events.events(KIND)(HEAD)(most), [content])
    return [(each.data, each.event, each.id) for each in found]


def read(reader: SeriesReader[T], content: bytes) -> list[T]:
    return fed(reader(HEAD)(1000), [content])


# The examples of WHATWG HTML, section 9.2.6, and what else it says of fields.
@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"data: YHOO\ndata: +2\ndata: 10\n\n", [("YHOO\n+2\n10", None, None)]),
        (
            b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
            [("first event", None, "1"), ("second event", None, "")],
        ),
        (b"data\n\ndata\ndata\n\ndata:", [("", None, None), ("\n", None, None)]),
        (b"data:test\n\ndata: test\n\n", [("test", None, None)] * 2),
        (b"event: add\ndata: 7\n\n", [("7", "add", None)]),
        (b"event: add\n\ndata: 7\n\n", [("7", None, None)]),
        (b"event\ndata: 7\n\n", [("7", "", None)]),
        (b"data: a\rdata: b\r\r", [("a\nb", None, None)]),
        (b"data: a\r\ndata: b\r\n\r\n", [("a\nb", None, None)]),
        (b"data: a\n\r\ndata: b\r\n\n", [("a", None, None), ("b", None, None)]),
        (b"\xef\xbb\xbfdata: a\n\n", [("a", None, None)]),
        (b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\n", []),
        (b"data: a\n\n\xef\xbb\xbfdata: b\n\n", [("a", None, None)]),
        (b"id: a\0b\ndata: x\n\n", [("x", None, None)]),
        (b"other: a\nDATA: b\n data: c\n\n", []),
        (b"data: a:b\n\n", [("a:b", None, None)]),
        (b"data: \xff\xc3\n\n", [("\ufffd\ufffd", None, None)]),
        (b"data: \xc3\xa9\xe2\x82\xac\n\n", [("\u00e9\u20ac", None, None)]),
        (b"data: a\x0bb\x1c\n\n", [("a\x0bb\x1c", None, None)]),
        (b"data: not the end", []),
        (b"data: not the end\n", []),
        (b"", []),
    ],
)
def test_events_are_found_as_browsers_find_them(
    content: bytes, found: list[tuple[str, str | None, str | None]]
) -> None:
    assert events(content) == found
    ones = fed(_events.events(KIND)(HEAD)(1000), [bytes([octet]) for octet in content])
    assert [(each.data, each.event, each.id) for each in ones] == found


def test_what_is_known_of_a_connection_outlives_events() -> None:
    framing = Events(10_000)
    fed(framing, [b"id: 1\nretry: 50\n\ndata: a\n\n"])
    assert (framing.last_event_id, framing.retry) == ("1", 50)
    fed(framing, [b"id: 2\nretry: x\nretry:\nretry: -1\nretry: 1.5\nretry: " + b"9" * 5000 + b"\n"])
    assert (framing.last_event_id, framing.retry) == ("1", 50), "an event has not followed"
    assert fed(framing, [b"\nid\n\n"]) == []
    assert framing.last_event_id == ""


FIELDS = [b"data: a", b"data", b"data:\xc3\xa9", b"id: 1", b"event: e", b": c", b"", b"retry: 5"]
STREAMS = st.lists(
    st.tuples(st.sampled_from(FIELDS), st.sampled_from([b"\n", b"\r", b"\r\n"]))
).map(lambda lines: b"".join(part for line in lines for part in line))


@given(STREAMS, st.lists(st.integers(0, 100)))
def test_chunks_make_no_difference(content: bytes, cuts: list[int]) -> None:
    whole, parts = Events(1000), Events(1000)
    assert fed(parts, cut(content, cuts)) == fed(whole, [content])
    assert parts.last_event_id == whole.last_event_id


@given(st.binary(), st.lists(st.integers(0, 100)))
def test_whatever_comes_is_events(content: bytes, cuts: list[int]) -> None:
    assert fed(Events(1000), cut(content, cuts)) == fed(Events(1000), [content])


LARGER = "an item is larger than `max_bytes`"


@pytest.mark.parametrize("piece", [b"data: x", b"data: x\n", b"data\n", b":x", b"event: ", b"x"])
def test_nothing_that_does_not_end_is_kept(piece: bytes) -> None:
    framing = Events(100)
    with pytest.raises(TransportError, match=LARGER):
        fed(framing, [piece] * 1000)


def test_comments_and_ids_without_end_cost_nothing() -> None:
    assert fed(Events(10), [b": ping\n\n", b"id: 1\n", b"event: x\n"] * 1000) == []


def test_an_event_may_be_as_large_as_is_said() -> None:
    assert len(events(b"data: " + b"x" * 94 + b"\n\n", 100)) == 1
    with pytest.raises(TransportError, match=LARGER):
        events(b"data: " + b"x" * 95 + b"\n\n", 100)


def test_an_event_is_what_the_document_says() -> None:
    content = b'event: a\nid: 1\nretry: 5\ndata: {"b": 1}\n\ndata: [2]\n\n'
    plain = [
        ServerSentEvent('{"b": 1}', "a", "1", 5),
        ServerSentEvent("[2]"),
    ]
    assert read(_events.events(KIND), content) == plain
    fields = {"event": "a", "id": "1", "retry": 5}
    assert read(_events.data_of(KIND, repr), content) == ["{'b': 1}", "[2]"]
    whole = read(_events.events_of(KIND, lambda value: value), content)
    assert whole == [{"data": {"b": 1}, **fields}, {"data": [2]}]
    as_text = read(_events.events_of(KIND, lambda value: value, "text"), content)
    assert as_text == [{"data": '{"b": 1}', **fields}, {"data": "[2]"}]
    either = read(_events.events_of(KIND, lambda value: value, "either"), content + b"data: [x\n\n")
    assert either == [*whole, {"data": "[x"}]
    assert "b" not in repr(plain[0])


DONE = b"data: 1\n\ndata: [DONE]\n\ndata: 2\n\n"


def test_a_stream_of_json_ends_where_it_says_so() -> None:
    assert read(_events.data_of(KIND, lambda value: value), DONE) == [1]
    assert read(_events.events_of(KIND, lambda value: value), DONE) == [{"data": 1}]
    texts = [{"data": each} for each in ("1", "[DONE]", "2")]
    assert read(_events.events_of(KIND, lambda value: value, "text"), DONE) == texts
    either: list[object] = [{"data": 1}, {"data": "[DONE]"}, {"data": 2}]
    assert read(_events.events_of(KIND, lambda value: value, "either"), DONE) == either


def test_an_error_says_which_event_it_is_in() -> None:
    with pytest.raises(DecodeError) as caught:
        read(_events.events_of(KIND, lambda value: value), b"data: 1\n\ndata: {\n\n")
    assert str(caught.value) == "$[1].data: expected a JSON document, found something else"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_another_content_type_is_no_stream() -> None:
    for kind in ("application/json", "text/event-stream2", ""):
        with pytest.raises(DecodeError, match="content of type text/event-stream"):
            _events.events(KIND)(Response(200, {"content-type": kind}, b""))


def test_an_event_hides_its_data() -> None:
    assert "secret" not in repr(Event(b"secret", None, None, None))
    assert "secret" not in repr(ServerSentEvent("secret"))


@pytest.mark.parametrize(("said", "longest"), [(b"0", 0.0), (b"1", 600.0), (b"700000", 600.0)])
def test_a_stream_is_made_anew_as_often_as_was_said(said: bytes, longest: float) -> None:
    """Beyond a thousand times as well, where twice as long each time is more than a float holds."""
    call: Call[Series[ServerSentEvent]] = Call(
        method="GET", path="/", security=(), answers={200: _events.events(KIND)}
    )
    peer, watch = Peer(answer=replace(HEAD, content=b"retry: " + said + b"\n\n")), Watch()
    with Session("https://x.test", ABOUT, peer, {"clock": watch}) as session:
        assert list(open_events(session, call, {}).resumed(times=1100)) == []
    assert len(peer.seen) == 1101
    assert (len(watch.slept), watch.slept[-1], max(watch.slept)) == (1100, longest, longest)


def test_no_content_is_the_end_whatever_is_described() -> None:
    """WHATWG HTML, section 9.2.3: also where the document means a stream by each success."""
    call: Call[Series[ServerSentEvent]] = Call(
        method="GET", path="/", security=(), answers={"2XX": _events.events(KIND)}
    )

    def peer() -> Peer:
        return Script(outcomes=[replace(HEAD, content=b"data: a\n\n"), Response(204, {}, b"")])

    async def main() -> list[ServerSentEvent]:
        peers = AsyncPeer(peer())
        async with AsyncSession("https://x.test", ABOUT, peers, {"clock": Watch()}) as session:
            stream = await open_events_async(session, call, {})
            return [event async for event in stream.resumed()]

    with Session("https://x.test", ABOUT, peer(), {"clock": Watch()}) as session:
        found = list(open_events(session, call, {}).resumed())
    assert found == asyncio.run(main()) == [ServerSentEvent("a")]
