"""Where credentials may not go: over networks that anyone may listen to."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from runtime._api_key import api_key
from runtime._auth import Held, bearer
from runtime._basic import basic
from runtime._options import CallOptions, ClientOptions
from runtime._session import Session
from runtime.errors import ConstraintError

from .peers import ABOUT, KEYED, KEYS, PLAIN, SECRET, Client, Peer, Send, both, refusal

REMOTE = [
    "http://x.test",
    "HTTP://X.test:443/v1",
    "http://10.0.0.1",
    "http://128.0.0.1",
    "http://0.0.0.0",
    "http://[::2]",
    "http://[::ffff:7f00:1]",
    "http://127.0.0.1.x.test",
    "http://127.0.0",
    "http://localhost.x.test",
    "http://xlocalhost",
    "http://.localhost",
    "http://1270.0.1",
    "http://\uff11\uff12\uff17.0.0.1",
    "http://localhost\u3002x.test",
]
OURS = [
    "http://localhost",
    "http://LocalHost:8080/v1",
    "http://api.localhost",
    "http://a.b.localhost:80",
    "http://127.0.0.1",
    "http://127.12.3.254:8080",
    "http://[::1]",
    "http://[::1]:8080/v1",
]
KEYED_BY: list[Mapping[str, Held]] = [
    {"token": make}
    for make in (
        bearer(SECRET),
        bearer(lambda: SECRET),
        basic(("u", SECRET)),
        api_key("header", "X-Key", SECRET),
        api_key("query", "key", SECRET),
        api_key("cookie", "sid", SECRET),
    )
]


@both
@pytest.mark.parametrize("base", REMOTE)
def test_no_credential_leaves_unencrypted(send: Send, base: str) -> None:
    peer = Peer()
    message = "$.base_url: expected https, or `allow_http`, for credentials"
    for keys in KEYED_BY:
        assert refusal(send, peer, KEYED, base=base, keys=keys) == message
    assert peer.seen == []
    send(peer, PLAIN, base=base)
    send(peer, KEYED, base=base, keys={})
    send(peer, KEYED, base=base, settings={"allow_http": True})
    assert ["Authorization" in seen.headers for seen in peer.seen] == [False, False, True]


@both
@pytest.mark.parametrize("options", [{}, {"extra_headers": {"authorization": SECRET}}])
def test_nor_does_one_that_callers_put_into_a_header(send: Send, options: CallOptions) -> None:
    """Where a document knows no credentials, there is no other place for them."""
    peer = Peer()
    settings: ClientOptions = {} if options else {"default_headers": {"Authorization": SECRET}}
    message = "$.base_url: expected https, or `allow_http`, for credentials"
    said = refusal(send, peer, PLAIN, **options, base="http://x.test", settings=settings)
    assert (said, peer.seen) == (message, [])
    for base in ("https://x.test", "http://127.0.0.1"):
        send(peer, PLAIN, **options, base=base, settings=settings)
    send(peer, PLAIN, **options, base="http://x.test", settings={**settings, "allow_http": True})
    assert len(peer.seen) == 3


@pytest.mark.parametrize("base", [*OURS, "https://x.test", "HTTPS://x.test"])
def test_a_credential_may_go_to_this_machine(base: str) -> None:
    peer = Peer()
    for keys in KEYED_BY:
        Session(base, ABOUT, peer, {}, **keys).send(KEYED, {})
    assert len(peer.seen) == len(KEYED_BY)


def test_http_may_be_allowed_and_forbidden_again() -> None:
    peer = Peer()
    client = Client("http://x.test", ABOUT, peer, {"allow_http": True}, **KEYS)
    client.send(KEYED, {})
    with pytest.raises(ConstraintError, match="expected https"):
        client.with_options(allow_http=False).send(KEYED, {})
    with pytest.raises(ConstraintError, match="expected https"):
        Client("http://x.test", ABOUT, peer, {}, **KEYS).request("GET", "/")
    assert len(peer.seen) == 1
