"""Parameters in cookies (OpenAPI 3.2.0, "Style Examples")."""

from __future__ import annotations

import pytest

from .driving import Drive, Reply, last

pytestmark = pytest.mark.feature("cookies")


def test_form_is_quoted_as_in_a_query(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.in_form(sid="a b;c=d,é", page=2, ids=[3, 4])
        assert last(server).headers["cookie"] == "sid=a%20b%3Bc%3Dd%2C%C3%A9; page=2; ids=3,4"
        client.default.in_form(sid="")
        assert last(server).headers["cookie"] == "sid="


def test_cookies_as_they_are(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.as_they_are(
            sid="a/b=c%20d", page=2, ids=[3, 4], point=drive.package.Point(x=1, y=2)
        )
        assert last(server).headers["cookie"] == "sid=a/b=c%20d; page=2; ids=3; ids=4; x=1; y=2"


@pytest.mark.parametrize("text", ["a; admin=1", "a b", "a,b", 'a"b', "a\\b", "a\r\nb", "é"])
def test_what_a_cookie_cannot_hold_is_refused(drive: Drive, text: str) -> None:
    """RFC 6265, section 4.1.1."""
    with drive() as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="sid"):
            client.default.as_they_are(sid=text)
        assert server.seen == []


def test_a_cookie_that_a_server_sets_is_not_kept(drive: Drive) -> None:
    reply = Reply(b"", 204, {"Set-Cookie": "stray=1; Path=/"})
    with drive(reply) as (client, server):
        client.default.in_form(sid="a")
        client.default.in_form(sid="b")
        assert last(server).headers["cookie"] == "sid=b"
