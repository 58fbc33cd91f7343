"""Bodies that are text or octets."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from .driving import Drive, asked, last

pytestmark = pytest.mark.feature("text_and_octets")
OCTETS = b"\x00\xff\r\n\x1a"


def test_text(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.write_text("a\r\nb")
        assert asked(server) == "PUT /text"
        assert last(server).headers["content-type"] == "text/plain"
        assert last(server).content == b"a\r\nb"
        client.default.write_text("é\u20ac")
        assert last(server).headers["content-type"] == "text/plain; charset=utf-8"
        assert last(server).content == b"\xc3\xa9\xe2\x82\xac"
        client.default.write_text("")
        assert last(server).headers["content-type"] == "text/plain"
        assert last(server).headers["content-length"] == "0"


def test_a_table(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.write_table("a,b\r\n1,2\r\n")
        assert last(server).headers["content-type"] == "text/csv"
        assert last(server).content == b"a,b\r\n1,2\r\n"
        client.default.write_table()
        assert last(server).content == b""
        assert "content-type" not in last(server).headers


def test_octets_wherever_they_are(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "octets.bin"
    path.write_bytes(OCTETS)
    with drive() as (client, server), path.open("rb") as opened:
        for body in (OCTETS, path, opened, io.BytesIO(OCTETS)):
            client.default.write_octets(body)
            assert asked(server) == "PUT /octets"
            assert last(server).headers["content-type"] == "application/octet-stream"
            assert last(server).content == OCTETS


def test_a_range_of_types_leaves_the_choice(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.write_picture(OCTETS, content_type="image/png")
        assert last(server).headers["content-type"] == "image/png"
        assert last(server).content == OCTETS


@pytest.mark.parametrize("bad", ["image/png\r\nX-Admin: 1", "image/é", " image/png", "text/html"])
def test_a_type_out_of_range_is_refused(drive: Drive, bad: str) -> None:
    with drive() as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="content_type"):
            client.default.write_picture(OCTETS, content_type=bad)
        assert server.seen == []


@pytest.mark.parametrize("bad", [None, 7, b"bytes", ["a"], "\ud800"])
def test_what_is_no_text_is_not_sent(drive: Drive, bad: object) -> None:
    with drive() as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="body"):
            client.default.write_text(bad)
        assert server.seen == []


@pytest.mark.parametrize("bad", [None, 7, "text", bytearray(b"a"), io.StringIO("text")])
def test_what_is_no_octets_is_not_sent(drive: Drive, bad: object) -> None:
    with drive() as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="body"):
            client.default.write_octets(bad)
        assert server.seen == []
