"""What no type says of a value, and a check does."""

from __future__ import annotations

from typing import Any

import pytest

from .driving import Drive, asked, echo, json, last

pytestmark = pytest.mark.feature("conditions")


def test_what_holds_is_sent(drive: Drive) -> None:
    package = drive.package
    with drive(echo) as (client, server):
        for payment, content in (
            (package.Payment(amount=1, by="cash"), b'{"amount":1,"by":"cash"}'),
            (
                package.Payment(amount=-1, by="card", card="1", expires="2"),
                b'{"amount":-1,"by":"card","card":"1","expires":"2"}',
            ),
            (
                package.Payment(amount=1, by="a", items=[package.ItemsItem(kind="product")]),
                b'{"amount":1,"by":"a","items":[{"kind":"product"}]}',
            ),
            (
                package.Payment(amount=1, by="a", payer=package.Payer(name="b", email="c")),
                b'{"amount":1,"by":"a","payer":{"name":"b","email":"c"}}',
            ),
        ):
            assert client.payments.make(payment, currency="EUR") == payment
            assert last(server).content == content
            assert asked(server) == "POST /payments?currency=EUR"


def test_what_does_not_hold_is_not_sent(drive: Drive) -> None:
    package = drive.package
    product = package.ItemsItem(kind="product")

    def payment(**members: Any) -> Any:
        return package.Payment(**{"amount": 1, "by": "cash", **members})

    with drive() as (client, server):
        for wrong in (
            payment(amount=0),
            payment(by="card"),
            payment(by="card", card="1"),
            payment(card="1", expires="2"),
            payment(items=[]),
            payment(items=[package.ItemsItem(kind="service")]),
            payment(items=[product, product, product]),
        ):
            with pytest.raises(package.errors.ConstraintError):
                client.payments.make(wrong)
        with pytest.raises(package.errors.ConstraintError, match="currency"):
            client.payments.make(payment(), currency="eur")
        assert server.seen == []


def test_what_does_not_hold_is_refused_where_it_is_strict(drive: Drive) -> None:
    package = drive.package
    odd = b'{"amount":0,"by":"card","items":[],"payer":{"name":"a","phone":"b"}}'
    with drive(json(odd)) as (client, _):
        found = client.payments.make(package.Payment(amount=1, by="cash"))
    assert (found.amount, found.items) == (0, [])
    decode = package.codecs.decode_payment
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"amount": 0, "by": "cash"}, r"\$\.amount"),
        ({"amount": 1, "by": "card"}, "card"),
        ({"amount": 1, "by": "a", "items": []}, r"\$\.items"),
        ({"amount": 1, "by": "a", "payer": {"phone": "b"}}, r"\$\.payer\.phone"),
    )
    for wrong, path in cases:
        with pytest.raises(package.errors.DecodeError, match=path):
            decode(wrong, strict=True)
