"""The flagship as an overlay corrects it, against a server that does what the real one does."""

from __future__ import annotations

import asyncio
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import TypeAlias
from urllib.parse import parse_qs, urlsplit

import httpx2
import polar_oauth2
import pytest
from polar_oauth2_corrected import (
    UNSET,
    AsyncClient,
    AuthorizationCodeTokenRequest,
    Client,
    RefreshTokenRequest,
    TokenRequest,
    TokenResponse,
    WebTokenRequest,
    errors,
)

from .oauth_server import APP, CODE, GRANTS, PUBLIC, SESSION, Authority, serving
from .support import members

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
"""That of RFC 7636, Appendix B."""
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

Ask: TypeAlias = Callable[[str, TokenRequest], TokenResponse]


def waiting(url: str, body: TokenRequest) -> TokenResponse:
    with Client(base_url=url) as client:
        return client.oauth2.request_token(body)


def awaiting(url: str, body: TokenRequest) -> TokenResponse:
    async def asked() -> TokenResponse:
        async with AsyncClient(base_url=url) as client:
            return await client.oauth2.request_token(body)

    return asyncio.run(asked())


@pytest.fixture(params=[waiting, awaiting], ids=["sync", "async"])
def ask(request: pytest.FixtureRequest) -> Ask:
    chosen: Ask = request.param
    return chosen


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    with serving(*GRANTS, sparing=True) as running:
        yield running


def code_of(authority: Authority) -> str:
    """Return a code for the public client, as a browser would get it."""
    answer = httpx2.get(
        f"{authority.url}/authorize",
        params={
            "response_type": "code",
            "client_id": PUBLIC.client_id,
            "redirect_uri": PUBLIC.redirect_uri,
            "scope": "openid",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        },
    )
    (code,) = parse_qs(urlsplit(answer.headers["Location"]).query)["code"]
    return code


def with_code(code: str, verifier: str = VERIFIER) -> AuthorizationCodeTokenRequest:
    return AuthorizationCodeTokenRequest(
        client_id=PUBLIC.client_id,
        code=code,
        redirect_uri=PUBLIC.redirect_uri,
        code_verifier=verifier,
    )


def test_the_challenge_is_that_of_the_verifier() -> None:
    digest = sha256(VERIFIER.encode()).digest()
    assert urlsafe_b64encode(digest).rstrip(b"=").decode() == CHALLENGE


def test_a_public_client_gets_a_token_and_renews_it(authority: Authority, ask: Ask) -> None:
    code = code_of(authority)
    token = ask(authority.url, with_code(code))
    assert (
        authority.seen[-1].content
        == (
            f"grant_type=authorization_code&client_id=public&code={code}"
            f"&redirect_uri=https%3A%2F%2Fapp.test%2Fcb&code_verifier={VERIFIER}"
        ).encode()
    )
    assert "authorization" not in authority.seen[-1].headers
    assert (token.id_token, token.scope) == (UNSET, "openid")
    assert isinstance(token.refresh_token, str)
    again = RefreshTokenRequest(client_id=PUBLIC.client_id, refresh_token=token.refresh_token)
    renewed = ask(authority.url, again)
    assert b"client_secret" not in authority.seen[-1].content
    assert renewed.access_token != token.access_token


def test_a_public_client_has_to_prove_itself(authority: Authority, ask: Ask) -> None:
    with pytest.raises(errors.BadRequest) as refused:
        ask(authority.url, with_code(code_of(authority), VERIFIER[::-1]))
    assert members(refused.value.body)["error"] == "invalid_grant"
    seen = len(authority.seen)
    with pytest.raises(errors.ConstraintError, match="43 to 128 characters"):
        ask(authority.url, with_code("c", "too short"))
    assert len(authority.seen) == seen


WEB = WebTokenRequest(
    client_id=APP.client_id, client_secret=APP.client_secret, session_token=SESSION
)


def test_a_session_becomes_a_token(authority: Authority, ask: Ask) -> None:
    token = ask(authority.url, WEB)
    assert token.access_token
    assert (token.refresh_token, token.id_token) == (UNSET, UNSET)


def test_uncorrected_the_missing_member_is_named(authority: Authority) -> None:
    """The document requires what the server leaves out: that is said, with the answer at hand."""
    body = polar_oauth2.WebTokenRequest(
        client_id=APP.client_id, client_secret=APP.client_secret, session_token=SESSION
    )
    with (
        polar_oauth2.Client(base_url=authority.url) as client,
        pytest.raises(polar_oauth2.errors.DecodeError) as refused,
    ):
        client.oauth2.request_token(body)
    assert str(refused.value) == "$.refresh_token: expected a value, found nothing"
    assert refused.value.response is not None
    assert refused.value.response.status == 200
    given = json.loads(refused.value.response.content)
    assert set(given) == {"access_token", "token_type", "expires_in", "scope"}


def test_secrets_stay_out_of_a_repr() -> None:
    assert VERIFIER not in repr(with_code("c"))


def test_an_authority_that_gives_everything_is_understood_as_well(ask: Ask) -> None:
    with serving(CODE) as generous:
        token = ask(generous.url, with_code(code_of(generous)))
    assert isinstance(token.id_token, str)
