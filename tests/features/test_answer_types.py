"""Answers that are JSON, text, octets or nothing."""

from __future__ import annotations

import pytest

from .driving import Drive, Reply, json, last

pytestmark = pytest.mark.feature("answer_types")


def typed(content: bytes, media_type: str, status: int = 200) -> Reply:
    return Reply(content, status, {"Content-Type": media_type})


def test_one_of_several(drive: Drive) -> None:
    note = drive.package.Note(text="é")
    for reply, value in (
        (json('{"text": "é"}'.encode()), note),
        (typed('{"text": "é"}'.encode(), "Application/JSON; charset=utf-8"), note),
        (typed(b'{"text": "\\u00e9"}', "application/vnd.note+json"), note),
        (typed(b"a\r\nb", "text/plain"), "a\r\nb"),
        (typed(b"\x89PNG", "image/png"), b"\x89PNG"),
        (typed(b"", "image/svg+xml"), b""),
    ):
        with drive(reply) as (client, server):
            answer = client.default.any_of_them()
            assert answer == value
            assert type(answer) is type(value)
            assert last(server).headers["accept"] == "application/json, text/plain, image/*"


@pytest.mark.parametrize("kind", ["application/xml", "text/html", ""])
def test_another_type_is_not_what_was_promised(drive: Drive, kind: str) -> None:
    with drive(typed(b"<p>", kind)) as (client, _):
        with pytest.raises(drive.package.errors.DecodeError) as caught:
            client.default.any_of_them()
        assert str(caught.value) == (
            "$: expected content of type application/json or text/plain or image/*,"
            " found another type"
        )
        assert caught.value.response.content == b"<p>"


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        (b"a", "text/plain", "a"),
        (b"", "text/plain", ""),
        (b"\xc3\xa9", "text/plain", "é"),
        (b"\xe9\xa4", "text/plain; charset=iso-8859-1", "é¤"),
        (b"\xe9\xa4", 'text/plain; charset="ISO-8859-15"', "é€"),
        (b"\x80", "text/plain;charset=windows-1252", "€"),
        (b"\xff\xfea\x00", "text/plain; charset=utf-16", "a"),
    ],
)
def test_text_in_the_charset_that_it_names(
    drive: Drive, content: bytes, kind: str, text: str
) -> None:
    with drive(typed(content, kind)) as (client, server):
        assert client.default.text() == text
        assert last(server).headers["accept"] == "text/plain"


def test_text_that_is_none(drive: Drive) -> None:
    for content, kind, message in (
        (b"\xe9", "text/plain", "$: expected text in utf-8, found something else"),
        (b"a", "text/plain; charset=zlib", "$: expected text in a known charset, found another"),
        (b"a", "text/plain; charset=utf-7", "$: expected text in a known charset, found another"),
    ):
        with drive(typed(content, kind)) as (client, _):
            with pytest.raises(drive.package.errors.DecodeError) as caught:
                client.default.text()
            assert str(caught.value) == message


def test_octets_as_they_came(drive: Drive) -> None:
    octets = bytes(range(256))
    with drive(typed(octets, "application/octet-stream")) as (client, server):
        assert client.default.octets() == octets
        assert last(server).headers["accept"] == "application/octet-stream"
    with drive(Reply(b"", 200, {})) as (client, _):
        assert client.default.octets() == b""


def test_nothing(drive: Drive) -> None:
    for reply in (Reply(b"", 204, {}), json(b'{"left": "alone"}'), Reply(b"", 200, {})):
        with drive(reply) as (client, _):
            assert client.default.nothing() is None
