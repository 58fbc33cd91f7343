"""Credentials of clients: where they stand, when they are asked for, and where they never go."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import pytest
from runtime._api_key import api_key
from runtime._auth import Held, bearer
from runtime._basic import basic, custom
from runtime._response import Response
from runtime._session import AsyncSession
from runtime._types import UNSET
from runtime.errors import StatusError, TransportError

from .peers import (
    ABOUT,
    KEYED,
    KEYS,
    PLAIN,
    SECRET,
    AsyncClient,
    AsyncPeer,
    Client,
    Peer,
    Send,
    both,
    refusal,
)

ALL = replace(KEYED, security=(("a", "b", "c", "d"),), query="x=y", cookies="e=f")


@both
def test_every_credential_has_its_place(send: Send) -> None:
    peer = Peer()
    keys = {
        "a": basic(("u", "p")),
        "b": api_key("query", "k&", "a b&c"),
        "c": api_key("cookie", "sid", "s"),
        "d": api_key("header", "X-Key", "h"),
        "e": bearer("never"),
    }
    send(peer, ALL, keys=keys, extra_query={"z": 1})
    request = peer.seen[0]
    assert request.url == "https://x.test/k?x=y&k%26=a%20b%26c&z=1"
    assert request.headers == {
        "User-Agent": "tests/1",
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "Authorization": "Basic dTpw",
        "Cookie": "e=f; sid=s",
        "X-Key": "h",
    }
    send(peer, replace(ALL, query="", cookies=""), keys=keys)
    assert peer.seen[1].url == "https://x.test/k?k%26=a%20b%26c"
    assert peer.seen[1].headers["Cookie"] == "sid=s"


@both
def test_a_credential_takes_the_place_of_its_namesake(send: Send) -> None:
    peer = Peer()
    call = replace(KEYED, headers={"authorization": "x", "AUTHORIZATION": "y"})
    send(peer, call, keys={"token": custom("DPoP", "z")})
    found = {name: v for name, v in peer.seen[0].headers.items() if name.lower() == "authorization"}
    assert found == {"Authorization": "DPoP z"}


@both
def test_an_operation_without_security_gets_no_credential(send: Send) -> None:
    peer = Peer()
    for security in ((), ((),), (("other",),)):
        send(peer, replace(PLAIN, security=security))
    for request in peer.seen:
        assert SECRET not in request.url + str(request.headers)


@dataclass
class Vault:
    """Gives out a credential, and counts how often."""

    given: object = SECRET
    asked: int = 0

    def __call__(self) -> object:
        self.asked += 1
        return self.given


@both
def test_what_is_called_for_a_credential_is_called_once_per_request(send: Send) -> None:
    vault, other = Vault(), Vault()
    peer = Peer()
    for number in range(1, 3):
        send(peer, KEYED, keys={"token": bearer(vault), "other": bearer(other)})
        assert (vault.asked, other.asked) == (number, 0)
    send(peer, PLAIN, keys={"token": bearer(vault)})
    assert vault.asked == 2
    assert [request.headers.get("Authorization") for request in peer.seen] == [
        *[f"Bearer {SECRET}"] * 2,
        None,
    ]


@both
def test_an_alternative_that_is_not_taken_is_not_asked_for(send: Send) -> None:
    first, second, third = Vault(), Vault(), Vault()
    call = replace(KEYED, security=(("missing", "a"), ("b",), ("c",)))
    send(Peer(), call, keys={"a": bearer(first), "b": bearer(second), "c": bearer(third)})
    assert (first.asked, second.asked, third.asked) == (0, 1, 0)


def test_what_is_called_for_a_credential_may_be_awaited() -> None:
    asked: list[str] = []

    async def token() -> str:
        asked.append("token")
        await asyncio.sleep(0)
        return SECRET

    async def main() -> None:
        peer = Peer()
        client = AsyncSession("https://x.test", ABOUT, AsyncPeer(peer), {}, token=bearer(token))
        await asyncio.gather(client.send(KEYED, {}), client.send(KEYED, {}), client.send(PLAIN, {}))
        assert asked == ["token", "token"]
        sent = [request.headers.get("Authorization") for request in peer.seen]
        assert sorted(map(str, sent)) == [f"Bearer {SECRET}", f"Bearer {SECRET}", "None"]

    asyncio.run(main())


@both
@pytest.mark.parametrize("wrong", ["", "a b", "a\r\nX: y", None, 7])
def test_a_wrong_credential_that_was_asked_for_is_refused(send: Send, wrong: object) -> None:
    peer = Peer()
    assert refusal(lambda: send(peer, KEYED, keys={"token": bearer(Vault(wrong))})) == (
        "$: expected a bearer token of visible ASCII characters"
    )
    assert peer.seen == []


@both
def test_what_fails_to_give_a_credential_fails_as_itself(send: Send) -> None:
    def token() -> str:
        raise LookupError("the vault is shut")

    peer = Peer()
    with pytest.raises(LookupError, match="the vault is shut"):
        send(peer, KEYED, keys={"token": bearer(token)})
    assert peer.seen == []


@pytest.mark.parametrize(
    ("tokens", "authorization"),
    [
        ([], f"Bearer {SECRET}"),
        ([UNSET], f"Bearer {SECRET}"),
        ([bearer(UNSET)], f"Bearer {SECRET}"),
        ([bearer(None)], None),
        ([bearer("other")], "Bearer other"),
        ([bearer(lambda: "late")], "Bearer late"),
        ([None, UNSET], None),
        ([None, bearer("other")], "Bearer other"),
        ([bearer("other"), UNSET], "Bearer other"),
    ],
)
def test_a_copy_keeps_or_drops_its_credential(
    tokens: list[Held], authorization: str | None
) -> None:
    peer = Peer()
    client = Client("https://x.test", ABOUT, peer, {}, **KEYS)
    changed = client.with_options()
    for token in tokens:
        changed = changed.with_options(token=token)
    changed.send(KEYED, {})
    client.send(KEYED, {})
    assert [request.headers.get("Authorization") for request in peer.seen] == [
        authorization,
        f"Bearer {SECRET}",
    ]


def test_a_copy_keeps_what_it_is_not_told() -> None:
    peer = Peer()
    client = Client("https://x.test", ABOUT, peer, {"timeout": 3, "max_bytes": 7})
    for changed in (
        client.with_options(timeout=5),
        client.with_options(default_headers={"X": "y"}),
    ):
        changed.send(PLAIN, {})
    client.send(PLAIN, {})
    found = [(seen.timeout, seen.max_bytes, seen.headers.get("X")) for seen in peer.seen]
    assert found == [(5, 7, None), (3, 7, "y"), (3, 7, None)]


def test_a_copy_that_is_given_nothing_is_told_nothing() -> None:
    peer = Peer()
    client = Client("https://x.test", ABOUT, peer, {"timeout": 3})
    client.with_options(timeout=UNSET).send(PLAIN, {})
    assert peer.seen[0].timeout == 3


def test_an_asynchronous_copy_is_one_too() -> None:
    async def main() -> None:
        peer = Peer()
        client = AsyncClient("https://x.test", ABOUT, AsyncPeer(peer), {}, **KEYS)
        await client.with_options(token=None, timeout=5).send(KEYED, {})
        assert "Authorization" not in peer.seen[0].headers
        assert peer.seen[0].timeout == 5

    asyncio.run(main())


@both
def test_an_answer_leads_nowhere(send: Send) -> None:
    """A redirect is an answer like any other, and its credential is not sent again."""
    vault = Vault()
    peer = Peer(answer=Response(307, {"location": "https://y.test"}, b""))
    with pytest.raises(StatusError):
        send(peer, KEYED, keys={"token": bearer(vault)})
    with pytest.raises(TransportError):
        send(replace(peer, fault=OSError()), KEYED, keys={"token": bearer(vault)})
    assert (len(peer.seen), vault.asked) == (2, 2)
