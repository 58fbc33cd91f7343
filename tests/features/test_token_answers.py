"""What becomes of each answer of a token endpoint, and of a client that takes a source."""

from __future__ import annotations

import asyncio
import json
import traceback
from base64 import b64decode
from typing import Any

import pytest

from .conftest import Make
from .driving import Drive, Reply, Seen, recording
from .sources import Clock, Issuer, form, place, source_of

refusals = pytest.mark.feature("token_sources", "refusals")
credential = pytest.mark.feature("token_sources", "credential")
client = pytest.mark.feature("token_sources", "client")

SECRETS = ("canary-secret", "canary-refresh", "canary-access", "canary-id")


def asking(drive: Drive, make: Any, server: Any, **more: Any) -> Any:
    """Return a source that has to refresh its tokens before it hands out any."""
    start = drive.package.oauth.RefreshToken(refresh_token="rt-0")
    return make(start, **place(drive, server), **more)


@refusals
@pytest.mark.parametrize(
    ("members", "without", "said"),
    [
        ({"token_type": "DPoP"}, (), r"\$\.token_type: expected `Bearer`, found another type"),
        ({}, ("token_type",), r"\$\.token_type: expected a string, found nothing"),
        ({}, ("access_token",), r"\$\.access_token: expected a string, found nothing"),
        ({"access_token": ""}, (), r"\$\.access_token: expected a bearer token"),
        ({"access_token": "a\r\nb"}, (), r"\$\.access_token: expected a bearer token"),
    ],
)
def test_an_answer_that_nobody_can_use_is_refused(
    drive: Drive, members: dict[str, object], without: tuple[str, ...], said: str
) -> None:
    refused = pytest.raises(drive.package.errors.DecodeError, match=said)
    with recording(Issuer(members, without)) as server, source_of(drive) as make, refused:
        asking(drive, make, server)()


@refusals
@pytest.mark.parametrize("members", [{"token_type": "bearer"}, {"id_token": 5, "expires_in": []}])
def test_an_answer_is_taken_that_the_document_has_otherwise(
    drive: Drive, members: dict[str, object]
) -> None:
    """The document asks for an `id_token`: what was rotated would be lost for want of one."""
    with recording(Issuer(members)) as server, source_of(drive) as make:
        assert asking(drive, make, server)() == "at-1"


@refusals
@pytest.mark.parametrize(
    ("expires_in", "seconds", "asked"),
    [
        (3600, 3500, 1),
        (3600, 3545, 2),  # a minute before
        ("3600", 3545, 2),
        (100, 89, 1),
        (100, 91, 2),  # a tenth of its life before
        (0, 0, 2),
        (-5, 0, 2),
        (1e300, 1e6, 1),
        (None, 1e9, 1),  # the server does not say: it is good until it is refused
        (True, 1e9, 1),
    ],
)
def test_tokens_are_renewed_early(
    drive: Drive, expires_in: object, seconds: float, asked: int
) -> None:
    clock = Clock()
    issuer = Issuer({"expires_in": expires_in})
    with recording(issuer) as server, source_of(drive) as make:
        source = asking(drive, make, server, clock=clock)
        source()
        clock.now += seconds
        source()
        assert len(server.seen) == asked


@refusals
def test_a_grant_that_is_over_is_asked_with_once(drive: Drive) -> None:
    reply = Reply(b'{"error":"invalid_grant","error_description":"canary-access"}', 400)
    needed = drive.package.oauth.AuthorizationNeeded
    with recording(reply) as server, source_of(drive) as make:
        source = asking(drive, make, server)
        said = "answered 400: invalid_grant: the user has to authorize"
        with pytest.raises(needed, match=said) as refused:
            source()
        assert refused.value.oauth.error == "invalid_grant"
        assert "canary" not in str(refused.value)
        with pytest.raises(needed, match="there is no refresh token"):
            source()
        assert len(server.seen) == 1


@refusals
def test_tokens_that_are_still_good_bridge_a_failure(drive: Drive) -> None:
    """They are renewed early for that, too."""
    clock, failing = Clock(), [True]
    issuer = Issuer()

    def reply(seen: Seen) -> Reply:
        return Reply(b"", 503) if failing[0] else issuer(seen)

    old = drive.package.oauth.Tokens(
        access_token="old", refresh_token="rt-0", expires_in=3600, expires_at=clock.now + 30
    )
    with recording(reply) as server, source_of(drive) as make:
        source = make(old, **place(drive, server), clock=clock)
        assert source() == source() == "old"
        assert len(server.seen) == 1  # the server is left alone for a while
        clock.now += 5
        failing[0] = False
        assert source() == "at-1"
        failing[0] = True
        clock.now += 3600
        with pytest.raises(drive.package.errors.ServerError):
            source()


@refusals
def test_a_request_that_was_sent_is_not_sent_again(drive: Drive) -> None:
    with recording(Reply(b"", 503)) as server, source_of(drive) as make:
        source = asking(drive, make, server, retries=3, idempotent=True, clock=Clock())
        with pytest.raises(drive.package.errors.ServerError):
            source()
        assert len(server.seen) == 1


@refusals
def test_a_token_that_was_refused_is_renewed_once(drive: Drive) -> None:
    """RFC 6750, section 3.1. Whoever says so late does not mean the token that came since."""
    with recording(Issuer()) as server, source_of(drive) as make:
        source = asking(drive, make, server)
        first = source()
        source.invalidate(first)
        assert source() == "at-2"
        source.invalidate(first)
        assert source() == "at-2"
        source.invalidate()
        assert source() == "at-3"


@refusals
def test_redirects_are_not_followed(drive: Drive) -> None:
    with recording(Issuer()) as elsewhere:
        moved = Reply(b"", 307, {"Location": f"{elsewhere.url}/token"})
        refused = pytest.raises(drive.package.errors.StatusError, match="answered 307")
        with recording(moved) as server, source_of(drive) as make, refused:
            asking(drive, make, server)()
        assert not elsewhere.seen


@refusals
def test_no_secret_is_shown(drive: Drive) -> None:
    oauth = drive.package.oauth
    names = ("client_secret", "refresh_token", "access_token", "id_token")
    members: dict[str, object] = dict(zip(names, SECRETS, strict=True))
    stored: list[Any] = []
    login = {"client_id": "id", "client_secret": SECRETS[0]}
    with recording(Issuer(members)) as server, source_of(drive) as make:
        place_of = {**login, "base_url": server.url}
        for way in ("basic", "body"):
            start = oauth.RefreshToken(refresh_token=SECRETS[1])
            source = make(start, **place_of, on_rotation=stored.append, client_authentication=way)
            source()
            own: object = source if not drive.is_async else source._part
            inside = vars(own)
            shown = [repr(start), repr(own), repr(stored[-1]), repr(inside)]
            assert not [secret for secret in SECRETS if secret in "".join(shown)]
        server.reply = Reply(json.dumps({**members, "error": "invalid_grant"}).encode(), 400)
        source.invalidate()
        with pytest.raises(oauth.AuthorizationNeeded) as refused:
            source()
        told = traceback.TracebackException.from_exception(refused.value, capture_locals=True)
        package = [frame for frame in told.stack if "feature_token_sources" in frame.filename]
        shown = [str(told), *(f"{frame.locals}" for frame in package)]
        assert package
        assert not [secret for secret in SECRETS if secret in "".join(shown)]


@client
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"client_secret": None, "client_authentication": "basic"}, "client_authentication"),
        ({"client_id": ""}, "client_id"),
        ({"base_url": "http://shop.example"}, "https, or `allow_http`"),
        ({"base_url": "ftp://shop.example"}, "base_url"),
        ({"clock": Clock(), "no_such": 1}, "no_such"),
    ],
)
def test_what_cannot_be_is_refused_at_once(
    drive: Drive, settings: dict[str, object], said: str
) -> None:
    errors = (drive.package.errors.ConstraintError, TypeError)
    told: dict[str, object] = {"client_id": "id", "client_secret": "secret", **settings}
    with source_of(drive) as make, pytest.raises(errors, match=said):
        make(drive.package.oauth.ClientCredentials(), **told)


@refusals
def test_a_code_that_may_have_arrived_is_not_sent_again(drive: Drive) -> None:
    """RFC 6749, section 4.1.2."""
    oauth, errors = drive.package.oauth, drive.package.errors
    code = oauth.AuthorizationCode(code="c", redirect_uri="https://app.test/cb")
    with recording(Reply(b"", 503)) as server, source_of(drive) as make:
        source = make(code, **place(drive, server))
        with pytest.raises(errors.ServerError):
            source()
        with pytest.raises(oauth.AuthorizationNeeded):
            source()
        assert len(server.seen) == 1


@refusals
def test_a_code_that_was_not_sent_is_still_good(drive: Drive) -> None:
    oauth, errors = drive.package.oauth, drive.package.errors
    code = oauth.AuthorizationCode(code="c", redirect_uri="https://app.test/cb")
    with recording(Issuer()) as server, source_of(drive) as make:
        nowhere = {**place(drive, server), "base_url": "http://127.0.0.1:1"}
        source = make(code, **nowhere, retries=0)
        for _ in range(2):
            with pytest.raises(errors.ConnectError):
                source()
        wrong = oauth.AuthorizationCode(code="c", redirect_uri="")
        source = make(wrong, **place(drive, server))
        for _ in range(2):
            with pytest.raises(errors.ConstraintError):
                source()


@client
def test_basic_holds_any_words(drive: Drive) -> None:
    """RFC 6749, section 2.3.1: each is encoded, then both are joined."""
    login = {"client_id": "id:with space&=+%", "client_secret": "s\u00e9cret/+ &=%"}
    with recording(Issuer()) as server, source_of(drive) as make:
        start = drive.package.oauth.ClientCredentials()
        make(start, **login, base_url=server.url)()
        scheme, _, written = server.seen[-1].headers["authorization"].partition(" ")
    assert scheme == "Basic"
    assert b64decode(written) == (b"id%3Awith%20space%26%3D%2B%25:s%C3%A9cret%2F%2B%20%26%3D%25")


@client
def test_scopes_are_words(drive: Drive) -> None:
    with source_of(drive) as make:
        for scope in (["a b"], ['"'], ["é"], "orders:read"):
            grant = drive.package.oauth.ClientCredentials(scope=scope)
            with pytest.raises(drive.package.errors.ConstraintError, match=r"\$\.scope"):
                make(grant, client_id="id", client_secret="s")()


@client
def test_requests_are_as_the_document_has_them_and_the_rfcs(drive: Drive) -> None:
    oauth = drive.package.oauth
    grant = oauth.ClientCredentials(scope=["openid"], extra={"audience": "else", "more": "1"})
    code = oauth.AuthorizationCode(code="c", redirect_uri="", code_verifier="v" * 43)
    with recording(Issuer()) as server, source_of(drive) as make:
        told = place(drive, server)
        make(grant, **told, client_authentication="body")()
        assert form(server.seen[-1]) == {
            "grant_type": "client_credentials",
            "client_id": "id",
            "client_secret": "secret",
            "scope": "openid",
            "audience": "else",
            "more": "1",
        }
        assert server.seen[-1].headers["accept"] == "application/json"
        # the document says how long an address is at least
        wrong = drive.package.errors.ConstraintError
        with pytest.raises(wrong, match=r"\$\.redirect_uri: expected a string of 1 to 2083"):
            make(code, **told)()
        assert len(server.seen) == 1


@credential
def test_a_client_takes_a_source_for_a_credential(make: Make) -> None:
    package, clock = make("token_sources"), Clock()
    issuer = Issuer()

    def reply(seen: Seen) -> Reply:
        return issuer(seen) if seen.method == "POST" else Reply(b"[]")

    start = package.oauth.ClientCredentials()
    with recording(reply) as server:
        told = {"client_id": "id", "client_secret": "secret", "base_url": server.url}
        source = package.oauth.TokenSource(start, **told, clock=clock)
        with package.Client(base_url=server.url, user=source) as shop:
            assert shop.orders.list_orders() == shop.orders.list_orders() == []
            clock.now += 3600
            shop.orders.list_orders()

        async def main() -> None:
            awaited = package.oauth.AsyncTokenSource(start, **told)
            async with package.AsyncClient(base_url=server.url, user=awaited) as shop:
                await asyncio.gather(*(shop.orders.list_orders() for _ in range(10)))

        asyncio.run(main())
    sent = [seen.headers["authorization"] for seen in server.seen if seen.method == "GET"]
    assert sent == ["Bearer at-1", "Bearer at-1", "Bearer at-2", *["Bearer at-3"] * 10]
    assert issuer.count == 3
