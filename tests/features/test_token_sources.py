"""Sources of tokens against a server that others wrote, Authlib's, over a socket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from ..oauth_server import (  # noqa: TID252 # as in `driving`
    APP,
    CODE,
    CREDENTIALS,
    NARROW,
    PUBLIC,
    REFRESH,
    App,
    Authority,
    serving,
)
from .driving import Drive
from .sources import Clock, source_of

WAYS = pytest.mark.parametrize("way", ["basic", "body"])


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    with serving(CODE, REFRESH, CREDENTIALS) as running:
        yield running


def authorized(drive: Drive, authority: Authority, app: App) -> Any:
    """Return the grant that a user gives, who is sent away and comes back."""
    asked = drive.package.oauth.authorization(
        client_id=app.client_id,
        redirect_uri=app.redirect_uri,
        scope=["openid", "orders:read"],
        authorization_url=f"{authority.url}/authorize",
    )
    answer = httpx2.get(asked.url)
    assert answer.status_code == 302
    return asked.grant(answer.headers["Location"])


def login(app: App, authority: Authority, way: str | None = None) -> dict[str, object]:
    secret = app.client_secret or None
    return {
        "client_id": app.client_id,
        "client_secret": secret,
        "base_url": authority.url,
        **({"client_authentication": way} if way else {}),
    }


@pytest.mark.feature("token_sources", "code")
@WAYS
def test_a_code_becomes_tokens_and_these_become_others(
    drive: Drive, authority: Authority, way: str
) -> None:
    """Both words of the client hold all that a form escapes (RFC 6749, section 2.3.1)."""
    clock, stored = Clock(), list[Any]()
    with source_of(drive) as make:
        source = make(
            authorized(drive, authority, APP),
            **login(APP, authority, way),
            on_rotation=stored.append,
            clock=clock,
        )
        first = source()
        assert first == source() == stored[-1].access_token
        assert stored[-1].scope == "openid orders:read"
        clock.now += 864_000 - 30
        second = source()
    assert second not in ("", first)
    assert [tokens.access_token for tokens in stored] == [first, second]
    assert stored[0].refresh_token != stored[1].refresh_token
    assert [seen.status for seen in authority.seen[-2:]] == [200, 200]
    is_basic = ["authorization" in seen.headers for seen in authority.seen[-2:]]
    assert is_basic == [way == "basic"] * 2
    assert (b"client_" in authority.seen[-1].content) is (way == "body")


@pytest.mark.feature("token_sources", "code")
def test_what_was_stored_is_good_after_a_restart(drive: Drive, authority: Authority) -> None:
    stored: list[Any] = []
    with source_of(drive) as make:
        told = login(APP, authority)
        make(authorized(drive, authority, APP), **told, on_rotation=stored.append)()
        asked = len(authority.seen)
        again = make(stored[-1], **told)
        assert again() == stored[-1].access_token
        assert len(authority.seen) == asked
        kept = drive.package.oauth.RefreshToken(refresh_token=stored[-1].refresh_token)
        assert make(kept, **told)() != stored[-1].access_token


@pytest.mark.feature("token_sources", "pkce")
def test_a_public_client_proves_that_the_code_is_its_own(
    drive: Drive, authority: Authority
) -> None:
    grant = authorized(drive, authority, PUBLIC)
    with source_of(drive) as make:
        assert make(grant, **login(PUBLIC, authority))()
    sent = authority.seen[-1].content
    assert f"code_verifier={grant.code_verifier}".encode() in sent
    assert b"client_id=public" in sent
    assert b"client_secret" not in sent


@pytest.mark.feature("token_sources", "pkce")
def test_a_stolen_code_is_worth_nothing(drive: Drive, authority: Authority) -> None:
    stolen = authorized(drive, authority, PUBLIC)
    other = authorized(drive, authority, PUBLIC)
    grant = drive.package.oauth.AuthorizationCode(
        code=stolen.code, redirect_uri=stolen.redirect_uri, code_verifier=other.code_verifier
    )
    needed = drive.package.oauth.AuthorizationNeeded
    with source_of(drive) as make, pytest.raises(needed, match="authorize"):
        make(grant, **login(PUBLIC, authority))()


@pytest.mark.feature("token_sources", "client")
@WAYS
def test_a_client_acts_for_itself(drive: Drive, authority: Authority, way: str) -> None:
    clock = Clock()
    grant = drive.package.oauth.ClientCredentials(scope=["orders:read"])
    with source_of(drive) as make:
        source = make(grant, **login(APP, authority, way), clock=clock)
        first = source()
        assert b"scope=orders%3Aread" in authority.seen[-1].content
        assert b"audience=shop" in authority.seen[-1].content  # as the document has it
        clock.now += 864_000
        assert source() != first


@pytest.mark.feature("token_sources", "refusals")
def test_a_code_is_sent_once(drive: Drive, authority: Authority) -> None:
    """RFC 6749, section 4.1.2: who presents it twice may lose the tokens of the first time."""
    grant = authorized(drive, authority, APP)
    needed = drive.package.oauth.AuthorizationNeeded
    with source_of(drive) as make:
        make(grant, **login(APP, authority))()
        again = make(grant, **login(APP, authority))
        with pytest.raises(needed) as refused:
            again()
        assert refused.value.oauth.error == "invalid_grant"
        asked = len(authority.seen)
        with pytest.raises(needed):
            again()
        assert len(authority.seen) == asked


@pytest.mark.feature("token_sources", "refusals")
def test_a_client_that_may_not_is_told(drive: Drive, authority: Authority) -> None:
    errors = drive.package.errors
    grant = drive.package.oauth.ClientCredentials()
    with source_of(drive) as make:
        with pytest.raises(errors.BadRequest, match=r"answered 400: unauthorized_client"):
            make(grant, **login(NARROW, authority))()
        wrong = {**login(APP, authority, "basic"), "client_secret": "wrong"}
        with pytest.raises(errors.Unauthorized) as refused:
            make(grant, **wrong)()
        assert refused.value.oauth.error == "invalid_client"
