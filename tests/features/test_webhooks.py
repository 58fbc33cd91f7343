"""What webhooks bring, read as one union, and answered with the types of their answers."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest

from .driving import Drive

pytestmark = pytest.mark.feature("webhooks")

PAID: dict[str, object] = {"type": "order.paid", "id": "a", "total": 1.5, "new": [1]}


def parse(drive: Drive, value: object) -> Any:
    webhooks = import_module(f"{drive.package.__name__}.webhooks")
    return webhooks.parse_webhook({}, json.dumps(value).encode())


def test_a_payload_is_read_and_kept(drive: Drive) -> None:
    paid = parse(drive, PAID)
    assert paid == drive.package.OrderPaid(id="a", total=1.5, extra={"new": [1]})
    assert drive.package.codecs.encode_webhook_payload(paid) == PAID


def test_an_inline_payload_is_named_after_its_webhook(drive: Drive) -> None:
    low = parse(drive, {"type": "stock.low", "sku": "a", "left": 1, "level": "gone"})
    level = drive.package.Unknown("gone")
    assert low == drive.package.StockLowPayload(sku="a", left=1, level=level)


def test_a_webhook_that_nobody_knew_is_no_error(drive: Drive) -> None:
    new = parse(drive, {"type": "order.lost", "id": "a"})
    wanted = drive.package.UnknownVariant(tag="order.lost", raw={"type": "order.lost", "id": "a"})
    assert new == wanted
    assert drive.package.codecs.encode_webhook_payload(new) == wanted.raw


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"type": "stock.low", "sku": "never-shown"}, "$.left: expected a value, found nothing"),
        ({"id": "never-shown"}, "$.type: expected"),
        (["never-shown"], "$: expected an object, found an array"),
    ],
)
def test_a_payload_that_is_none(drive: Drive, value: object, message: str) -> None:
    with pytest.raises(drive.package.errors.DecodeError) as caught:
        parse(drive, value)
    assert str(caught.value).startswith(message)
    assert "never-shown" not in str(caught.value)


def test_the_package_offers_the_module(drive: Drive) -> None:
    webhooks = drive.package.webhooks
    assert webhooks.__all__ == ["SignatureError", "parse_webhook", "sign", "verify"]
    assert "webhooks" in drive.package.__all__


def test_an_answer_is_written(drive: Drive) -> None:
    taken = drive.package.OrderPaidResponse(taken=True)
    assert drive.package.codecs.encode_order_paid_response(taken) == {"taken": True}
