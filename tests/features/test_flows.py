"""Tokens that are got where flows say, of which no operation speaks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from .driving import Drive, Reply, recording
from .sources import Issuer, form, source_of

pytestmark = pytest.mark.feature("flows")

LOGIN = {"client_id": "id", "client_secret": "secret"}


def through(drive: Drive, proxy: str) -> Any:
    """Return a client that goes through a proxy, whatever the host."""
    kind = httpx2.AsyncClient if drive.is_async else httpx2.Client
    return kind(proxy=proxy)


def test_tokens_come_from_where_the_flow_says(drive: Drive) -> None:
    with recording(Issuer()) as server, source_of(drive) as make:
        start = drive.package.oauth.ClientCredentials(scope=["orders:write"])
        source = make(start, **LOGIN, token_url=f"{server.url}/here?tenant=1")
        assert source() == "at-1"
        assert server.seen[-1].path == "/here?tenant=1"
        assert form(server.seen[-1]) == {
            "grant_type": "client_credentials",
            "scope": "orders:write",
        }
        assert "https://login.example/token" in repr(
            drive.package.oauth.TokenSource(start, **LOGIN)
        )


def test_refresh_tokens_have_an_address_of_their_own_with_that_of_the_document(
    drive: Drive,
) -> None:
    """Whoever names another place for tokens means all of them: none goes to production."""
    with recording(Issuer()) as server, source_of(drive) as make:
        start = drive.package.oauth.RefreshToken(refresh_token="rt")
        make(start, **LOGIN, token_url=f"{server.url}/token")()
        assert server.seen[-1].path == "/token"
    made = drive.package.oauth.TokenSource(start, **LOGIN)
    assert made._asker.refresh_url == "https://login.example/refresh"


def test_what_is_wrong_with_an_address_is_said(drive: Drive) -> None:
    """It is no `base_url` that is wrong: a caller may not have given one."""
    oauth, wrong = drive.package.oauth, drive.package.errors.ConstraintError
    start = oauth.RefreshToken(refresh_token="rt")
    for url in ("http://login.example/token", "login.example/token"):
        with pytest.raises(wrong, match=r"^\$: expected a token endpoint of https"):
            oauth.TokenSource(start, **LOGIN, token_url=url)


def test_an_address_may_be_below_that_of_the_api(drive: Drive) -> None:
    """RFC 3986, section 5.2: what begins with `/` is below the host."""
    with recording(Issuer()) as server, source_of(drive, "PartnerTokenSource") as make:
        start = drive.package.oauth.RefreshToken(refresh_token="rt")
        make(start, **LOGIN, base_url=f"{server.url}/api")()
        assert server.seen[-1].path == "/partners/token"


def test_a_scheme_may_be_in_capitals(drive: Drive) -> None:
    """RFC 3986, section 3.1."""
    with recording(Issuer()) as server, source_of(drive) as make:
        start = drive.package.oauth.ClientCredentials()
        url = server.url.replace("http", "HTTP")
        assert make(start, **LOGIN, token_url=f"{url}/here?tenant=1")() == "at-1"
        assert server.seen[-1].path == "/here?tenant=1"


def test_the_query_of_an_address_is_shown_to_nobody(drive: Drive) -> None:
    """There are servers that want a key in it."""
    told = list[tuple[str, str]]()

    def hook(attempt: Any) -> None:
        told.append((attempt.operation, attempt.url))

    with recording(Reply(b"", 503)) as server, source_of(drive) as make:
        start, url = drive.package.oauth.ClientCredentials(), f"{server.url}/here?code=s3cr3t"
        source = make(start, **LOGIN, token_url=url, hooks=[hook])
        with pytest.raises(drive.package.errors.ServerError) as caught:
            source()
        assert server.seen[-1].path == "/here?code=s3cr3t"
    assert str(caught.value) == "POST /here answered 503"
    assert told == [("POST /here", f"{server.url}/here")]


def test_users_consent_where_the_flow_says(drive: Drive) -> None:
    oauth = drive.package.oauth
    asked = {"client_id": "id", "redirect_uri": "https://app.test/cb"}
    first = urlsplit(str(oauth.authorization(**asked).url))
    assert (first.netloc, first.path) == ("login.example", "/authorize")
    assert first.query.startswith("kind=user&response_type=code&")
    partner = oauth.partner_authorization(**asked, base_url="https://else.example/api").url
    assert partner.startswith("https://else.example/partners/authorize?")


def test_what_is_not_to_be_used_any_more_is_not_there(drive: Drive) -> None:
    """RFC 9700, sections 2.1.2 and 2.4: no implicit grant, and no passwords of users."""
    public = drive.package.oauth.__all__
    assert not [name for name in public if "mplicit" in name or "assword" in name]
    assert "ClientCredentials" in public
