"""Heads of messages: nothing leaves that is more than one, and nothing is read that is none."""

from __future__ import annotations

import string
from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime._head import read, written
from runtime.errors import TransportError


def test_a_head_has_the_host_first_and_the_framing_last() -> None:
    fields = {"User-Agent": "a/1", "X-B": "c"}
    assert written("GET", "/d", "e.test", fields, {}) == (
        b"GET /d HTTP/1.1\r\nHost: e.test\r\nUser-Agent: a/1\r\nX-B: c\r\n\r\n"
    )
    assert written("POST", "/d", "e.test", {"X-B": "c", "HOST": "f"}, {"Content-Length": "3"}) == (
        b"POST /d HTTP/1.1\r\nHOST: f\r\nX-B: c\r\nContent-Length: 3\r\n\r\n"
    )
    for method in ("POST", "PUT", "PATCH", "put"):
        assert written(method, "/", "e", {"A": "b"}, {}) == (
            b"%b / HTTP/1.1\r\nHost: e\r\nContent-Length: 0\r\nA: b\r\n\r\n" % method.encode()
        )


BREAKS = ("\r\n", "\n", "\r", "\0", "\x7f", "\x1b", "é")


@pytest.mark.parametrize("bad", [*BREAKS, " ", "\t"])
def test_a_line_of_a_request_cannot_be_two(bad: str) -> None:
    for method, target, name in (
        (f"G{bad}T", "/", "A"),
        ("GET", f"/{bad}", "A"),
        ("GET", "/", f"A{bad}"),
    ):
        with pytest.raises(TransportError, match="the request is no HTTP"):
            written(method, target, "e.test", {name: "b"}, {})


@pytest.mark.parametrize("bad", BREAKS)
def test_a_value_of_a_header_cannot_end_it(bad: str) -> None:
    for host, value in ((f"e{bad}", "b"), ("e", f"b{bad}X-C: d"), ("e", f"{bad}b")):
        with pytest.raises(TransportError, match="the request is no HTTP"):
            written("GET", "/", host, {"A": value}, {})


NAMES = st.text(st.sampled_from(string.ascii_letters + "-_~"), min_size=1, max_size=9)
VALUES = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"])).map(
    lambda text: text.strip(" \t")
)


@given(st.dictionaries(NAMES, VALUES, max_size=6), st.sampled_from(["\r\n", "\n"]))
def test_headers_are_read_as_they_were_written(fields: Mapping[str, str], end: str) -> None:
    lines = [f"{name}: \t{value} " for name, value in fields.items()]
    head = read(end.join(["HTTP/1.1 299 Fine", *lines, "", ""]).encode())
    wanted: dict[str, str] = {}
    for name, value in fields.items():
        lower = name.lower()
        wanted[lower] = f"{wanted[lower]}, {value}" if lower in wanted else value
    assert (head.status, head.headers, head.is_modern) == (299, wanted, True)


@given(st.binary(max_size=200))
def test_whatever_comes_is_read_or_refused(octets: bytes) -> None:
    for start in (b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 "):
        with suppress(TransportError):
            head = read(start + octets + b"\r\n\r\n")
            assert 100 <= head.status <= 999
            texts = [text for pair in head.headers.items() for text in pair]
            assert not any("\n" in text or "\r" in text for text in texts)


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "HTTP/1.1",
        "HTTP/1.1 20",
        "HTTP/1.1 2000",
        "HTTP/1.1 099 A",
        "HTTP/2 200 OK",
        "HTTP/1.10 200 OK",
        "http/1.1 200 OK",
        "ICY 200 OK",
        "HTTP/1.1 200 OK|no colon",
        "HTTP/1.1 200 OK|: no name",
        "HTTP/1.1 200 OK|A : b",
        "HTTP/1.1 200 OK| A: b",
        "HTTP/1.1 200 OK|A: b\0c",
        "HTTP/1.1 200 OK|A: b\rX: c",
        "HTTP/1.1 200 OK||A: b",
    ],
)
def test_what_is_no_head_is_refused(lines: str) -> None:
    with pytest.raises(TransportError, match="the answer is no HTTP"):
        read(lines.replace("|", "\r\n").encode() + b"\r\n\r\n")


def test_what_servers_do_is_read() -> None:
    head = read(b"HTTP/1.0 200\r\nA:b\r\nA: c\r\nD:\r\nE: f\r\n  g\r\nH: \xc3\xa4\r\n\r\n")
    assert (head.status, head.is_modern) == (200, False)
    assert head.headers == {"a": "b, c", "d": "", "e": "f g", "h": "ä"}
    assert read(b"HTTP/1.1 200 \xe4\r\nH: \xe4\r\n\r\n").headers == {"h": "ä"}
