"""Variants that are told by a test of what is within: of a member, of an item."""

from __future__ import annotations

from uuid import UUID

import pytest

from .driving import Drive, json, last

of_members = pytest.mark.feature("inner_tests", "member")
of_items = pytest.mark.feature("inner_tests", "item")
ONE = UUID("01234567-89ab-4cde-8f01-23456789abcd")


@of_members
@pytest.mark.parametrize(
    ("content", "variant"),
    [
        (b'{"first":"10.0.0.1","last":"10.0.0.9"}', "Ipv4Range"),
        (b'{"first":"fe80::1","last":"fe80::9"}', "Ipv6Range"),
        (b'{"first":"10.0.0.1","last":"none"}', "Ipv4Range"),
        (b'{"first":"fe80::1","last":"none"}', "Ipv6Range"),
    ],
)
def test_a_member_tells_the_variant(drive: Drive, content: bytes, variant: str) -> None:
    package = drive.package
    with drive(json(content)) as (client, _):
        received = client.ranges.get("p")
    assert type(received) is getattr(package, variant)


@of_members
def test_a_mistake_elsewhere_is_told_of_the_variant(drive: Drive) -> None:
    says = "$.last: expected a string, found a number (taken for Ipv6Range)"
    content = b'{"first":"fe80::1","last":9}'
    assert drive.complaint(content, lambda client: client.ranges.get("p")) == says


@of_members
def test_a_variant_is_sent_by_its_class(drive: Drive) -> None:
    with drive() as (client, server):
        client.ranges.put("p", drive.package.Ipv6Range(first="fe80::1", last="fe80::9"))
        assert last(server).content == b'{"first":"fe80::1","last":"fe80::9"}'


@of_members
@pytest.mark.parametrize(
    ("content", "variant"),
    [(b'{"at":{"address":"10.0.0.1"}}', "Ipv4Host"), (b'{"at":{"address":"fe80::1"}}', "Ipv6Host")],
)
def test_a_format_tells_the_variant_wherever_it_is(
    drive: Drive, content: bytes, variant: str
) -> None:
    package = drive.package
    with drive(json(content)) as (client, _):
        received = client.hosts.get("p")
    assert type(received) is getattr(package, variant)


@of_items
@pytest.mark.parametrize(
    ("content", "value"),
    [
        (f'["{ONE}"]'.encode(), [ONE]),
        (b'["alpha","beta"]', ["alpha", "beta"]),
        (b"[]", []),
    ],
)
def test_an_item_tells_the_array(drive: Drive, content: bytes, value: list[object]) -> None:
    with drive(json(content)) as (client, _):
        assert client.members.list("p") == value
