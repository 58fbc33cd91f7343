"""Files that are read while they are sent: as a body, and as parts of a form."""

from __future__ import annotations

import io
import os
import socket
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.policy import HTTP
from pathlib import Path
from threading import Event

import pytest

from .driving import PATIENCE, Drive, Watch, last
from .staging import LAST, Asked, Script, head, stage

pytestmark = pytest.mark.feature("uploads")
LARGE = 24 * 2**20


class Pipe(io.RawIOBase):
    """A file that does not know how long it is, and cannot go back."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        assert size >= 0, "all at once"
        return self._pieces.pop(0) if size and self._pieces else b""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "large.bin"
    path.write_bytes(os.urandom(200_000))
    return path


def test_a_body_may_be_a_file(drive: Drive, path: Path) -> None:
    content = path.read_bytes()
    with drive() as (client, server), path.open("rb") as opened:
        client.default.put_blob("a", path)
        assert last(server).content == content
        assert last(server).headers["content-length"] == "200000"
        assert "transfer-encoding" not in last(server).headers
        opened.seek(150_000)
        for rest in (content[150_000:], b""):
            client.default.put_blob("a", opened)
            assert last(server).content == rest
            assert last(server).headers["content-length"] == str(len(rest))


def nothing(_: Asked) -> Script:
    yield b"HTTP/1.1 204 No Content\r\n\r\n"


def test_what_has_no_length_is_sent_in_chunks(drive: Drive) -> None:
    with stage(nothing) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        client.default.put_blob("a", Pipe([b"ab", b"c" * 100_000, b"d"]))
        (seen,) = site.seen
        assert seen.content == b"ab" + b"c" * 100_000 + b"d"
        assert seen.headers["transfer-encoding"] == "chunked"
        assert "content-length" not in seen.headers


def test_a_form_may_have_files(drive: Drive, path: Path) -> None:
    mail = drive.package.SendMailBody
    part = getattr(drive.package.models, "FilePart", None) or drive.package.FilePart
    with drive() as (client, server), path.open("rb") as opened:
        body = mail(
            subject="s",
            attachment=path,
            more=[part(opened, "other.bin", "image/png"), b"octets"],
        )
        client.default.send_mail(body)
        seen = last(server)
    assert seen.headers["content-length"] == str(len(seen.content))
    kind = seen.headers["content-type"]
    message = message_from_bytes(
        f"Content-Type: {kind}\r\n\r\n".encode() + seen.content, policy=HTTP
    )
    parts = [
        (each.get_filename(), each.get_content_type(), each.get_payload(decode=True))
        for each in message.iter_parts()
    ]
    content = path.read_bytes()
    assert parts[1:] == [
        ("large.bin", "application/octet-stream", content),
        ("other.bin", "image/png", content),
        ("more", "application/octet-stream", b"octets"),
    ]


def test_a_file_is_sent_again_from_where_it_began(drive: Drive, path: Path) -> None:
    def busy(_: Asked) -> Script:
        yield head("text/plain", status="503 Service Unavailable") + LAST

    def either(asked: Asked) -> Script:
        return nothing(asked) if len(site.seen) % 2 == 0 else busy(asked)

    content = path.read_bytes()
    with (
        stage(either) as site,
        drive.client(base_url=site.url, timeout=PATIENCE) as client,
        path.open("rb") as opened,
    ):
        opened.seek(9)
        client.default.put_blob("a", opened)
        client.default.put_blob("a", path)
        assert [seen.content for seen in site.seen] == [content[9:]] * 2 + [content] * 2


def test_what_can_be_read_once_is_sent_once(drive: Drive) -> None:
    def busy(_: Asked) -> Script:
        yield head("text/plain", status="503 Service Unavailable") + LAST

    with (
        stage(busy) as site,
        drive.client(base_url=site.url, timeout=PATIENCE) as client,
        pytest.raises(drive.package.errors.ServerError, match="503"),
    ):
        client.default.put_blob("a", Pipe([b"a"]))
    assert len(site.seen) == 1


def test_what_can_be_read_once_is_sent_where_there_is_a_connection_at_last(drive: Drive) -> None:
    """None of it has been read before."""
    with socket.socket() as place, ThreadPoolExecutor(1) as pool:
        place.settimeout(PATIENCE)
        place.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{place.getsockname()[1]}"
        clock = Opening(place)
        told = pool.submit(kept, place, clock)
        with drive.client(base_url=url, timeout=PATIENCE, clock=clock) as client:
            client.default.put_blob("a", Pipe([b"ab", b"c"]))
        assert told.result().endswith(b"\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")


class Opening(Watch):
    """A clock that opens a server as soon as somebody waits."""

    def __init__(self, place: socket.socket) -> None:
        super().__init__()
        self._opens = Event()
        self._place = place

    def sleep(self, seconds: float, /) -> None:
        super().sleep(seconds)
        self._place.listen()
        self._opens.set()

    def wait(self) -> None:
        assert self._opens.wait(PATIENCE)


def kept(place: socket.socket, clock: Opening) -> bytes:
    """Answer one request, and return it."""
    clock.wait()
    connection, _ = place.accept()
    with connection, connection.makefile("rb") as came:
        asked = b"".join(iter(came.readline, b"0\r\n")) + b"0\r\n" + came.readline()
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
    return asked


def test_a_file_that_becomes_shorter_is_not_sent_as_if_it_were_whole(
    drive: Drive, path: Path
) -> None:
    with (
        stage(nothing) as site,
        drive.client(base_url=site.url, timeout=PATIENCE) as client,
        path.open("rb") as opened,
    ):
        with pytest.raises(drive.package.errors.TransportError, match="became shorter"):
            client.default.put_blob("a", Shrinking(opened))
        assert site.seen == []


class Shrinking(io.RawIOBase):
    """A file of which a part is gone once it is read."""

    def __init__(self, file: io.BufferedIOBase) -> None:
        self._file = file
        self._read = 0

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int = -1, /) -> bytes:
        self._read += size
        return self._file.read(size) if self._read < 100_000 else b""


@pytest.mark.parametrize("is_form", [False, True])
def test_no_more_than_a_piece_is_in_memory(drive: Drive, tmp_path: Path, is_form: bool) -> None:
    path = tmp_path / "larger.bin"
    with path.open("wb") as file:
        file.truncate(LARGE)
    with stage(nothing) as site, drive.client(base_url=site.url, timeout=PATIENCE) as client:
        site.keeps = False
        client.default.put_blob("a", b"")  # what is imported by the first call
        tracemalloc.start()
        try:
            if is_form:
                client.default.send_mail(drive.package.SendMailBody(subject="s", attachment=path))
            else:
                client.default.put_blob("a", path)
            assert tracemalloc.get_traced_memory()[1] < LARGE / 8
        finally:
            tracemalloc.stop()
        assert site.read >= LARGE


@pytest.mark.parametrize("bad", ["text", None, 7, io.StringIO("text"), bytearray(b"a")])
def test_what_is_no_file_is_not_sent(drive: Drive, bad: object) -> None:
    with drive() as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="body"):
            client.default.put_blob("a", bad)
        assert server.seen == []


def test_a_file_that_is_not_there_is_said_at_once(drive: Drive, tmp_path: Path) -> None:
    with drive() as (client, server):
        with pytest.raises(FileNotFoundError):
            client.default.put_blob("a", tmp_path / "none")
        assert server.seen == []
