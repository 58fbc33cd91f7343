"""What a document does not describe."""

from __future__ import annotations

import pytest

from .driving import Drive, Reply, asked, json, last

pytestmark = pytest.mark.feature("ways_out")
TEXT = Reply(b"text", 200, {"Content-Type": "text/plain"})


def test_more_headers(drive: Drive) -> None:
    note = drive.package.Note(text="a")
    with drive() as (client, server):
        client.default.as_json(
            note, x_kind="k", extra_headers={"X-More": "m", "x-kind": "mine", "ACCEPT": "a/b"}
        )
        headers = last(server).headers
        assert (headers["x-more"], headers["x-kind"], headers["accept"]) == ("m", "mine", "a/b")
        client.default.as_json(note, x_kind="k")
        assert "x-more" not in last(server).headers
        for bad in ({"X-A": "a\r\nX-B: b"}, {"X A": "a"}, {"": "a"}, {"X-A": "é"}, {"X-A": " a"}):
            with pytest.raises(drive.package.errors.ConstraintError):
                client.default.as_json(note, extra_headers=bad)
        assert len(server.seen) == 2


def test_more_of_a_query(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.as_json(
            drive.package.Note(text="a"),
            page=2,
            extra_query={"a b": "c&d é", "n": 7, "flag": True, "list": [1, "x"], "no": None},
        )
        assert asked(server) == (
            "POST /json?page=2&a%20b=c%26d%20%C3%A9&n=7&flag=true&list=1&list=x"
        )


def test_more_members_of_json(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.as_json(
            drive.package.Note(text="a"), extra_body={"beta": [1, None], "text": "b"}
        )
        assert last(server).content == b'{"text":"b","beta":[1,null]}'


def test_more_members_of_forms(drive: Drive) -> None:
    more = {"beta": ["x y", 7], "no": None}
    with drive() as (client, server):
        client.default.as_form(drive.package.Note(text="a"), extra_body=more)
        assert last(server).content == b"text=a&beta=x+y&beta=7"
        client.default.as_parts(drive.package.Note(text="a"), extra_body=more)
        _, _, boundary = last(server).headers["content-type"].partition("; boundary=")
        assert last(server).content.split(f"--{boundary}".encode()) == [
            b"",
            b'\r\nContent-Disposition: form-data; name="text"\r\n\r\na\r\n',
            b'\r\nContent-Disposition: form-data; name="beta"\r\n\r\nx y\r\n',
            b'\r\nContent-Disposition: form-data; name="beta"\r\n\r\n7\r\n',
            b"--\r\n",
        ]


def test_a_body_where_there_is_none(drive: Drive) -> None:
    with drive(TEXT) as (client, server):
        assert client.default.nothing(extra_body={"a": 1}) == "text"
        assert asked(server) == "GET /nothing"
        assert last(server).headers["content-type"] == "application/json"
        assert last(server).content == b'{"a":1}'
        client.default.nothing()
        assert last(server).content == b""


def test_a_request_of_the_callers(drive: Drive) -> None:
    with drive(json(b'{"a": 1}', 201), token="t") as (client, server):
        response = client.request("PATCH", "/new/a%2Fb", {"x": [None, "é"]})
        assert asked(server) == "PATCH /new/a%2Fb"
        assert last(server).headers["authorization"] == "Bearer t"
        assert last(server).headers["content-type"] == "application/json"
        assert last(server).headers["accept"] == "*/*"
        assert last(server).content == '{"x":[null,"é"]}'.encode()
        assert (response.status, response.content) == (201, b'{"a": 1}')
        client.request("PUT", "/octets", b"\x00", extra_headers={"Content-Type": "image/png"})
        assert last(server).headers["content-type"] == "image/png"
        assert last(server).content == b"\x00"
        client.request("PUT", "/octets", b"\x00")
        assert last(server).headers["content-type"] == "application/octet-stream"
        client.request("GET", "/", extra_query={"q": "a b"}, extra_headers={"X-A": "b"})
        assert asked(server) == "GET /?q=a%20b"
        assert last(server).headers["x-a"] == "b"
        assert last(server).content == b""
        client.request("POST", "/null", None)
        assert last(server).content == b"null"


@pytest.mark.parametrize(
    "path",
    [
        "a",
        "",
        "//evil.example/a",
        "http://evil.example",
        "/a/../b",
        "/..",
        "/a/..",
        "/.",
        "/a/%2e%2E/b",
        "/%2E",
        "/a?b",
        "/a#b",
        "/a b",
        "/a\\b",
        "/%zz",
        "/\r\n",
        "/é",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(drive: Drive, path: str) -> None:
    """RFC 3986, sections 5.2.4 and 6.2.2.2: a quoted dot is a dot."""
    with drive() as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="path"):
            client.request("GET", path)
        assert server.seen == []


@pytest.mark.parametrize("method", ["", "GET /a HTTP/1.1\r\n", "G T", "GÉT"])
def test_what_is_no_method_is_refused(drive: Drive, method: str) -> None:
    with drive() as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="method"):
            client.request(method, "/a")
        assert server.seen == []


def test_a_request_that_fails(drive: Drive) -> None:
    with drive(json(b'{"error": "gone"}', 410)) as (client, _):
        with pytest.raises(drive.package.errors.StatusError) as caught:
            client.request("GET", "/a")
        assert str(caught.value) == "GET /a answered 410"
        assert caught.value.json == {"error": "gone"}


def test_an_option_that_nobody_knows_is_refused(drive: Drive) -> None:
    """Else a slip of the pen is a parameter that does not leave, or a limit that does not hold."""
    with drive(TEXT) as (client, server):
        with pytest.raises(TypeError, match="timeuot"):
            client.default.nothing(timeuot=1)
        with pytest.raises(TypeError, match="pgae"):
            client.default.as_json(drive.package.Note(text="a"), pgae=1)
        with pytest.raises(TypeError, match="tokne"):
            client.with_options(tokne="t")
        assert server.seen == []
    for kind in (drive.package.Client, drive.package.AsyncClient):
        with pytest.raises(TypeError, match="tokne"):
            kind(base_url="https://api.example.com", tokne="t")
