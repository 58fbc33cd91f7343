"""What leaves for a call: what it says, what its client adds, and what its caller adds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from runtime._body import Body, form, json_body
from runtime._multipart import multipart
from runtime._options import CallOptions, ClientOptions, Seconds
from runtime._plain import octets_body
from runtime._request import Request
from runtime._session import Session
from runtime._types import UNSET, Json, JsonObject

from .peers import ABOUT, CALL, PLAIN, SECRET, Client, Peer, Send, both, refusal, sent


@both
def test_a_request_is_what_the_call_says(send: Send) -> None:
    peer = Peer()
    assert send(peer) == "x"
    assert peer.seen == [
        Request(
            "POST",
            f"https://x.test/a/{SECRET}?q={SECRET}",
            {
                "User-Agent": "tests/1",
                "Accept": "application/json",
                "Accept-Encoding": "gzip, deflate",
                "Content-Type": "application/x-www-form-urlencoded",
                "Authorization": f"Bearer {SECRET}",
            },
            f"p={SECRET}".encode(),
            UNSET,
            2**26,
            600.0,
        )
    ]
    assert peer.closed == 0


def test_headers_and_cookies_of_a_call_leave() -> None:
    call = replace(PLAIN, headers={"X-A": "b"}, cookies="c=d", accept="text/csv, */*")
    assert sent(call).headers == {
        "User-Agent": "tests/1",
        "Accept": "text/csv, */*",
        "Accept-Encoding": "gzip, deflate",
        "X-A": "b",
        "Cookie": "c=d",
    }


@both
@pytest.mark.parametrize(
    ("own", "timeout", "waits"),
    [
        ({}, {}, UNSET),
        ({"timeout": 3}, {}, 3),
        ({"timeout": None}, {}, None),
        ({"timeout": UNSET}, {}, UNSET),
        ({"timeout": 3}, {"timeout": 0.5}, 0.5),
        ({"timeout": 3}, {"timeout": None}, None),
        ({}, {"timeout": 2}, 2),
        ({"timeout": None}, {"timeout": 2}, 2),
        # nothing was given
        ({"timeout": 3}, {"timeout": UNSET}, 3),
    ],
)
def test_the_timeout_of_a_call_goes_before_that_of_the_client(
    send: Send, own: ClientOptions, timeout: CallOptions, waits: Seconds
) -> None:
    peer = Peer()
    send(peer, settings=own, **timeout)
    assert peer.seen[0].timeout == waits


@both
@pytest.mark.parametrize("bad", [-1, 0, float("nan"), float("inf"), True, False, "3", b"3", [3]])
def test_a_timeout_is_a_number_above_0(send: Send, bad: float) -> None:
    peer = Peer()
    message = "$.timeout: expected a number of seconds above 0, 2,000,000 at most"
    assert refusal(lambda: send(peer, settings={"timeout": bad})) == message
    assert refusal(lambda: send(peer, timeout=bad)) == message
    assert peer.seen == []


@both
def test_the_size_of_a_call_goes_before_that_of_the_client(send: Send) -> None:
    peer = Peer()
    send(peer, settings={"max_bytes": 7})
    send(peer, settings={"max_bytes": 7}, max_bytes=8)
    send(peer, max_bytes=1)
    assert [request.max_bytes for request in peer.seen] == [7, 8, 1]


@both
@pytest.mark.parametrize("bad", [-1, 0, 1.0, float("nan"), float("inf"), True, None, "3", [3]])
def test_a_size_is_a_whole_number_above_0(send: Send, bad: int) -> None:
    peer = Peer()
    message = "$.max_bytes: expected a number of bytes above 0"
    assert refusal(lambda: send(peer, settings={"max_bytes": bad})) == message
    assert refusal(lambda: send(peer, max_bytes=bad)) == message
    assert peer.seen == []


@both
@pytest.mark.parametrize("bad", ["false", 1, None])
def test_a_flag_is_true_or_false(send: Send, bad: bool) -> None:
    peer = Peer()
    message = "$.idempotent: expected True or False"
    assert refusal(lambda: send(peer, idempotent=bad)) == message
    assert refusal(lambda: send(peer, settings={"idempotent": bad})) == message
    assert refusal(lambda: send(peer, settings={"allow_http": bad})) == (
        "$.allow_http: expected True or False"
    )
    assert peer.seen == []


def test_what_a_copy_is_told_is_checked() -> None:
    client = Client("https://x.test", ABOUT, Peer(), {})
    for wrong in (ClientOptions(timeout=0), ClientOptions(max_bytes=0)):
        assert "above 0" in refusal(client.with_options, **wrong)
    assert refusal(lambda: client.with_options(default_headers={"X": "a\n"})).startswith("$.X: ")


def test_an_option_that_there_is_not_is_refused() -> None:
    """As no type checker may have looked."""
    peer = Peer()
    client = Client("https://x.test", ABOUT, peer, {})
    wrong: Any = {"timout": 3}
    words = "there is no option 'timout': there are (token, )?timeout, connect_timeout, "
    for act in (
        lambda: Client("https://x.test", ABOUT, peer, wrong),
        lambda: client.with_options(**wrong),
        lambda: client.send(PLAIN, wrong),
        lambda: client.request("GET", "/", **wrong),
        lambda: client.with_response(client.get, "/", **wrong),
    ):
        with pytest.raises(TypeError, match=words):
            act()
    assert peer.seen == []


def test_whose_name_is_wrong_learns_the_names_of_credentials() -> None:
    """They are the document's, and not easy to guess: a token may be `pat` there."""
    wrong: Any = {"token": "secret"}
    with pytest.raises(TypeError, match="no option 'token': there are oidc, pat, timeout") as said:
        Session("https://x.test", ABOUT, Peer(), wrong, oidc=None, pat=None)
    assert "secret" not in str(said.value)
    unlike: Any = {"pat": "secret"}
    with pytest.raises(TypeError, match="no option 'pat': there are token, timeout"):
        Client("https://x.test", ABOUT, Peer(), {}, token=None).with_options(**unlike)


def test_default_headers_go_with_every_request() -> None:
    settings: ClientOptions = {
        "default_headers": {"X-A": "1", "user-agent": "mine/2", "accept": "text/csv"}
    }
    assert sent(PLAIN, settings=settings).headers == {
        "Accept-Encoding": "gzip, deflate",
        "X-A": "1",
        "user-agent": "mine/2",
        "accept": "text/csv",
    }


def test_arguments_of_a_call_go_before_default_headers() -> None:
    settings: ClientOptions = {"default_headers": {"X-A": "1"}}
    headers = sent(replace(PLAIN, headers={"x-a": "0"}), settings=settings).headers
    assert [text for name, text in headers.items() if name.lower() == "x-a"] == ["0"]


def test_cookies_of_every_origin_go_together() -> None:
    settings: ClientOptions = {"default_headers": {"cookie": "a=1"}}
    assert sent(replace(PLAIN, cookies="b=2"), settings=settings).headers["Cookie"] == "a=1; b=2"


def test_credentials_go_before_default_headers() -> None:
    headers = sent(CALL, settings={"default_headers": {"authorization": "mine"}}).headers
    assert [text for name, text in headers.items() if name.lower() == "authorization"] == [
        f"Bearer {SECRET}"
    ]


def test_extra_headers_go_before_all() -> None:
    extra = {"AUTHORIZATION": "mine", "x-a": "2", "accept-encoding": "identity", "cookie": "e=f"}
    call = replace(CALL, headers={"X-A": "1"}, cookies="c=d")
    settings: ClientOptions = {"default_headers": {"X-a": "0", "X-B": "3"}}
    assert sent(call, settings=settings, extra_headers=extra).headers == {
        "User-Agent": "tests/1",
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-B": "3",
        "AUTHORIZATION": "mine",
        "x-a": "2",
        "accept-encoding": "identity",
        "cookie": "e=f",
    }


@pytest.mark.parametrize("name", ["User-Agent", "user-agent", "ACCEPT", "content-type", "cookie"])
def test_a_header_is_sent_once(name: str) -> None:
    """Whoever says it, and in whichever case."""
    call = replace(CALL, headers={name: "a"}, cookies="c=d")
    for settings in (ClientOptions(), ClientOptions(default_headers={name: "b"})):
        names = [each.lower() for each in sent(call, settings=settings).headers]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("bad", ["a\r\nX: y", "a\n", "a\rb", "a\0", "\u00e9", " a", "a ", "\t"])
def test_no_header_can_be_smuggled(bad: str) -> None:
    peer = Peer()
    client = Session("https://x.test", ABOUT, peer, {})
    message = "$['X-A']: expected visible ASCII characters, spaces within"
    for act in (
        lambda: client.send(PLAIN, {"extra_headers": {"X-A": bad}}),
        lambda: Session("https://x.test", ABOUT, peer, {"default_headers": {"X-A": bad}}),
    ):
        assert refusal(act) == message
    message = "$: expected names of headers that are not the transport's"
    assert refusal(lambda: client.send(PLAIN, {"extra_headers": {bad: "a"}})) == message
    assert peer.seen == []


def test_default_headers_are_those_that_were_checked() -> None:
    peer, headers = Peer(), {"X-A": "1"}
    client = Session("https://x.test", ABOUT, peer, {"default_headers": headers})
    headers["X-A"] = "1\r\nX-Evil: 2"
    client.send(PLAIN, {})
    assert peer.seen[0].headers["X-A"] == "1"


@pytest.mark.parametrize(
    ("query", "extra", "url"),
    [
        ("", {}, "/p"),
        ("a=b", {}, "/p?a=b"),
        ("", {"a": "b c&d=e#f"}, "/p?a=b%20c%26d%3De%23f"),
        ("a=b", {"a": "c"}, "/p?a=b&a=c"),
        ("", {"a": [1, None, "x,y", True], "b&": None, "c": ""}, "/p?a=1&a=x%2Cy&a=true&c="),
        ("", {"a": {"b": 1}, "\u00e9=": 1.5}, "/p?a=%7B%22b%22%3A1%7D&%C3%A9%3D=1.5"),
        ("", {"a": []}, "/p"),
    ],
)
def test_more_goes_into_the_query(query: str, extra: dict[str, Json], url: str) -> None:
    call = replace(PLAIN, query=query)
    assert sent(call, extra_query=extra).url == f"https://x.test{url}"


def test_a_query_that_begins_in_the_path_goes_on() -> None:
    call = replace(CALL, path="/a/{id}?v=1", segments={"id": "x"}, query="q=2")
    assert sent(call, extra_query={"e": 3}).url == "https://x.test/a/x?v=1&q=2&e=3"
    assert sent(replace(call, query="")).url == "https://x.test/a/x?v=1"


def test_what_a_query_cannot_hold_is_refused() -> None:
    words = "expected a value that JSON and UTF-8 can hold"
    assert refusal(lambda: sent(extra_query={"a": "\ud800"})) == f"$.a: {words}"
    assert refusal(lambda: sent(extra_query={"a": float("nan")})) == f"$.a: {words}"
    assert words in refusal(lambda: sent(extra_query={"\ud800": "a"}))


@pytest.mark.parametrize(
    ("body", "extra", "content_type", "content"),
    [
        (None, {}, None, None),
        (None, {"a": 1}, "application/json", b'{"a":1}'),
        (json_body({"a": 1}), {"a": 2, "b": 3}, "application/json", b'{"a":2,"b":3}'),
        (json_body([1]), {}, "application/json", b"[1]"),
        (form({"a": "1"}), {"b": 2}, "application/x-www-form-urlencoded", b"a=1&b=2"),
        (octets_body(b"x", "a/b"), {}, "a/b", b"x"),
    ],
)
def test_more_goes_into_the_body(
    body: Body | None, extra: JsonObject, content_type: str | None, content: bytes | None
) -> None:
    request = sent(replace(PLAIN, body=body), extra_body=extra)
    assert (request.headers.get("Content-Type"), request.content) == (content_type, content)


def test_more_goes_into_a_form_of_parts() -> None:
    request = sent(replace(PLAIN, body=multipart({"a": "1"})), extra_body={"b": 2})
    assert isinstance(request.content, bytes)
    assert b'name="a"\r\n\r\n1\r\n--' in request.content
    assert b'name="b"\r\n\r\n2\r\n--' in request.content


@pytest.mark.parametrize("body", [json_body([1]), json_body(None), octets_body(b"{}", "a/b")])
def test_nothing_goes_into_a_body_without_members(body: Body) -> None:
    assert refusal(lambda: sent(replace(PLAIN, body=body), extra_body={"a": 1})) == (
        "$.extra_body: expected nothing, as the body has no members"
    )
