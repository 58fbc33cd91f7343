"""Signatures of webhooks, checked by a server that gets them over a socket."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from .driving import Drive, Recorder, Reply, Seen

pytestmark = pytest.mark.feature("webhook_signatures")

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"at": 1}'


def deliver(server: Recorder, headers: Mapping[str, str], body: bytes = BODY) -> int:
    """Post a webhook as its sender does, and return what it is answered with."""
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=10)
    connection.request("POST", "/hook", body, dict(headers))
    status = connection.getresponse().status
    connection.close()
    return status


def receiving(webhooks: Any, got: list[object], **settings: object) -> Any:
    def answer(seen: Seen) -> Reply:
        try:
            got.append(webhooks.parse_webhook(seen.headers, seen.content, **settings))
        except webhooks.SignatureError:
            return Reply(b"", 401)
        return Reply(b"", 204)

    return answer


def test_what_is_signed_is_read(drive: Drive) -> None:
    webhooks, got = drive.package.webhooks, list[object]()
    with drive(receiving(webhooks, got, secret=[b"the new one", SECRET])) as (_, server):
        assert deliver(server, webhooks.sign(BODY, secret=SECRET)) == 204
        assert deliver(server, webhooks.sign(BODY, secret=b"the new one")) == 204
    assert got == [drive.package.Ping(at=1)] * 2


def test_nothing_else_is(drive: Drive) -> None:
    webhooks, got = drive.package.webhooks, list[object]()
    signed = webhooks.sign(BODY, secret=SECRET)
    with drive(receiving(webhooks, got, secret=SECRET)) as (_, server):
        assert deliver(server, {}) == 401
        assert deliver(server, signed, b'{"at":1}') == 401
        assert deliver(server, signed | {"webhook-id": "msg_2"}) == 401
        assert deliver(server, webhooks.sign(BODY, secret=b"another")) == 401
        assert deliver(server, webhooks.sign(BODY, secret=SECRET, now=1)) == 401
        assert deliver(server, webhooks.sign(b"no JSON", secret=b"another"), b"no JSON") == 401
    assert got == []


def test_the_time_may_be_given(drive: Drive) -> None:
    webhooks = drive.package.webhooks
    headers = webhooks.sign(BODY, secret=SECRET, now=1000)
    parsed = webhooks.parse_webhook(headers, BODY, secret=SECRET, now=1010, tolerance=10)
    assert parsed == drive.package.Ping(at=1)
    with pytest.raises(webhooks.SignatureError, match="tolerance"):
        webhooks.parse_webhook(headers, BODY, secret=SECRET, now=1011, tolerance=10)


def test_without_a_secret_nothing_is_checked_and_one_that_is_missing_is_an_error(
    drive: Drive,
) -> None:
    webhooks, errors = drive.package.webhooks, drive.package.errors
    assert webhooks.parse_webhook({}, BODY) == drive.package.Ping(at=1)
    missing: object
    for missing in (None, "", b"", ()):
        with pytest.raises(errors.ConstraintError, match="secret"):
            webhooks.parse_webhook({}, BODY, secret=missing)
