"""What webhooks bring, read and answered with the types of their payloads."""

from __future__ import annotations

import pytest

from .driving import Drive

pytestmark = pytest.mark.feature("webhooks")


def test_a_payload_is_read_and_kept(drive: Drive) -> None:
    codecs, package = drive.package.codecs, drive.package
    sent = {"id": "a", "total": 1.5, "new": [1]}
    paid = codecs.decode_order_paid(sent)
    assert paid == package.OrderPaid(id="a", total=1.5, extra={"new": [1]})
    assert codecs.encode_order_paid(paid) == sent


def test_an_inline_payload_is_named_after_its_webhook(drive: Drive) -> None:
    low = drive.package.codecs.decode_stock_low_payload({"sku": "a", "left": 1, "level": "gone"})
    assert low == drive.package.StockLowPayload(
        sku="a", left=1, level=drive.package.Unknown("gone")
    )


def test_a_payload_that_is_none(drive: Drive) -> None:
    with pytest.raises(drive.package.errors.DecodeError) as caught:
        drive.package.codecs.decode_stock_low_payload({"sku": "a"})
    assert str(caught.value) == "$.left: expected a value, found nothing"


def test_an_answer_is_written(drive: Drive) -> None:
    taken = drive.package.OrderPaidResponse(taken=True)
    assert drive.package.codecs.encode_order_paid_response(taken) == {"taken": True}
