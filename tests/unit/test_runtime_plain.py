"""Bodies that are text or octets, and bodies whose content type is a choice."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from runtime import _choice as choice
from runtime._body import json_body
from runtime._plain import octets_body, text_body
from runtime._source import Octets, Source

from .peers import refusal


@pytest.mark.parametrize(
    ("content", "media_type", "kind", "written"),
    [
        ("a", "text/plain", "text/plain", b"a"),
        ("", "text/plain", "text/plain", b""),
        ("\u00e9", "text/csv", "text/csv; charset=utf-8", b"\xc3\xa9"),
        ("\u00e9", "text/csv; Charset=UTF-8", "text/csv; Charset=UTF-8", b"\xc3\xa9"),
        (
            "\u00e9",
            "text/csv; header=present",
            "text/csv; header=present; charset=utf-8",
            b"\xc3\xa9",
        ),
    ],
)
def test_a_text(content: str, media_type: str, kind: str, written: bytes) -> None:
    assert text_body(content, media_type).write({}) == (kind, written)


def test_octets_may_be_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\xff\r\n")
    opened = io.BytesIO(b"--\xff\r\n")
    opened.seek(2)
    places: list[Octets] = [b"\xff\r\n", path, opened]
    for place in places:
        kind, content = octets_body(place, "image/png").write({})
        whole = content if isinstance(content, bytes) else b"".join(content.chunks())
        assert (kind, whole) == ("image/png", b"\xff\r\n")
    with path.open("rb") as file:
        body = octets_body(file, "image/png")
        again = body.write({})[1]
        assert isinstance(again, Source)
        sent = [b"".join(again.chunks()), b"".join(again.chunks())]
        assert sent == [b"\xff\r\n"] * 2, "a body may be sent again"


@pytest.mark.parametrize("media_type", ["a/b\r\nX: y", "a/b\n", "a/b ", "a/\u00e9", "a\0b"])
def test_a_content_type_cannot_end_its_header(media_type: str) -> None:
    message = "$.content_type: expected visible ASCII characters, spaces within"
    assert refusal(lambda: octets_body(b"", media_type)) == message


@pytest.mark.parametrize(
    ("media_type", "within"),
    [
        ("image/png", "image/*"),
        ("IMAGE/PNG", "image/*"),
        ("image/png; a=b", "image/*"),
        ("image/png", "*/*"),
        ("image/png", "image/png"),
    ],
)
def test_a_content_type_is_within_its_range(media_type: str, within: str) -> None:
    assert octets_body(b"x", media_type, within).write({}) == (media_type, b"x")


@pytest.mark.parametrize(
    ("media_type", "within"),
    [("text/png", "image/*"), ("", "*/*"), ("image", "*/*"), ("ximage/png", "image/*")],
)
def test_any_other_content_type_is_refused(media_type: str, within: str) -> None:
    message = f"$.content_type: expected {within}"
    assert refusal(octets_body, b"x", media_type, within) == message


def test_what_is_no_text_is_refused() -> None:
    for wrong in (b"x", 7, None):
        assert refusal(text_body, wrong, "text/plain") == "$.body: expected a string"


@pytest.mark.parametrize(
    ("content_type", "written"),
    [
        ("application/json", ("application/json", b'"x"')),
        ("Application/JSON ; a=b", ("application/json", b'"x"')),
        ("text/plain", ("text/plain", b"x")),
        ("text/csv", ("text/*", b"x")),
        ("text/csv; a=b", ("text/csv; a=b", b"x,")),
        ("image/png", ("*/*", b"x")),
    ],
)
def test_a_body_is_written_as_its_content_type_is(
    content_type: str, written: tuple[str, bytes]
) -> None:
    body = choice.body(
        content_type,
        "x",
        {
            "*/*": lambda body: text_body(body, "*/*"),
            "text/*": lambda body: text_body(body, "text/*"),
            "application/json": lambda body: json_body(body),
            "text/plain": lambda body: text_body(body, "text/plain"),
            "text/csv; a=b": lambda body: text_body(f"{body},", "text/csv; a=b"),
        },
    )
    assert body.write({}) == written


@pytest.mark.parametrize("content_type", ["", "text", "text/", "text/html", "application/jsonp"])
def test_a_content_type_that_nobody_described_is_refused(content_type: str) -> None:
    error = refusal(
        lambda: choice.body(
            content_type, "x", {"application/json": json_body, "text/plain": json_body}
        )
    )
    assert error == "$.content_type: expected application/json or text/plain"
