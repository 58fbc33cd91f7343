"""Webhooks that only their addresses tell apart."""

from __future__ import annotations

import pytest

from .driving import Drive

pytestmark = pytest.mark.feature("webhook_addresses")


def test_each_has_a_function(drive: Drive) -> None:
    webhooks, package = drive.package.webhooks, drive.package
    assert webhooks.parse_user_created({}, b'{"name": "a"}') == package.User(name="a")
    assert webhooks.parse_webhook_({}, b'{"left": 1}').left == 1
    assert not hasattr(webhooks, "parse_webhook")


def test_signatures_are_checked_all_the_same(drive: Drive) -> None:
    webhooks, package = drive.package.webhooks, drive.package
    headers = webhooks.sign(b"{}", secret=b"key")
    assert webhooks.parse_user_created(headers, b"{}", secret=b"key") == package.User()
    with pytest.raises(webhooks.SignatureError):
        webhooks.parse_user_created(headers, b"{} ", secret=b"key")
