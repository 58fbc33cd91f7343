"""Bodies with files in them, as the parser of another sees them (RFC 7578)."""

from __future__ import annotations

import io
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from .driving import Drive, Recorder, Seen, asked, last

pytestmark = pytest.mark.feature("multipart")


def parts(seen: Seen) -> list[tuple[dict[str, str], bytes]]:
    """Return the headers of each part, in lower case, and its content."""
    head = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + seen.content, policy=policy.HTTP)
    assert isinstance(message, EmailMessage)
    assert message.is_multipart()
    assert message.defects == []
    found: list[tuple[dict[str, str], bytes]] = []
    for part in message.iter_parts():
        content: object = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found.append(({name.lower(): str(text) for name, text in part.items()}, content))
    return found


def sent(drive: Drive, server: Recorder, client: Any, **members: Any) -> list[Any]:
    client.default.upload(drive.package.UploadBody(**members))
    return parts(last(server))


TITLE = ({"content-disposition": 'form-data; name="title"'}, b"t")
OCTETS = b"\x00\xff\r\n--\r\n\x1a"


def test_a_file_from_memory_is_named_after_its_member(drive: Drive) -> None:
    with drive() as (client, server):
        assert sent(drive, server, client, file=OCTETS, title="t") == [
            (
                {
                    "content-disposition": 'form-data; name="file"; filename="file"',
                    "content-type": "application/octet-stream",
                },
                OCTETS,
            ),
            TITLE,
        ]
        assert asked(server) == "POST /files"


def test_the_bytes_of_a_form(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.upload(drive.package.UploadBody(file=b"a\r\nb", title="é"))
        kind, _, boundary = last(server).headers["content-type"].partition("; boundary=")
        assert kind == "multipart/form-data"
        assert last(server).content == (
            b"--%(mark)b\r\n"
            b'Content-Disposition: form-data; name="file"; filename="file"\r\n'
            b"Content-Type: application/octet-stream\r\n"
            b"\r\n"
            b"a\r\nb\r\n"
            b"--%(mark)b\r\n"
            b'Content-Disposition: form-data; name="title"\r\n'
            b"\r\n"
            b"\xc3\xa9\r\n"
            b"--%(mark)b--\r\n"
        ) % {b"mark": boundary.encode()}


def test_a_path_and_an_open_file_bring_their_names(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "report.bin"
    path.write_bytes(b"of a path")
    with drive() as (client, server), path.open("rb") as opened:
        (headers, content), _ = sent(drive, server, client, file=path, title="t")
        assert headers["content-disposition"] == 'form-data; name="file"; filename="report.bin"'
        assert content == b"of a path"
        opened.seek(3)
        (headers, content), _ = sent(drive, server, client, file=opened, title="t")
        assert headers["content-disposition"] == 'form-data; name="file"; filename="report.bin"'
        assert content == b"a path"
        assert not opened.closed
        (headers, content), _ = sent(drive, server, client, file=io.BytesIO(b"io"), title="t")
        assert headers["content-disposition"] == 'form-data; name="file"; filename="file"'
        assert content == b"io"


def test_a_file_with_headers(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "report.bin"
    path.write_bytes(b"{}")
    part = drive.package.models.FilePart(
        path, name='a "b"\r\n.json', content_type="application/json", headers={"X-Kind": "draft"}
    )
    with drive() as (client, server):
        (headers, content), _ = sent(drive, server, client, file=part, title="t")
        assert content == b"{}"
        assert headers == {
            "content-disposition": 'form-data; name="file"; filename="a %22b%22%0D%0A.json"',
            "content-type": "application/json",
            "x-kind": "draft",
        }
        for bad in ({"content_type": "a/b\r\nX-Admin: 1"}, {"headers": {"X-Kind": "a\nb"}}):
            with pytest.raises(drive.package.errors.ConstraintError):
                sent(
                    drive,
                    server,
                    client,
                    file=drive.package.models.FilePart(b"", **bad),
                    title="t",
                )
        assert len(server.seen) == 1


def test_an_array_of_files_repeats_its_name(drive: Drive, tmp_path: Path) -> None:
    (tmp_path / "2.png").write_bytes(b"two")
    pages = [
        b"one",
        tmp_path / "2.png",
        drive.package.models.FilePart(b"three", name="3.webp", content_type="image/webp"),
    ]
    with drive() as (client, server):
        found = sent(drive, server, client, file=b"", title="t", pages=pages)
        assert [
            (headers["content-disposition"], headers["content-type"], content)
            for headers, content in found[2:]
        ] == [
            ('form-data; name="pages"; filename="pages"', "image/png", b"one"),
            ('form-data; name="pages"; filename="2.png"', "image/png", b"two"),
            ('form-data; name="pages"; filename="3.webp"', "image/webp", b"three"),
        ]


def test_what_is_no_file(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        found = sent(
            drive,
            server,
            client,
            file=b"",
            title="t",
            size=7,
            meta=package.Meta(author="é"),
            tags=["x", "y"],
            table="a,b\r\n",
        )
        assert found[2:] == [
            ({"content-disposition": 'form-data; name="size"'}, b"7"),
            (
                {
                    "content-disposition": 'form-data; name="meta"',
                    "content-type": "application/json",
                },
                '{"author":"é"}'.encode(),
            ),
            ({"content-disposition": 'form-data; name="tags"'}, b"x"),
            ({"content-disposition": 'form-data; name="tags"'}, b"y"),
            (
                {"content-disposition": 'form-data; name="table"', "content-type": "text/csv"},
                b"a,b\r\n",
            ),
        ]


def test_what_holds_no_octets_is_not_sent(drive: Drive) -> None:
    with drive() as (client, server):
        for bad in ("text", None, 7, io.StringIO("text")):
            with pytest.raises(drive.package.errors.ConstraintError, match=r"\$\.file: expected"):
                sent(drive, server, client, file=bad, title="t")
        with pytest.raises(drive.package.errors.ConstraintError, match=r"\$\.pages\[1\]: expected"):
            sent(drive, server, client, file=b"", title="t", pages=[b"", "text"])
        assert server.seen == []


def test_a_repr_does_not_show_the_content(drive: Drive) -> None:
    part = drive.package.models.FilePart(b"secret", name="a", headers={"X-Key": "secret"})
    assert repr(part) == "FilePart(name='a', content_type=None)"
