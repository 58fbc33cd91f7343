"""Every kind of credential, and how it leaves."""

from __future__ import annotations

import pytest

from .driving import NOTHING, Drive, Reply, Seen, asked, last

pytestmark = pytest.mark.feature("credentials")
ALL = {
    "bearer": "b",
    "login": ("Aladdin", "open sesame"),
    "ticket": "t",
    "header_key": "h k",
    "query_key": "q&k",
    "cookie_key": "c=k",
    "oauth": "o",
    "openid": "i",
}


@pytest.mark.parametrize(
    ("operation", "target", "headers"),
    [
        ("by_bearer", "/bearer", {"authorization": "Bearer b"}),
        ("by_login", "/login", {"authorization": "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="}),
        ("by_ticket", "/ticket", {"authorization": "Ticket t"}),
        ("by_header", "/header", {"x-key": "h k"}),
        ("by_query", "/query?key=q%26k", {}),
        ("by_cookie", "/cookie", {"cookie": "session=c=k"}),
        ("by_oauth", "/oauth", {"authorization": "Bearer o"}),
        ("by_openid", "/openid", {"authorization": "Bearer i"}),
        ("by_certificate", "/certificate", {}),
        ("by_either", "/either?key=q%26k", {"x-key": "h k"}),
        ("by_none", "/none", {}),
    ],
)
def test_each_leaves_alone(
    drive: Drive, operation: str, target: str, headers: dict[str, str]
) -> None:
    with drive(**ALL) as (client, server):
        getattr(client.default, operation)()
        sent = last(server)
        assert sent.path == target
        places = ("authorization", "x-key", "cookie")
        assert {name: sent.headers[name] for name in places if name in sent.headers} == headers


def test_a_conjunction_is_met_in_full_or_not_at_all(drive: Drive) -> None:
    for held, target, authorization in (
        ({"header_key": "h", "query_key": "q"}, "GET /either?key=q", None),
        ({"header_key": "h", "login": ("u", "p")}, "GET /either", "Basic dTpw"),
        ({"header_key": "h"}, "GET /either", None),
        ({}, "GET /either", None),
    ):
        with drive(**held) as (client, server):
            client.default.by_either()
            assert asked(server) == target
            assert last(server).headers.get("authorization") == authorization
            assert ("x-key" in last(server).headers) is (target == "GET /either?key=q")


def test_what_is_called_is_called_for_each_request(drive: Drive) -> None:
    tokens = iter(["first", "second"])
    with drive(bearer=lambda: next(tokens)) as (client, server):
        client.default.by_none()
        client.default.by_bearer()
        assert last(server).headers["authorization"] == "Bearer first"
        client.default.by_bearer()
        assert last(server).headers["authorization"] == "Bearer second"


def test_what_is_called_may_be_awaited(drive: Drive) -> None:
    async def login() -> tuple[str, str]:
        return ("user", "pässword")

    def waiting() -> tuple[str, str]:
        return ("user", "pässword")

    with drive(login=login if drive.is_async else waiting) as (client, server):
        client.default.by_login()
        assert last(server).headers["authorization"] == "Basic dXNlcjpww6Rzc3dvcmQ="


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("bearer", ""),
        ("bearer", "a b"),
        ("bearer", "a\r\nX-Admin: 1"),
        ("bearer", "é"),
        ("bearer", 7),
        ("login", "user:password"),
        ("login", ("us:er", "password")),
        ("login", ("user", "pass\r\nword")),
        ("ticket", "a\nb"),
        ("header_key", " a"),
        ("header_key", "a\r\nb"),
        ("query_key", ""),
        ("cookie_key", "a; admin=1"),
        ("oauth", b"o"),
    ],
)
def test_one_that_cannot_leave_is_refused_at_once(drive: Drive, name: str, bad: object) -> None:
    package = drive.package
    with pytest.raises(package.errors.ConstraintError), drive(**{name: bad}):
        pytest.fail("it was taken")
    with drive(**{name: lambda: bad}) as (client, server):
        method = {"header_key": "header", "query_key": "query", "cookie_key": "cookie"}.get(name)
        with pytest.raises(package.errors.ConstraintError):
            getattr(client.default, f"by_{method or name}")()
        assert server.seen == []


def test_with_options_changes_one(drive: Drive) -> None:
    with drive(bearer="old", oauth="o") as (client, server):
        other = client.with_options(bearer="new")
        other.default.by_bearer()
        assert last(server).headers["authorization"] == "Bearer new"
        other.default.by_oauth()
        assert last(server).headers["authorization"] == "Bearer o"
        client.default.by_bearer()
        assert last(server).headers["authorization"] == "Bearer old"
        client.with_options(bearer=None).default.by_bearer()
        assert "authorization" not in last(server).headers
        assert len(server.connections) == 1


def test_they_do_not_leave_unencrypted(drive: Drive) -> None:
    """RFC 6750, section 5.3: over http they reach this machine alone."""
    for base_url in ("http://api.example.com", "http://127.0.0.1.example.com", "http://10.0.0.1"):
        with drive.anywhere(base_url=base_url, **ALL) as (client, proxy):
            for operation in ("by_bearer", "by_login", "by_header", "by_query", "by_cookie"):
                with pytest.raises(drive.package.errors.ConstraintError, match="allow_http"):
                    getattr(client.default, operation)()
            client.default.by_none()
            assert asked(proxy) == f"GET {base_url}/none"
            assert len(proxy.seen) == 1


def test_unless_they_may(drive: Drive) -> None:
    with drive.anywhere(base_url="http://api.example.com/v1", allow_http=True, **ALL) as (
        client,
        proxy,
    ):
        client.default.by_bearer()
        assert asked(proxy) == "GET http://api.example.com/v1/bearer"
        assert last(proxy).headers["authorization"] == "Bearer b"
        client.with_options(bearer="n").default.by_bearer()
        assert last(proxy).headers["authorization"] == "Bearer n"
        with pytest.raises(drive.package.errors.ConstraintError, match="allow_http"):
            client.with_options(allow_http=False).default.by_bearer()


def test_a_redirect_is_not_followed(drive: Drive) -> None:
    def away(seen: Seen) -> Reply:
        return Reply(b"", 307, {"Location": "/none"}) if seen.path != "/none" else NOTHING

    with drive(away, **ALL) as (client, server):
        with pytest.raises(drive.package.errors.StatusError) as caught:
            client.default.by_bearer()
        assert caught.value.status == 307
        assert len(server.seen) == 1


def test_a_client_does_not_show_them(drive: Drive) -> None:
    client = drive.package.Client(base_url="https://api.example.com", ticket="s3cret")
    assert repr(client) == "<Client of https://api.example.com>"
    with pytest.raises(drive.package.errors.ConstraintError) as caught:
        client.with_options(ticket="s3cret\n")
    assert str(caught.value) == "$: expected a credential of visible ASCII characters"
