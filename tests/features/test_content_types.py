"""Operations that take their body in one of several content types."""

from __future__ import annotations

import pytest

from .driving import Drive, last

pytestmark = pytest.mark.feature("content_types")


def test_json_goes_first(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.add(drive.package.Note(text="a b", tags=["x", "y"]))
        assert last(server).headers["content-type"] == "application/json"
        assert last(server).content == b'{"text":"a b","tags":["x","y"]}'


def test_one_schema_in_every_notation(drive: Drive) -> None:
    note = drive.package.Note(text="a b", tags=["x", "y"])
    with drive() as (client, server):
        client.default.add(note, content_type="application/x-www-form-urlencoded")
        assert last(server).headers["content-type"] == "application/x-www-form-urlencoded"
        assert last(server).content == b"text=a+b&tags=x&tags=y"
        client.default.add(note, content_type="multipart/form-data")
        kind, _, boundary = last(server).headers["content-type"].partition("; boundary=")
        assert kind == "multipart/form-data"
        assert last(server).content.split(f"--{boundary}".encode()) == [
            b"",
            b'\r\nContent-Disposition: form-data; name="text"\r\n\r\na b\r\n',
            b'\r\nContent-Disposition: form-data; name="tags"\r\n\r\nx\r\n',
            b'\r\nContent-Disposition: form-data; name="tags"\r\n\r\ny\r\n',
            b"--\r\n",
        ]


def test_each_type_takes_what_it_can_write(drive: Drive) -> None:
    note = drive.package.Note(text="a")
    with drive() as (client, server):
        client.default.replace(note)
        assert last(server).headers["content-type"] == "application/json"
        assert last(server).content == b'{"text":"a"}'
        client.default.replace(b"\x00", content_type="application/octet-stream")
        assert last(server).headers["content-type"] == "application/octet-stream"
        assert last(server).content == b"\x00"
        client.default.replace("é", content_type="text/plain")
        assert last(server).headers["content-type"] == "text/plain; charset=utf-8"
        assert last(server).content == b"\xc3\xa9"
        client.default.replace()
        assert "content-type" not in last(server).headers
        assert last(server).content == b""


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\x00", "application/json"),
        ("a", "application/json"),
        ("a", "application/octet-stream"),
        (b"\x00", "text/plain"),
        ("a", "text/html"),
        ("a", "TEXT/*"),
    ],
)
def test_what_does_not_suit_is_not_sent(drive: Drive, body: object, content_type: str) -> None:
    with drive() as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError):
            client.default.replace(body, content_type=content_type)
        assert server.seen == []


def test_an_object_is_no_text(drive: Drive) -> None:
    note = drive.package.Note(text="a")
    with drive() as (client, server):
        for content_type in ("text/plain", "application/octet-stream"):
            with pytest.raises(drive.package.errors.ConstraintError):
                client.default.replace(note, content_type=content_type)
        assert server.seen == []
