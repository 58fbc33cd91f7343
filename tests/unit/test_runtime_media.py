"""Answers that are text, octets, or one of several things."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime import _media as media
from runtime import _read as read
from runtime._answer import json_of
from runtime._response import Response
from runtime.errors import DecodeError

from .peers import SECRET


def answer(content_type: str | None, content: bytes) -> Response:
    return Response(200, {} if content_type is None else {"content-type": content_type}, content)


def failure(act: Callable[[], object]) -> str:
    with pytest.raises(DecodeError) as caught:
        act()
    assert caught.value.__context__ is None
    return str(caught.value)


@pytest.mark.parametrize(
    ("content_type", "content", "text"),
    [
        (None, b"", ""),
        (None, "h\u00e9".encode(), "h\u00e9"),
        ("text/plain", "h\u00e9".encode(), "h\u00e9"),
        ("text/plain; charset=UTF-8", "h\u00e9".encode(), "h\u00e9"),
        ('text/plain;charset="utf-8"', "h\u00e9".encode(), "h\u00e9"),
        ("text/plain; a=b; Charset=iso-8859-1", b"h\xe9", "h\u00e9"),
        ("text/plain; charset=windows-1252; a=b", b"\x80", "\u20ac"),
        ("text/plain; charset=ISO-8859-15", b"\xa4", "\u20ac"),
        ("text/plain; charset=utf-16le", b"a\0", "a"),
        ("text/plain; charset=utf-16", b"\xff\xfea\0", "a"),
        ("text/plain; charset=koi8-r", b"\xc1", "\u0430"),
        ("text/plain; charset=shift_jis", b"\x82\xa0", "\u3042"),
        ("text/plain; charset=gb18030", b"\xc4\xe3", "\u4f60"),
        ("text/plain; charset=us-ascii", b"a", "a"),
    ],
)
def test_text_is_in_the_charset_that_it_names(
    content_type: str | None, content: bytes, text: str
) -> None:
    assert media.text(answer(content_type, content)) == text
    assert media.octets(answer(content_type, content)) == content


@pytest.mark.parametrize(
    "charset",
    [
        *("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "utf-32", "us-ascii", "ascii"),
        *("latin1", "latin-1", "koi8-r", "koi8-u", "shift_jis", "shift-jis", "euc-jp", "euc-kr"),
        *("gb2312", "gbk", "gb18030", "big5", "iso8859-1", "iso8859-15"),
        *(f"iso-8859-{n}" for n in range(1, 17) if n != 12),
        *(f"{name}125{n}" for name in ("windows-", "cp") for n in range(9)),
    ],
)
def test_the_charsets_of_the_web_are_known(charset: str) -> None:
    response = answer(f"text/plain; charset={charset.upper()}", "abc".encode(charset))
    assert media.text(response) == "abc"


@pytest.mark.parametrize(
    "charset",
    [
        # what Python decodes that is no text, or slow, or depends on the machine
        *("base64", "rot13", "hex", "zip", "bz2", "punycode", "idna", "unicode_escape", "utf-7"),
        *("raw_unicode_escape", "mbcs", "oem", "undefined", "utf-8-sig", "x", "iso-8859-99999"),
        # what looks like one, but there is no such thing, or Python calls it otherwise
        *("iso-8859-0", "iso-8859-12", "iso-8859-17", "iso8859-99", "iso88591", "iso-88591"),
        *("windows1252", "utf16le", "utf16be"),
    ],
)
def test_any_other_charset_is_refused(charset: str) -> None:
    response = answer(f"text/plain; charset={charset}", b"YQ==")
    message = "$: expected text in a known charset, found another"
    assert failure(lambda: media.text(response)) == message


@pytest.mark.parametrize("charset", ["utf-8", "utf-16le", "us-ascii", "euc-jp"])
def test_what_is_no_text_is_refused(charset: str) -> None:
    response = answer(f"text/plain; charset={charset}", SECRET.encode() + b"\xff")
    message = f"$: expected text in {charset}, found something else"
    assert failure(lambda: media.text(response)) == message


FAMILIES = ("utf", "utf-", "iso8859", "iso-8859", "windows", "windows-", "cp", "latin", "koi8-")


@given(st.sampled_from(FAMILIES), st.sampled_from(["", "-", "_"]), st.integers(0, 99), st.binary())
def test_whatever_comes_is_text_or_an_error(
    family: str, mark: str, number: int, content: bytes
) -> None:
    charset = f"{family}{mark}{number}"
    try:
        found = media.text(answer(f"text/plain; charset={charset}", content))
    except DecodeError:
        return
    assert found == content.decode(charset)


def test_text_may_be_of_a_kind() -> None:
    reader = media.text_of(read.uuid)
    text = "0a1b2c3d-0000-4000-8000-000000000000"
    assert str(reader(answer("text/plain", text.encode()))) == text
    message = "$: expected a UUID, found a string"
    assert failure(lambda: reader(answer("text/plain", b"x"))) == message


READERS: Mapping[str, Callable[[Response], str]] = {
    "*/*": lambda _: "any",
    "text/*": lambda _: "any text",
    "application/json": json_of(read.string),
    "text/csv": lambda _: "csv",
    "application/vnd.a+json": lambda _: "a",
}


@pytest.mark.parametrize(
    ("content_type", "found"),
    [
        ("application/json", "x"),
        ("Application/JSON ; charset=utf-8", "x"),
        ("application/problem+json", "x"),
        ("text/json", "x"),
        ("application/vnd.a+json", "a"),
        ("text/csv", "csv"),
        ("TEXT/CSV; header=present", "csv"),
        ("text/html", "any text"),
        ("image/png", "any"),
        ("", "any"),
        (None, "any"),
    ],
)
def test_the_content_type_says_what_an_answer_is(content_type: str | None, found: str) -> None:
    assert media.one_of(READERS)(answer(content_type, b'"x"')) == found


@pytest.mark.parametrize("content_type", [None, "", "text/plain", "application/jsonp", "*/*", "x"])
def test_a_content_type_that_nobody_described_is_refused(content_type: str | None) -> None:
    reader = media.one_of({key: READERS[key] for key in ("application/json", "text/csv")})
    assert failure(lambda: reader(answer(content_type, b'"x"'))) == (
        "$: expected content of type application/json or text/csv, found another type"
    )
