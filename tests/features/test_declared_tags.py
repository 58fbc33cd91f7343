"""Unions whose `discriminator` says which member tells their variants apart."""

from __future__ import annotations

import pytest

from .driving import Drive, echo, json, last

with_mapping = pytest.mark.feature("declared_tags", "mapping")
without_mapping = pytest.mark.feature("declared_tags", "names")


@with_mapping
@pytest.mark.parametrize("method", ["sepa", "swift"])
def test_two_values_of_a_mapping_mean_one_variant(drive: Drive, method: str) -> None:
    package = drive.package
    with drive(echo) as (client, server):
        sent = package.BankAccount(method=method, iban="DE02")
        received = client.payouts.create("a", sent)
        assert last(server).content == b'{"method":"%b","iban":"DE02"}' % method.encode()
        assert received == sent
        assert type(received) is package.BankAccount


@with_mapping
def test_a_bare_name_in_a_mapping_is_a_component(drive: Drive) -> None:
    package = drive.package
    with drive(echo) as (client, server):
        received = client.payouts.create("a", package.DebitCard(last4="4242"))
        assert last(server).content == b'{"method":"card","last4":"4242"}'
        assert received == package.DebitCard(last4="4242")


@with_mapping
def test_a_mistake_is_told_of_the_variant_that_the_tag_means(drive: Drive) -> None:
    card = drive.package.DebitCard(last4="4242")
    for content, says in (
        (b'{"method":"sepa","last4":"4242"}', "$.iban: expected a value, found nothing"),
        (b'{"method":"card","iban":"DE02"}', "$.last4: expected a value, found nothing"),
        (b'{"iban":"DE02"}', "$.method: expected one of sepa, swift, card, found nothing"),
        (b'{"method":null}', "$.method: expected one of sepa, swift, card, found null"),
        (b"[]", "$: expected an object, found an array"),
    ):
        assert drive.complaint(content, lambda client: client.payouts.create("a", card)) == says


@with_mapping
def test_a_tag_that_is_nearly_right_is_told_with_the_right_one(drive: Drive) -> None:
    codecs, errors = drive.package.codecs, drive.package.errors
    with pytest.raises(errors.DecodeError) as raised:
        codecs.decode_destination({"method": "crad", "last4": "4242"}, strict=True)
    assert str(raised.value) == (
        '$.method: "crad" is not one of sepa, swift, card; did you mean card?'
    )


@with_mapping
def test_a_variant_has_only_tags_that_mean_it(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        for wrong in (
            package.BankAccount(method="card", iban="DE02"),
            package.DebitCard(method="sepa", last4="4242"),
        ):
            with pytest.raises(package.errors.ConstraintError, match="method"):
                client.payouts.create("a", wrong)
        assert server.seen == []


@without_mapping
def test_the_names_of_components_are_the_tags(drive: Drive) -> None:
    package = drive.package
    shapes = b'[{"kind":"Circle","radius":1},{"kind":"Rectangle","width":2,"height":3.5}]'
    with drive(json(shapes)) as (client, _):
        assert client.shapes.list() == [
            package.Circle(radius=1),
            package.Rectangle(width=2, height=3.5),
        ]


@without_mapping
def test_other_names_are_kept(drive: Drive) -> None:
    package = drive.package
    with drive(json(b'[{"kind":"Oval","radius":1}]')) as (client, _):
        shapes = client.shapes.list()
    assert shapes == [package.UnknownVariant("Oval", {"kind": "Oval", "radius": 1})]
    assert package.codecs.encode_shape(shapes[0]) == {"kind": "Oval", "radius": 1}


@without_mapping
def test_a_mistake_is_told_of_the_component_that_is_named(drive: Drive) -> None:
    assert (
        drive.complaint(b'[{"kind":"Rectangle","radius":1}]', lambda client: client.shapes.list())
        == "$[0].width: expected a value, found nothing"
    )
