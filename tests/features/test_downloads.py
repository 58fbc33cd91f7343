"""Octets that are taken as they come, or put into a file, whatever their size."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from os import mkfifo
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from .driving import PATIENCE, Drive, Reply, json, last
from .staging import LAST, Asked, Script, chunk, head, stage

pytestmark = pytest.mark.feature("downloads")
KIND = "application/octet-stream"
OCTETS = b"\x00\xff\r\n" * 50_000
PIECE, PIECES = b"x" * 2**16, 400


def whole(_: Asked) -> Script:
    yield f"HTTP/1.1 200 OK\r\nContent-Type: {KIND}\r\nContent-Length: {len(OCTETS)}\r\n\r\n".encode()
    yield OCTETS


def cut(_: Asked) -> Script:
    yield f"HTTP/1.1 200 OK\r\nContent-Type: {KIND}\r\nContent-Length: {len(OCTETS)}\r\n\r\n".encode()
    yield OCTETS[:-1]
    raise ConnectionResetError


def endless(_: Asked) -> Script:
    yield head(KIND)
    while True:
        yield chunk(PIECE)


def large(_: Asked) -> Script:
    yield head(KIND)
    yield from [chunk(PIECE)] * PIECES
    yield LAST


def test_octets_come_in_chunks(drive: Drive) -> None:
    with stage(whole) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        chunks = list(client.default.export_stream("a"))
        assert b"".join(chunks) == OCTETS
        assert len(chunks) > 1
        assert client.default.export("a") == OCTETS, "as ever"


def test_octets_go_to_a_path(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "export.bin"
    path.write_bytes(b"what was there before")
    with stage(whole) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        for to in (path, str(path)):
            assert client.default.export_stream("a").save(to) == len(OCTETS)
            assert path.read_bytes() == OCTETS
            assert list(tmp_path.iterdir()) == [path]
            path.unlink()


def test_a_file_keeps_its_mode_and_a_link_its_place(drive: Drive, tmp_path: Path) -> None:
    path, link = tmp_path / "export.bin", tmp_path / "link"
    path.write_bytes(b"for my eyes only")
    path.chmod(0o600)
    link.symlink_to(path)
    with stage(whole) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        client.default.export_stream("a").save(link)
    assert path.read_bytes() == OCTETS
    assert path.stat().st_mode & 0o777 == 0o600
    assert link.is_symlink()


def test_a_device_is_written_to_and_not_replaced(drive: Drive, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    mkfifo(pipe)
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    with stage(whole) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        assert client.default.export_stream("a").save(pipe) == len(OCTETS)
    reader.join(PATIENCE)
    assert read == [OCTETS]
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_table_is_a_text_or_a_file(drive: Drive, tmp_path: Path) -> None:
    rows = "a,b\r\né,1\r\n"

    def table(_: Asked) -> Script:
        yield head("text/csv; charset=latin-1")
        yield chunk(rows.encode("latin-1"))
        yield LAST

    with stage(table) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        assert client.default.orders() == rows
        client.default.orders_stream().save(tmp_path / "orders.csv")
        assert (tmp_path / "orders.csv").read_bytes() == rows.encode("latin-1"), "as it came"


def test_octets_go_to_an_open_file(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "export.bin"
    with stage(whole) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        opened = io.BytesIO()
        assert client.default.export_stream("a").save(opened) == len(OCTETS)
        assert opened.getvalue() == OCTETS
        with path.open("wb", buffering=0) as raw:
            raw.write(b"before")
            client.default.export_stream("a").save(raw)
            assert not raw.closed
        assert path.read_bytes() == b"before" + OCTETS


class Careless(io.BytesIO):
    """A file that does not say how much it has taken, as many that wrap another."""

    def write(self, octets: Any) -> Any:
        super().write(octets)


def test_a_file_that_does_not_say_what_it_takes_is_refused(drive: Drive) -> None:
    """Of some it means that nothing was taken, so nobody can tell what is left."""
    opened = Careless()
    with (
        stage(whole) as site,
        drive.client(base_url=site.url, timeout=PATIENCE) as client,
        pytest.raises(OSError, match="does not say how much"),
    ):
        client.default.export_stream("a").save(opened)
    assert OCTETS.startswith(opened.getvalue())


def test_what_is_packed_is_unpacked(drive: Drive) -> None:
    packed = gzip.compress(OCTETS)
    headers = {"Content-Type": KIND, "Content-Encoding": "gzip"}
    with drive(Reply(packed, 200, headers)) as (client, _):
        assert b"".join(client.default.export_stream("a")) == OCTETS
    early = pytest.raises(drive.package.errors.TransportError, match="before it is whole")
    with drive(Reply(packed[:-9], 200, headers)) as (client, _), early:
        list(client.default.export_stream("a"))


def test_a_part_never_looks_whole(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "export.bin"
    path.write_bytes(b"before")
    failed = pytest.raises(
        drive.package.errors.TransportError, match=r"^GET /exports/.name. failed"
    )
    with stage(cut) as site, drive.client(base_url=site.url) as client, failed:
        client.default.export_stream("a").save(path)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_no_file(drive: Drive, tmp_path: Path) -> None:
    with drive(json(b'{"name": "a"}', 404)) as (client, _):
        with pytest.raises(drive.package.errors.NotFound) as caught:
            client.default.export_stream("a").save(tmp_path / "export.bin")
        assert caught.value.body.name == "a"
    with stage(whole) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        with pytest.raises(FileNotFoundError):
            client.default.export_stream("a").save(tmp_path / "none" / "export.bin")
        assert site.left.get(timeout=PATIENCE) in ("cut", "told")
        client.default.export("a")
    assert list(tmp_path.iterdir()) == []


def test_something_else_is_no_picture(drive: Drive) -> None:
    with drive(json(b'{"url": "u"}')) as (client, server):
        assert client.default.picture().url == "u"
        with pytest.raises(drive.package.errors.DecodeError, match="content of type image/"):
            client.default.picture_stream()
        assert last(server).headers["accept"] == "image/*"
    with drive(Reply(b"x", 200, {"Content-Type": "image/png"})) as (client, _):
        assert list(client.default.picture_stream()) == [b"x"]


def test_no_more_than_a_piece_is_in_memory(drive: Drive, tmp_path: Path) -> None:
    """The client has a limit for what is kept, which what goes to a file may pass."""
    path = tmp_path / "export.bin"
    settings = {"timeout": PATIENCE, "max_bytes": 10 * len(PIECE)}
    with stage(large) as site, drive.client(base_url=site.url, **settings) as client:
        list(client.default.export_stream("a"))  # what is imported by the first call
        tracemalloc.start()
        try:
            assert client.default.export_stream("a").save(path) == PIECES * len(PIECE)
            assert tracemalloc.get_traced_memory()[1] < PIECES * len(PIECE) / 8
        finally:
            tracemalloc.stop()
        assert path.stat().st_size == PIECES * len(PIECE)
        with pytest.raises(drive.package.errors.TransportError, match="max_bytes"):
            client.default.export("a")


def test_a_call_may_have_a_limit(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "export.bin"
    with stage(endless) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        with pytest.raises(drive.package.errors.TransportError, match="larger than `max_bytes`"):
            client.default.export_stream("a", max_bytes=10 * len(PIECE)).save(path)
        assert site.left.get(timeout=PATIENCE) == "cut"
        with pytest.raises(drive.package.errors.Timeout, match="deadline"):
            client.default.export_stream("a", deadline=0.3).save(path)
    assert not path.exists()
