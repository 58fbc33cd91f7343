"""Values that fit several variants: the most specific is taken, and nothing is lost."""

from __future__ import annotations

import datetime as dt
from json import loads

import pytest

from .driving import Drive, json, last

one_of = pytest.mark.feature("overlaps", "one_of")
any_of = pytest.mark.feature("overlaps", "any_of")
AT = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)


@one_of
def test_the_variant_that_declares_most_is_taken(drive: Drive) -> None:
    package = drive.package
    for content, status in (
        (b'{"id":"1","text":"","likes":2}', package.Status(id="1", text="", likes=2)),
        (
            b'{"id":"1","text":"","at":"2026-11-28T12:00:00Z"}',
            package.ScheduledStatus(id="1", text="", at=AT),
        ),
        (b'{"id":"1","text":""}', package.Status(id="1", text="")),
    ):
        with drive(json(content)) as (client, _):
            received = client.statuses.get("1")
        assert received == status
        assert type(received) is type(status)


@one_of
def test_a_variant_that_does_not_fit_is_not_taken(drive: Drive) -> None:
    package = drive.package
    odd = b'{"id":"1","text":"","likes":"many","at":"2026-11-28T12:00:00Z"}'
    with drive(json(odd)) as (client, _):
        status = client.statuses.get("1")
    assert type(status) is package.ScheduledStatus
    assert status.extra == {"likes": "many"}


@one_of
def test_only_strict_decoding_refuses_what_fits_two(drive: Drive) -> None:
    package = drive.package
    both = {"id": "1", "text": ""}
    assert package.codecs.decode_statuses_get_response(both) == package.Status(id="1", text="")
    with pytest.raises(package.errors.DecodeError) as raised:
        package.codecs.decode_statuses_get_response(both, strict=True)
    assert str(raised.value) == "$: expected a value that fits one variant, found one that fits 2"
    only = both | {"likes": "many"}
    decoded = package.codecs.decode_statuses_get_response(only, strict=True)
    assert type(decoded) is package.ScheduledStatus


@one_of
def test_a_mistake_is_told_of_the_variant_that_is_nearest(drive: Drive) -> None:
    for content, says in (
        (
            b'{"id":1,"text":"","likes":2}',
            "$.id: expected a string, found a number (taken for Status)",
        ),
        (
            b'{"id":"1","at":"2026-11-28T12:00:00Z"}',
            "$.text: expected a value, found nothing (taken for ScheduledStatus)",
        ),
        (b"[]", "$: expected an object, found an array"),
    ):
        assert drive.complaint(content, lambda client: client.statuses.get("1")) == says


@any_of
@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (b'{"name":"A","born":"1815-12-10","vat":"X1","employees":3}', "Company"),
        (b'{"name":"A","born":"1815-12-10","vat":"X1"}', "Person"),
        (b'{"name":"A","vat":"X1"}', "Company"),
        (b'{"born":"1815-12-10","shoe":46}', "Person"),
        (b"{}", "Person"),
    ],
)
def test_members_of_all_variants_come_back(drive: Drive, content: bytes, taken: str) -> None:
    package = drive.package
    with drive(json(content)) as (client, _):
        contact = client.contacts.get("1")
    assert type(contact) is getattr(package, taken)
    with drive() as (client, server):
        client.contacts.put("1", contact)
        assert loads(last(server).content) == loads(content)


@any_of
def test_what_fits_several_variants_is_no_mistake(drive: Drive) -> None:
    package = drive.package
    both = {"name": "A", "born": "1815-12-10", "vat": "X1"}
    contact = package.codecs.decode_contact(both, strict=True)
    assert contact == package.Person(name="A", born=dt.date(1815, 12, 10), extra={"vat": "X1"})
