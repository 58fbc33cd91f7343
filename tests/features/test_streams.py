"""Streams and parts without names: whole, as they come and go, with types for what is in them."""

from __future__ import annotations

import io
from json import dumps, loads

import pytest

from .driving import Drive, Reply, json, last

pytestmark = pytest.mark.feature("streams")
EVENTS = 'event: piece\ndata: "é"\n\ndata: [DONE]\n\n'


def test_a_document_or_a_stream(drive: Drive) -> None:
    body = drive.package.ChatBody(text="a", stream=True)
    with drive(json(b'{"text": "b"}')) as (client, server):
        assert client.default.chat(body) == drive.package.Answer(text="b")
        assert last(server).headers["accept"] == "application/json, text/event-stream"
    headers = {"Content-Type": "text/event-stream"}
    with drive(Reply(EVENTS.encode(), 200, headers)) as (client, _):
        assert client.default.chat(body) == EVENTS
    event = drive.package.codecs.decode_chat_event({"data": "x", "id": "1"})
    assert event == drive.package.ChatEvent(data="x", extra={"id": "1"})


def test_lines_are_text_whose_items_have_a_codec(drive: Drive) -> None:
    lines = b'{"at": 1, "level": "info"}\n{"at": 2, "level": "new"}\n'
    with drive(Reply(lines, 200, {"Content-Type": "application/jsonl"})) as (client, _):
        found = client.default.read_logs()
    decode, line = drive.package.codecs.decode_line, drive.package.Line
    assert [decode(loads(each)) for each in found.splitlines()] == [
        line(at=1, level="info"),
        line(at=2, level=drive.package.Unknown("new")),
    ]


def test_records_behind_their_marks(drive: Drive) -> None:
    reply = Reply(b'\x1e"a"\n\x1e"b"\n', 200, {"Content-Type": "application/json-seq"})
    with drive(reply) as (client, _):
        assert client.default.ticks() == '\x1e"a"\n\x1e"b"\n'


def test_a_stream_is_sent_as_it_is(drive: Drive) -> None:
    line = drive.package.codecs.encode_line(drive.package.Line(at=1))
    written = f"{dumps(line)}\n".encode()
    for body in (written, io.BytesIO(written)):
        with drive() as (client, server):
            client.default.write_logs(body)
            assert last(server).content == b'{"at": 1}\n'
            assert last(server).headers["content-type"] == "application/x-ndjson"


def test_parts_have_a_boundary_that_callers_choose(drive: Drive) -> None:
    parts = b'--x\r\nContent-Type: application/json\r\n\r\n{"at": 1}\r\n--x--\r\n'
    kind = "multipart/mixed; boundary=x"
    with drive(Reply(parts, 200, {"Content-Type": kind})) as (client, server):
        assert client.default.send_mail(parts, content_type=kind) == parts
        assert last(server).content == parts
        assert last(server).headers["content-type"] == kind
        with pytest.raises(drive.package.errors.ConstraintError):
            client.default.send_mail(parts, content_type="text/plain")
