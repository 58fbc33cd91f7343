"""Webhooks that a header tells apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from .driving import Drive

pytestmark = pytest.mark.feature("webhook_events")


def parse(drive: Drive, headers: Mapping[str, str], body: bytes) -> Any:
    return drive.package.webhooks.parse_webhook(headers, body)


def test_the_header_goes_first(drive: Drive) -> None:
    body = b'{"action": "opened", "issue": {"title": "a"}, "ref": "main"}'
    opened = parse(drive, {"x-shop-event": "issue"}, body)
    assert isinstance(opened, drive.package.IssueOpened)
    assert opened.issue.title == "a"
    push = parse(drive, {"X-SHOP-EVENT": "push"}, body)
    assert isinstance(push, drive.package.PushPayload)
    assert push.ref == "main"


def test_what_it_brings_tells_those_apart_of_which_the_header_says_the_same(drive: Drive) -> None:
    closed = parse(
        drive, {"X-Shop-Event": "issue"}, b'{"action": "closed", "issue": {"title": ""}}'
    )
    assert isinstance(closed, drive.package.IssueClosed)
    edited = parse(drive, {"X-Shop-Event": "issue"}, b'{"action": "edited"}')
    assert edited == drive.package.UnknownVariant(tag="edited", raw={"action": "edited"})


def test_an_event_that_nobody_knew_is_no_error(drive: Drive) -> None:
    body = b'{"action": "opened", "issue": {"title": "a"}}'
    new = parse(drive, {"X-Shop-Event": "pull_request"}, body)
    raw = {"action": "opened", "issue": {"title": "a"}}
    assert new == drive.package.UnknownVariant(tag="pull_request", raw=raw)


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({}, "$['X-Shop-Event']: expected one header, found none"),
        (
            {"X-Shop-Event": "push", "x-shop-event": "issue"},
            "$['X-Shop-Event']: expected one header, found several",
        ),
        ({"X-Shop-Event": "push"}, "$.ref: expected a value, found nothing"),
    ],
)
def test_what_is_none(drive: Drive, headers: Mapping[str, str], message: str) -> None:
    with pytest.raises(drive.package.errors.DecodeError) as caught:
        parse(drive, headers, b"{}")
    assert str(caught.value) == message
