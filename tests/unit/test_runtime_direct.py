"""Requests that no method of a client makes."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime._direct import Sent, direct
from runtime._response import Response
from runtime._session import AsyncSession, Session
from runtime._types import UNSET
from runtime.errors import ConstraintError, NotFound, StatusError

from .peers import ABOUT, KEYS, SECRET, AsyncPeer, Peer, refusal


def client(peer: Peer) -> Session:
    return Session("https://x.test/v1", ABOUT, peer, {"retries": 0}, **KEYS)


def test_a_request_is_sent_as_it_is_said() -> None:
    peer = Peer()
    options = {"X-A": "b"}
    response = client(peer).request(
        "GET", "/a/b", extra_query={"q": [1, "x y"]}, extra_headers=options
    )
    assert response is peer.answer
    sent = peer.seen[0]
    assert (sent.method, sent.url, sent.content) == (
        "GET",
        "https://x.test/v1/a/b?q=1&q=x%20y",
        None,
    )
    assert sent.headers == {
        "User-Agent": "tests/1",
        "Accept": "*/*",
        "Accept-Encoding": "gzip, deflate",
        "Authorization": f"Bearer {SECRET}",
        "X-A": "b",
    }


@pytest.mark.parametrize(
    ("body", "content_type", "content"),
    [
        (b"\xff", "application/octet-stream", b"\xff"),
        (b"", "application/octet-stream", b""),
        ({"a": [1]}, "application/json", b'{"a":[1]}'),
        ("x", "application/json", b'"x"'),
        (None, "application/json", b"null"),
        (False, "application/json", b"false"),
        (UNSET, None, None),
    ],
)
def test_a_body_is_octets_or_json(
    body: Sent, content_type: str | None, content: bytes | None
) -> None:
    peer = Peer()
    client(peer).request("PUT", "/", body)
    assert (peer.seen[0].headers.get("Content-Type"), peer.seen[0].content) == (
        content_type,
        content,
    )


def test_a_body_of_octets_has_no_members() -> None:
    peer = Peer()
    client(peer).request("POST", "/", {"a": 1}, extra_body={"b": 2})
    assert peer.seen[0].content == b'{"a":1,"b":2}'
    assert refusal(lambda: client(peer).request("POST", "/", b"{}", extra_body={"b": 2})) == (
        "$.extra_body: expected nothing, as the body has no members"
    )
    client(peer).request("POST", "/", extra_body={"b": 2})
    assert peer.seen[1].content == b'{"b":2}'


def test_the_content_type_of_octets_may_be_said() -> None:
    peer = Peer()
    client(peer).request("PUT", "/", b"x", extra_headers={"content-type": "image/png"})
    headers = peer.seen[0].headers
    assert [name for name in headers if name.lower() == "content-type"] == ["content-type"]


@pytest.mark.parametrize("status", [200, 204, 299])
def test_a_success_is_the_answer(status: int) -> None:
    answer = Response(status, {"content-type": "text/html"}, b"\xff")
    assert client(Peer(answer=answer)).request("HEAD", "/") is answer


@pytest.mark.parametrize(
    ("status", "kind"), [(302, StatusError), (404, NotFound), (500, StatusError)]
)
def test_anything_else_is_an_error(status: int, kind: type[StatusError]) -> None:
    with pytest.raises(kind) as caught:
        client(Peer(answer=Response(status, {}, b'"why"'))).request("GET", "/a")
    assert str(caught.value) == f"GET /a answered {status}"
    assert caught.value.body == "why"


def test_a_request_may_be_awaited() -> None:
    async def main() -> None:
        peer = Peer()
        async with AsyncSession("https://x.test", ABOUT, AsyncPeer(peer), {}, **KEYS) as session:
            response = await session.request("PATCH", "/a", [1], timeout=3)
        sent = peer.seen[0]
        assert (sent.method, sent.url, sent.content) == ("PATCH", "https://x.test/a", b"[1]")
        assert (sent.timeout, sent.headers["Authorization"]) == (3, f"Bearer {SECRET}")
        assert response is peer.answer

    asyncio.run(main())


@pytest.mark.parametrize("method", ["GET", "PROPFIND", "M-SEARCH", "x", "!#$%&'*+.^_`|~9"])
def test_a_method_is_a_token(method: str) -> None:
    assert direct(method, "/", UNSET, ()).method == method


@pytest.mark.parametrize(
    "method", ["", " ", "GET ", "G T", "GET\r\nX: y", "GET\n", "\u00e9", "G:", "a/b"]
)
def test_anything_else_is_no_method(method: str) -> None:
    assert refusal(lambda: direct(method, "/", UNSET, ())) == "$.method: expected a method of HTTP"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/a",
        "/a/",
        "/a/b.c",
        "/...",
        "/.a",
        "/a..",
        "/a%2Fb",
        "/a%2e",
        "/%2e%2e%2e",
        "/-._~!$&'()*+,;=:@",
    ],
)
def test_a_path_begins_with_a_slash_and_is_quoted(path: str) -> None:
    assert direct("GET", path, UNSET, ()).target == path


@pytest.mark.parametrize(
    "path",
    [
        *("", "a", "*", "https://y.test/", "//y.test", "//y.test/a", "/\\y.test", "@y.test/"),
        *("/a//b", "//", "/a//", "/a/../b", "/../b", "/./b", "/a/./", "/a/../"),
        *("/..", "/.", "/a/..", "/a/.", "/%2e", "/%2E%2e/a", "/a/.%2E"),
        *(
            "/a?b",
            "/a?",
            "/a#b",
            "/a#",
            "/a b",
            "/a\n",
            "/a\r\nX: y",
            "/\t",
            "/\0",
            "/\u00e9",
            "/\u0661",
        ),
        *(
            "/%",
            "/%4",
            "/%zz",
            "/%\u0661\u0661",
            "/a{b}",
            "/<a>",
            '/"',
            "/a|b",
            "/a[b]",
            "/^",
            "/`",
        ),
    ],
)
def test_any_other_path_is_refused(path: str) -> None:
    message = "$.path: expected a path that begins with / and is quoted"
    assert refusal(lambda: direct("GET", path, UNSET, ())) == message


PIECES = st.lists(
    st.sampled_from(["/", ".", "..", "a", "%2e", "%2F", "//", "\\", "@", ":", "y.test"])
)


@given(PIECES)
def test_a_path_stays_below_the_base(pieces: list[str]) -> None:
    path = "/".join(["", *pieces])
    try:
        target = direct("GET", path, UNSET, ()).target
    except ConstraintError:
        return
    url = f"https://x.test/v1{target}"
    assert httpx2.URL(url).raw_path.decode() == urlsplit(url).path == f"/v1{path}"
    assert httpx2.URL(url).host == "x.test"
