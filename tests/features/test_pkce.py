"""Where users are sent to consent, and which answers are taken for one."""

from __future__ import annotations

import hashlib
import pickle
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from .conftest import Make

pytestmark = pytest.mark.feature("token_sources", "pkce")

ASKED = {"client_id": "id with space&=+%", "redirect_uri": "https://app.test/cb?x=1&y=2"}


@pytest.fixture
def oauth(make: Make) -> Any:
    return make("token_sources").oauth


def members(url: str) -> dict[str, str]:
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def answer(**said: str) -> str:
    return f"https://app.test/cb?x=1&{urlencode(said)}"


def test_a_request_says_all_that_the_rfcs_ask_for(oauth: Any) -> None:
    """RFC 6749, section 4.1.1, and RFC 7636, section 4.3."""
    asked = oauth.authorization(**ASKED, scope=["openid", "orders:read"], extra={"prompt": "login"})
    digest = hashlib.sha256(asked.code_verifier.encode()).digest()
    assert asked.url.startswith("https://shop.example/authorize?")
    assert members(asked.url) == {
        "prompt": "login",
        "response_type": "code",
        **ASKED,
        "scope": "openid orders:read",
        "state": asked.state,
        "code_challenge": urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    assert 43 <= len(asked.code_verifier) <= 128
    assert len(asked.state) >= 43


def test_no_two_requests_are_alike(oauth: Any) -> None:
    asked = [oauth.authorization(**ASKED) for _ in range(3)]
    assert len({one.state for one in asked} | {one.code_verifier for one in asked}) == 6
    assert "scope" not in members(asked[0].url)


def test_what_is_extra_takes_the_place_of_nothing(oauth: Any) -> None:
    asked = oauth.authorization(**ASKED, extra={"state": "s", "code_challenge_method": "plain"})
    assert members(asked.url)["state"] == asked.state != "s"
    assert members(asked.url)["code_challenge_method"] == "S256"


def test_a_code_is_taken_from_an_answer(oauth: Any) -> None:
    asked = oauth.authorization(**ASKED, scope=["openid"])
    # as it is when the user has been away, and the session of the user was stored meanwhile
    kept = pickle.loads(pickle.dumps(asked))
    grant = kept.grant(answer(code="c", state=asked.state))
    wanted = oauth.AuthorizationCode(
        code="c",
        redirect_uri=ASKED["redirect_uri"],
        code_verifier=asked.code_verifier,
        scope="openid",
    )
    assert grant == wanted


@pytest.mark.parametrize("state", ["", "another", "é", None])
def test_an_answer_to_another_request_is_none(oauth: Any, state: str | None) -> None:
    asked = oauth.authorization(**ASKED)
    said = {"code": "c"} if state is None else {"code": "c", "state": state}
    with pytest.raises(oauth.AuthorizationRefused, match="by its state"):
        asked.grant(answer(**said))


@pytest.mark.parametrize("issuer", ["https://evil.example", None])
def test_an_answer_of_another_server_is_none(oauth: Any, issuer: str | None) -> None:
    """RFC 9207, section 2.4."""
    asked = oauth.authorization(**ASKED, issuer="https://shop.example")
    said = {"code": "c", "state": asked.state}
    with pytest.raises(oauth.AuthorizationRefused, match="by its issuer"):
        asked.grant(answer(**said, **({"iss": issuer} if issuer else {})))
    assert asked.grant(answer(**said, iss="https://shop.example")).code == "c"


def test_a_refusal_says_why_and_nothing_else(oauth: Any) -> None:
    asked = oauth.authorization(**ASKED)
    said = {"state": asked.state, "error_description": "no, because of mysecret"}
    with pytest.raises(oauth.AuthorizationRefused) as refused:
        asked.grant(answer(**said, error="access_denied"))
    assert str(refused.value) == "the server has refused the request: access_denied"
    assert refused.value.oauth.error_description == "no, because of mysecret"
    with pytest.raises(oauth.AuthorizationRefused, match=r"refused the request$"):
        asked.grant(answer(**said, error="<script>"))


@pytest.mark.parametrize(
    "query", ["code=a&code=b&state={state}", "state={state}", "code=&state={state}"]
)
def test_an_answer_without_one_code_is_none(oauth: Any, query: str) -> None:
    asked = oauth.authorization(**ASKED)
    with pytest.raises(oauth.AuthorizationRefused):
        asked.grant(f"https://app.test/cb?{query.format(state=asked.state)}")


def test_an_endless_answer_is_none(oauth: Any) -> None:
    asked = oauth.authorization(**ASKED)
    endless = "&".join(f"{number}=1" for number in range(1000))
    with pytest.raises(oauth.AuthorizationRefused):
        asked.grant(f"https://app.test/cb?code=c&state={asked.state}&{endless}")


def test_users_are_sent_nowhere_unencrypted(oauth: Any, make: Make) -> None:
    """Nor anywhere where what they bring along would be lost."""
    wrong = make("token_sources").errors.ConstraintError
    web, whole = "http://shop.example/authorize", "https://shop.example/?a=b#c"
    for url in (web, "ftp://shop.example", "https://a@shop.example/", whole):
        with pytest.raises(wrong, match="an authorization URL of https, or of this machine"):
            oauth.authorization(**ASKED, authorization_url=url)
    assert oauth.authorization(**ASKED, authorization_url="http://127.0.0.1:1/authorize")


@pytest.mark.parametrize("verifier", ["short", "x" * 129, "ä" * 43, "x" * 42 + " "])
def test_a_verifier_is_of_the_rfc(oauth: Any, make: Make, verifier: str) -> None:
    """RFC 7636, section 4.1."""
    grant = oauth.AuthorizationCode(code="c", code_verifier=verifier)
    with pytest.raises(make("token_sources").errors.ConstraintError, match="unreserved"):
        oauth.TokenSource(grant, client_id="id", base_url="http://127.0.0.1:1")()


def test_no_secret_is_shown(oauth: Any) -> None:
    asked = oauth.authorization(**ASKED)
    for secret in (asked.state, asked.code_verifier, asked.url):
        assert secret not in repr(asked)
    assert "canary" not in repr(oauth.AuthorizationCode(code="canary", code_verifier="canary"))
