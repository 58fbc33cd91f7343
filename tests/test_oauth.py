"""The flagship against a real authorization server, over a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
import httpx2
import pytest
from polar_oauth2 import (
    AsyncClient,
    AuthorizationCodeTokenRequest,
    Client,
    RefreshTokenRequest,
    TokenRequest,
    WebTokenRequest,
)
from polar_oauth2.errors import BadRequest, StatusError, TransportError, Unauthorized

from .oauth_server import (
    APP,
    CODE,
    GRANTS,
    NARROW,
    REFRESH,
    SESSION,
    SUBJECTS,
    App,
    Authority,
    serving,
)
from .support import PATIENCE, Recorder, Way, members

CREDENTIALS = b"client_id=id+with+space%26%3D%2B%25&client_secret=s%C3%A9cret%2F%2B+%26%3D%25"
WEB = WebTokenRequest(
    client_id=APP.client_id, client_secret=APP.client_secret, session_token=SESSION
)


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    with serving(*GRANTS) as running:
        yield running


def code_of(authority: Authority, app: App = APP) -> str:
    """Return a code that the server has given out for `app`, as a browser would get it."""
    answer = httpx2.get(
        f"{authority.url}/authorize",
        params={
            "response_type": "code",
            "client_id": app.client_id,
            "redirect_uri": app.redirect_uri,
            "scope": "openid orders:read",
            "state": "x",
        },
    )
    assert answer.status_code == 302
    (code,) = parse_qs(urlsplit(answer.headers["Location"]).query)["code"]
    return code


def with_code(code: str, app: App = APP) -> AuthorizationCodeTokenRequest:
    return AuthorizationCodeTokenRequest(
        client_id=app.client_id,
        client_secret=app.client_secret,
        code=code,
        redirect_uri=app.redirect_uri,
    )


def check_seen(authority: Authority, content: bytes) -> None:
    """Check that the last request was a form, proved nobody's identity, and was taken."""
    seen = authority.seen[-1]
    assert seen.content == content
    assert seen.headers["content-type"] == "application/x-www-form-urlencoded"
    assert seen.headers["accept"] == "application/json"
    assert "authorization" not in seen.headers
    assert "cookie" not in seen.headers
    assert seen.status == 200


def test_a_code_becomes_a_token(authority: Authority, way: Way) -> None:
    code = code_of(authority)
    with way(authority.url) as ask:
        token = ask(with_code(code))
    check_seen(
        authority,
        b"grant_type=authorization_code&%b&code=%b"
        b"&redirect_uri=https%%3A%%2F%%2Fapp.test%%2Fcb%%3Fx%%3D1%%26y%%3D2"
        % (CREDENTIALS, code.encode()),
    )
    assert (token.token_type, token.expires_in) == ("Bearer", 864000)
    assert token.scope == "openid orders:read"
    assert token.access_token
    assert token.id_token
    assert token.refresh_token
    assert token.extra is None


def test_refresh_tokens_rotate(authority: Authority, way: Way) -> None:
    with way(authority.url) as ask:
        first = ask(with_code(code_of(authority)))
        assert first.refresh_token is not None
        old = RefreshTokenRequest(
            client_id=APP.client_id,
            client_secret=APP.client_secret,
            refresh_token=first.refresh_token,
        )
        second = ask(old)
        check_seen(
            authority,
            b"grant_type=refresh_token&%b&refresh_token=%b"
            % (CREDENTIALS, first.refresh_token.encode()),
        )
        assert second.access_token != first.access_token
        assert second.scope == first.scope
        assert second.refresh_token is not None
        with pytest.raises(BadRequest) as refused:
            ask(old)
        check_refused(refused.value, "invalid_grant")
        third = ask(replace(old, refresh_token=second.refresh_token))
        assert third.refresh_token not in (first.refresh_token, second.refresh_token)


def test_a_session_becomes_a_token(authority: Authority, way: Way) -> None:
    with way(authority.url) as ask:
        token = ask(WEB)
    check_seen(
        authority,
        b"grant_type=web&%b&session_token=session+of+the+user&sub_type=user" % CREDENTIALS,
    )
    assert token.refresh_token is None
    assert token.scope == ""


def test_a_session_becomes_a_token_of_an_organization(authority: Authority, way: Way) -> None:
    body = replace(
        WEB,
        sub_type="organization",
        sub=UUID(SUBJECTS["organization"]),
        scope="openid orders:read",
    )
    with way(authority.url) as ask:
        token = ask(body)
    check_seen(
        authority,
        b"grant_type=web&%b&session_token=session+of+the+user&sub_type=organization"
        b"&sub=2b1c0b8e-3a39-4a6e-8f0a-1d2c3b4a5f60&scope=openid+orders%%3Aread" % CREDENTIALS,
    )
    assert token.scope == "openid orders:read"


def check_refused(error: StatusError, code: str) -> None:
    """Check that an error says why (RFC 6749, section 5.2) and does not repeat the rest."""
    assert members(error.body)["error"] == code
    assert str(error) == f"POST /v1/oauth2/token answered {error.status}: {code}"
    assert repr(error) == f"{type(error).__name__}({str(error)!r})"
    assert error.operation == "POST /v1/oauth2/token"
    assert error.headers["cache-control"] == "no-store"


REFUSALS: dict[str, tuple[TokenRequest, type[StatusError], int, str]] = {
    "wrong-secret": (replace(WEB, client_secret="s"), Unauthorized, 401, "invalid_client"),
    "unknown-client": (replace(WEB, client_id="nobody"), BadRequest, 400, "invalid_client"),
    "unknown-code": (with_code("never given out"), BadRequest, 400, "invalid_grant"),
    "unknown-session": (replace(WEB, session_token="s"), BadRequest, 400, "invalid_grant"),
    "subject-of-another-kind": (
        replace(WEB, sub=UUID(SUBJECTS["organization"])),
        BadRequest,
        400,
        "invalid_request",
    ),
    "grant-not-allowed": (
        replace(WEB, client_id=NARROW.client_id, client_secret=NARROW.client_secret),
        BadRequest,
        400,
        "unauthorized_client",
    ),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=list(REFUSALS))
def test_a_refusal_says_why(
    authority: Authority, way: Way, refusal: tuple[TokenRequest, type[StatusError], int, str]
) -> None:
    body, kind, status, code = refusal
    with way(authority.url) as ask, pytest.raises(StatusError) as refused:
        ask(body)
    assert type(refused.value) is kind
    assert refused.value.status == status
    check_refused(refused.value, code)


def test_a_code_is_good_for_once(authority: Authority, way: Way) -> None:
    body = with_code(code_of(authority))
    with way(authority.url) as ask:
        ask(body)
        with pytest.raises(BadRequest) as refused:
            ask(body)
    check_refused(refused.value, "invalid_grant")


def test_a_code_is_good_for_its_redirect_uri_only(authority: Authority, way: Way) -> None:
    body = replace(with_code(code_of(authority)), redirect_uri="https://app.test/cb?x=1")
    with way(authority.url) as ask, pytest.raises(BadRequest) as refused:
        ask(body)
    check_refused(refused.value, "invalid_grant")


def test_a_grant_that_the_server_does_not_know(way: Way) -> None:
    with serving(CODE, REFRESH) as authority:
        with way(authority.url) as ask, pytest.raises(BadRequest) as refused:
            ask(WEB)
        check_refused(refused.value, "unsupported_grant_type")


@pytest.mark.parametrize("connect", [httpx2.Client, httpx.Client], ids=["httpx2", "httpx"])
def test_a_transport_of_yours_serves_on(
    authority: Authority, connect: Callable[[], httpx2.Client | httpx.Client]
) -> None:
    with connect() as http:
        for _ in range(2):
            with Client(base_url=authority.url, http=http) as client:
                assert client.oauth2.request_token(WEB).access_token
        assert http.get(f"{authority.url}/nowhere").status_code == 404


def test_a_client_keeps_one_connection_and_closes_it(recorder: Recorder) -> None:
    with Client(base_url=recorder.url) as client:
        for _ in range(3):
            client.oauth2.request_token(WEB)
        assert len(recorder.connections) == 1
        assert not recorder.left.is_set()
    assert recorder.left.wait(PATIENCE)
    with pytest.raises(TransportError, match="the client is closed"):
        client.oauth2.request_token(WEB)


def test_an_async_client_keeps_one_connection_and_closes_it(recorder: Recorder) -> None:
    async def main() -> None:
        async with AsyncClient(base_url=recorder.url) as client:
            for _ in range(3):
                await client.oauth2.request_token(WEB)
            assert len(recorder.connections) == 1
            assert not recorder.left.is_set()
        assert await asyncio.to_thread(recorder.left.wait, PATIENCE)
        with pytest.raises(TransportError, match="the client is closed"):
            await client.oauth2.request_token(WEB)

    asyncio.run(main())
