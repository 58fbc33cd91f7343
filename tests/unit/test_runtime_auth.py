"""Credentials: how each is written, and which of them a call sends."""

from __future__ import annotations

import asyncio
import gc
import warnings
from base64 import b64decode
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime._api_key import api_key
from runtime._auth import Credential, Held, Place, bearer, permitted
from runtime._basic import basic, custom
from runtime._types import UNSET

from .peers import SECRET, refusal

Make = Callable[[object], Held]
digest: Make = partial(custom, "Digest")
header: Make = partial(api_key, "header", "X-Key")
query: Make = partial(api_key, "query", "key")
cookie: Make = partial(api_key, "cookie", "sid")
MAKERS = (bearer, basic, digest, header, query, cookie)


def same(value: object) -> object:
    return value


def credential(held: Held) -> Credential:
    assert isinstance(held, Credential)
    return held


@pytest.mark.parametrize(
    ("make", "given", "written"),
    [
        (bearer, "a", "Bearer a"),
        (bearer, "a.b-c_d~e+f/g==", "Bearer a.b-c_d~e+f/g=="),
        (bearer, "!~", "Bearer !~"),
        # RFC 7617, sections 2 and 2.1
        (basic, ("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        (basic, ("test", "123\u00a3"), "Basic dGVzdDoxMjPCow=="),
        (basic, ("a", "b:c"), "Basic YTpiOmM="),
        (basic, ("", ""), "Basic Og=="),
        (basic, ("\u00e9", ""), "Basic w6k6"),
        (digest, "a", "Digest a"),
        (digest, 'username="a b", nonce="c"', 'Digest username="a b", nonce="c"'),
        (header, "a b", "a b"),
        (header, "a", "a"),
        (query, "a&b=c \u00e9", "a&b=c \u00e9"),
        (cookie, "a=b&c", "a=b&c"),
        (cookie, "!#+-:<[]~", "!#+-:<[]~"),
    ],
)
def test_a_credential_is_written(make: Make, given: object, written: str) -> None:
    assert credential(make(given)).text() == written


@pytest.mark.parametrize(
    ("make", "place", "name"),
    [
        (bearer, "header", "Authorization"),
        (basic, "header", "Authorization"),
        (digest, "header", "Authorization"),
        (header, "header", "X-Key"),
        (query, "query", "key"),
        (cookie, "cookie", "sid"),
    ],
)
def test_a_credential_has_a_place(make: Make, place: Place, name: str) -> None:
    found = credential(make(lambda: SECRET))
    assert (found.place, found.name) == (place, name)


HEADER_BREAKERS = ("", " ", "a ", " a", "a\r\nX: y", "a\n", "\na", "a\rb", "a\0b", "\u00e9", "\x7f")
OTHER_TYPES = (b"a", 7, True, ["a"], ("a",), {"a": "b"}, object())


@pytest.mark.parametrize(
    ("make", "values", "expected"),
    [
        (
            bearer,
            (*HEADER_BREAKERS, *OTHER_TYPES, "a b", "a\tb", "a\ud800"),
            "a bearer token of visible ASCII characters",
        ),
        (
            digest,
            (*HEADER_BREAKERS, *OTHER_TYPES, "a  b", "a\tb", "a b\n"),
            "a credential of visible ASCII characters",
        ),
        (
            header,
            (*HEADER_BREAKERS, *OTHER_TYPES, "a\tb"),
            "a key of visible ASCII characters",
        ),
        (query, ("", *OTHER_TYPES), "a key that is not empty"),
        (
            cookie,
            (*HEADER_BREAKERS, *OTHER_TYPES, "a;b", "a,b", "a b", 'a"b', "a\\b"),
            "a key that a cookie can hold",
        ),
        (
            basic,
            (
                *OTHER_TYPES,
                "a:b",
                ("a", "b", "c"),
                ["a", "b"],
                ("a", 1),
                (b"a", "b"),
                ("a", None),
                ("a:b", "c"),
                ("a\n", "b"),
                ("a", "b\0"),
                ("a", "b\x7f"),
                ("a", "\ud800"),
            ),
            "a user without a colon, and a password",
        ),
    ],
)
def test_a_wrong_credential_is_refused_at_once(
    make: Make, values: tuple[object, ...], expected: str
) -> None:
    for value in values:
        assert refusal(make, value) == f"$: expected {expected}"
        late = credential(make(partial(same, value)))
        assert refusal(late.text) == f"$: expected {expected}"


def test_a_key_in_a_query_is_text_that_utf_8_can_hold() -> None:
    assert SECRET not in refusal(lambda: query(f"{SECRET}\ud800"))


@given(st.text())
def test_no_credential_can_end_its_header(text: str) -> None:
    for make in (bearer, digest, header, cookie):
        try:
            written = credential(make(text)).text()
        except ValueError:
            continue
        assert written.isascii()
        assert written.isprintable()
        assert written == written.strip()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])), st.text("a: \u00e9"))
def test_a_login_is_read_back(user: str, password: str) -> None:
    if ":" in user:
        return
    scheme, _, pair = credential(basic((user, password))).text().partition(" ")
    assert scheme == "Basic"
    assert b64decode(pair, validate=True).decode().split(":", 1) == [user, password]


@pytest.mark.parametrize("make", MAKERS)
def test_nothing_given_is_no_credential(make: Make) -> None:
    assert make(None) is None
    assert make(UNSET) is UNSET


@pytest.mark.parametrize("make", MAKERS)
def test_a_credential_is_hidden(make: Make) -> None:
    given = ("user", SECRET) if make is basic else SECRET
    found = credential(make(given))
    assert SECRET not in repr(found) + str(found)


def test_what_is_called_for_a_credential_is_called_for_each_text() -> None:
    given = iter("abc")
    found = credential(bearer(lambda: next(given)))
    assert [found.text(), found.text()] == ["Bearer a", "Bearer b"]
    assert asyncio.run(found.text_async()) == "Bearer c"


def test_what_is_called_for_a_credential_may_be_awaited() -> None:
    async def token() -> str:
        await asyncio.sleep(0)
        return "a"

    async def wrong() -> str:
        return "a b"

    assert asyncio.run(credential(bearer(token)).text_async()) == "Bearer a"
    with pytest.raises(ValueError, match="expected a bearer token of visible ASCII characters"):
        asyncio.run(credential(bearer(wrong)).text_async())


def test_what_has_to_be_awaited_is_for_who_awaits() -> None:
    """As a source of tokens is: it says so, and Python has no coroutine to complain of."""

    async def token() -> str:
        return "a"

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        message = "$: expected a credential: one to be awaited is for AsyncClient"
        assert refusal(credential(bearer(token)).text) == message
        gc.collect()


A, B = credential(bearer("a")), credential(header("b"))


@pytest.mark.parametrize(
    ("security", "held", "found"),
    [
        ((), {"a": A}, []),
        (((),), {"a": A}, []),
        ((("a",),), {"a": A, "b": B}, [A]),
        ((("a",),), {"a": None, "b": B}, []),
        ((("a",),), {"a": UNSET}, []),
        ((("a", "b"),), {"a": A, "b": B}, [A, B]),
        ((("b", "a"),), {"a": A, "b": B}, [B, A]),
        ((("a", "b"),), {"a": A, "b": None}, []),
        ((("a", "b"), ("b",)), {"a": None, "b": B}, [B]),
        ((("a",), ("b",)), {"a": A, "b": B}, [A]),
        ((("a",), ()), {"a": None}, []),
        (((), ("a",)), {"a": A}, [A]),
        (((), ("a",)), {"a": None}, []),
        (((), ("a",), ("b",)), {"a": None, "b": B}, [B]),
        ((("c",),), {"a": A}, []),
    ],
)
def test_the_first_alternative_that_can_be_met_is_sent(
    security: tuple[tuple[str, ...], ...], held: dict[str, Held], found: list[Credential]
) -> None:
    assert permitted(security, held) == found
