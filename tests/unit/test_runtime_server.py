"""Where requests go: addresses that callers complete, and servers of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

import pytest
from httpx2 import URL, InvalidURL
from hypothesis import given
from hypothesis import strategies as st
from runtime import _server as server
from runtime._session import Session
from runtime.errors import ConstraintError

from .peers import ABOUT, CALL, KEYS, PLAIN, Client, Peer, refusal

Choices = Mapping[str, Sequence[str]]


@pytest.mark.parametrize(
    ("template", "values", "choices", "address"),
    [
        ("https://{r}.x.test/v1", {"r": "eu-1"}, {}, "https://eu-1.x.test/v1"),
        ("https://{r}.x.test:{p}/{b}", {"r": "a", "p": "8443", "b": "v2/x"}, {"p": ["443", "8443"]},
         "https://a.x.test:8443/v2/x"),
        ("{s}://x.test", {"s": "http"}, {"s": ["http", "https"]}, "http://x.test"),
        ("{s}://x.test", {"s": "HTTPS"}, {}, "HTTPS://x.test"),
        ("{url}", {"url": "https://my.test:8080/a"}, {}, "https://my.test:8080/a"),
        ("{url}/v1", {"url": "https://my.test"}, {}, "https://my.test/v1"),
        ("https://x.test/{b}", {"b": ""}, {}, "https://x.test/"),
        ("https://x.test/{b}", {"b": "a%20b/c.d/...;e=f@"}, {}, "https://x.test/a%20b/c.d/...;e=f@"),
        ("{url}/{b}", {"url": "https://{b}.test", "b": "x"}, {}, "https://{b}.test/x"),
        # what is listed is the document's own
        ("https://x{s}.test", {"s": ""}, {"s": ["", "-sandbox"]}, "https://x.test"),
        ("https://x.test{b}", {"b": "/v1"}, {"b": ["/v1", "/v2"]}, "https://x.test/v1"),
        ("https://a.x{t}/b", {"t": ".test"}, {"t": [".test", ".example"]}, "https://a.x.test/b"),
    ],
)  # fmt: skip
def test_an_address_is_filled_in_one_pass(
    template: str, values: dict[str, str], choices: Choices, address: str
) -> None:
    assert server.filled(template, values, choices) == address


HOSTILE = [
    "y.test/",
    "y.test/x",
    "y.test?",
    "y.test#",
    "y.test\\",
    "u@",
    "u:p@",
    "a b",
    "a\n",
    "\u00e9",
]


@pytest.mark.parametrize(
    ("template", "bad"),
    [
        ("https://{a}.x.test", [*HOSTILE, "", "y:80", "a/../b"]),
        ("https://x{a}.test", [*HOSTILE, "/", "/y", "//y.test"]),
        ("https://x.test:{a}/v1", [*HOSTILE, "", "80@y.test"]),
        ("https://{a}", [*HOSTILE, ""]),
        (
            "https://x.test/{a}",
            ["..", "../b", "b/..", "a?", "a?b", "#", "a b", "a\n", "\\", "\u00e9"],
        ),
        ("https://x.test/v{a}/b", ["1/../..", "?", "#"]),
        # a quoted dot is a dot
        ("https://x.test/v1/{a}/b", ["%2e%2E", ".%2e", "a/%2e./b"]),
        # what goes on with a whole host is another one
        ("https://api.x.test{a}", [".y.test"]),
        ("https://api.x.test{a}/v1", [".y.test"]),
        (
            "{a}://x.test",
            ["ftp", "", "https://y.test/", "https://y.test?", "http ", "file", "javascript"],
        ),
    ],
)
def test_no_value_leads_elsewhere(template: str, bad: list[str]) -> None:
    for value in bad:
        message = refusal(server.filled, template, {"a": value})
        assert message == "$.a: expected a part of an address"


def test_an_address_that_is_none_is_refused_before_it_is_joined() -> None:
    assert refusal(lambda: Session(server.below("https://[", "/v1"), ABOUT, Peer(), {})) == (
        "$.base_url: expected an http(s) URL and no more"
    )


def test_only_what_is_listed_can_be_chosen() -> None:
    for bad in ("", "A", "c", "a "):
        error = refusal(server.filled, "https://{x}.test", {"x": bad}, {"x": ["a", "b"]})
        assert error == "$.x: expected a or b"


VALUES = st.text("ab.:/\\@?#%2e \n{}[]") | st.text()


@given(VALUES, VALUES, VALUES)
def test_whatever_the_values_the_host_is_the_documents(region: str, port: str, path: str) -> None:
    values = {"region": region, "port": port, "path": path}
    peer = Peer()
    try:
        address = server.filled("https://{region}.x.test:{port}/v1/{path}", values)
        Session(address, ABOUT, peer, {}).request("GET", "/")
        url = URL(peer.seen[0].url)
    except (ConstraintError, InvalidURL):
        return
    assert url.host.endswith(".x.test")
    assert url.path.startswith("/v1/")


@pytest.mark.parametrize(
    ("base", "relative", "address"),
    [
        ("https://x.test", "/v1", "https://x.test/v1"),
        ("https://x.test/", "/v1", "https://x.test/v1"),
        ("https://x.test/a", "/v1", "https://x.test/v1"),
        ("https://x.test/a", "v1", "https://x.test/a/v1"),
        ("https://x.test/a/", "./v1", "https://x.test/a/v1"),
        ("https://x.test/a/b", "../v1", "https://x.test/a/v1"),
        ("https://x.test/a", "", "https://x.test/a"),
    ],
)
def test_a_relative_address_is_below_that_of_the_caller(
    base: str, relative: str, address: str
) -> None:
    assert server.below(base, relative) == address


class Server(StrEnum):
    """As generated: base URLs that the document vouches for."""

    LIVE = "https://x.test/v1/"


def url_of(base_url: str, address: str) -> str:
    peer = Peer()
    call = replace(CALL, server=address, path="/a", segments={}, query="")
    Session(base_url, ABOUT, peer, {}, **KEYS).send(call, {})
    return peer.seen[0].url


OTHER = "https://other.test/v1"


@pytest.mark.parametrize(
    ("base", "address", "url"),
    [
        (Server.LIVE, "", "https://x.test/v1/a"),
        (Server.LIVE, "https://files.test/v2", "https://files.test/v2/a"),
        (Server.LIVE, "https://files.test/v2/", "https://files.test/v2/a"),
        (Server.LIVE, "/v2", "https://x.test/v2/a"),
        (OTHER, "", "https://other.test/v1/a"),
        (OTHER, "/v2", "https://other.test/v2/a"),
        (OTHER, "/v2/", "https://other.test/v2/a"),
        (OTHER, "v2", "https://other.test/v1/v2/a"),
        (OTHER, "../v2", "https://other.test/v2/a"),
        (OTHER, "../../../v2", "https://other.test/v2/a"),
        # a caller with a server of his own has all of it there
        (OTHER, "https://files.test/v2", "https://other.test/v1/a"),
        (OTHER, "HTTPS://files.test/v2", "https://other.test/v1/a"),
        ("https://x.test/v1", "https://files.test/v2", "https://x.test/v1/a"),
    ],
)
def test_an_operation_may_have_a_server_of_its_own(base: str, address: str, url: str) -> None:
    assert url_of(base, address) == url


@pytest.mark.parametrize(
    "address",
    ["//files.test/v2", "//files.test", " //files.test", "/\t/files.test", "http:files.test"],
)
def test_no_spelling_of_a_server_leads_away_from_that_of_the_caller(address: str) -> None:
    assert URL(url_of(OTHER, address)).host == "other.test"


def test_a_client_told_something_else_is_as_documented() -> None:
    peer = Peer()
    client = Client(Server.LIVE, ABOUT, peer, {}, **KEYS).with_options(timeout=1)
    client.send(replace(PLAIN, server="https://files.test"), {})
    assert peer.seen[0].url == "https://files.test/p"
