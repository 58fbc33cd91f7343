"""Streams that are sent, and parts without names: whole, as they come and go, with types for what is in them."""

from __future__ import annotations

import io
from json import dumps

import pytest

from .driving import Drive, Reply, last

pytestmark = pytest.mark.feature("streams")


def test_streams_of_events_lines_and_records(drive: Drive) -> None:
    package = drive.package
    event = Reply(b"data: x\n\n", 200, {"Content-Type": "text/event-stream"})
    with drive(event) as (client, _):
        found = client.default.chat_stream(package.ChatBody(text="a"))
        assert list(found) == [package.ChatEvent(data="x")]
    lines = Reply(b'{"at": 1, "level": "new"}\n', 200, {"Content-Type": "application/jsonl"})
    with drive(lines) as (client, _):
        found = client.default.read_logs()
        assert list(found) == [package.Line(at=1, level=package.Unknown("new"))]
    records = Reply(b'\x1e"a"\n\x1e"b"\n', 200, {"Content-Type": "application/json-seq"})
    with drive(records) as (client, _):
        assert list(client.default.ticks()) == ["a", "b"]


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
