"""Headers by which a server knows a request that it has got before."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from .driving import NOTHING, Drive, Recorder, Reply, Seen, Watch, json, last

pytestmark = pytest.mark.feature("idempotency_keys")


def busy_twice(seen: Seen) -> Reply:
    COUNT.append(seen)
    if len(COUNT) % 3:
        return Reply(b"", 503, {})
    return json(seen.content, 201) if seen.path == "/payments" else NOTHING


COUNT: list[Seen] = []


def keys(server: Recorder, header: str) -> set[str]:
    found = {seen.headers[header] for seen in server.seen}
    server.seen.clear()
    return found


def test_one_is_made_for_each_call_and_all_its_tries(drive: Drive, watch: Watch) -> None:
    with drive(busy_twice, clock=watch) as (client, server):
        payment = drive.package.Payment(amount=3)
        assert client.payments.create_payment(payment) == payment
        assert len(server.seen) == 3
        (first,) = keys(server, "idempotency-key")
        client.payments.create_payment(payment, x_shop="a")
        assert len(server.seen) == 3
        (second,) = keys(server, "idempotency-key")
        assert UUID(first).version == UUID(second).version == 4
        assert first != second


def test_that_of_the_caller_goes_before(drive: Drive, watch: Watch) -> None:
    with drive(busy_twice, clock=watch) as (client, server):
        client.payments.create_payment(drive.package.Payment(amount=3), idempotency_key="mine")
        assert len(server.seen) == 3
        assert keys(server, "idempotency-key") == {"mine"}


def test_a_null_is_none(drive: Drive, watch: Watch) -> None:
    with drive(busy_twice, clock=watch) as (client, server):
        client.payments.change_payment("1", x_idempotency_key=None)
        assert len(server.seen) == 3
        (key,) = keys(server, "x-idempotency-key")
        assert UUID(key).version == 4


def test_one_that_is_required_is_the_callers(drive: Drive, watch: Watch) -> None:
    own = uuid4()
    with drive(busy_twice, clock=watch) as (client, server):
        with pytest.raises(TypeError):
            client.payments.refund("1")
        client.payments.refund("1", idempotency_key=own)
        assert len(server.seen) == 3
        assert keys(server, "idempotency-key") == {str(own)}


def test_a_header_that_cannot_hold_one_is_an_ordinary_header(drive: Drive, watch: Watch) -> None:
    with drive(Reply(b"", 503, {}), clock=watch) as (client, server):
        for given in ({}, {"idempotency_key": "short"}):
            with pytest.raises(drive.package.errors.ServerError):
                client.payments.add_note("1", **given)
        assert len(server.seen) == 2
        assert last(server).headers["idempotency-key"] == "short"
        assert "idempotency-key" not in server.seen[0].headers
