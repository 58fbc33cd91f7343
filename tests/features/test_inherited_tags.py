"""Variants that say by `allOf` what they are kinds of: nowhere does the document list them."""

from __future__ import annotations

import pytest

from .driving import Drive, json, last

pytestmark = pytest.mark.feature("inherited_tags")


def test_a_base_is_read_as_the_child_that_its_tag_means(drive: Drive) -> None:
    package = drive.package
    pets = b'[{"species":"cat","name":"Tom"},{"species":"dog","name":"Rex","breed":"mutt"}]'
    with drive(json(pets)) as (client, _):
        assert client.pets.list() == [
            package.Cat(name="Tom"),
            package.Dog(name="Rex", breed="mutt"),
        ]


def test_a_child_is_sent_with_what_it_inherits(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        client.pets.adopt(package.Cat(name="Tom", indoor=True))
        assert last(server).content == b'{"species":"cat","name":"Tom","indoor":true}'
        client.pets.adopt(package.Dog(name="Rex", breed="mutt"))
        assert last(server).content == b'{"species":"dog","name":"Rex","breed":"mutt"}'


def test_a_child_that_nobody_knew_is_kept(drive: Drive) -> None:
    package = drive.package
    with drive(json(b'[{"species":"fish","name":"Wanda"}]')) as (client, _):
        pets = client.pets.list()
    assert pets == [package.UnknownVariant("fish", {"species": "fish", "name": "Wanda"})]
    with drive() as (client, server):
        client.pets.adopt(pets[0])
        assert last(server).content == b'{"species":"fish","name":"Wanda"}'


def test_a_mistake_is_told_of_the_child_that_is_meant(drive: Drive) -> None:
    for content, says in (
        (b'[{"species":"dog","name":"Rex"}]', "$[0].breed: expected a value, found nothing"),
        (b'[{"species":"cat"}]', "$[0].name: expected a value, found nothing"),
        (b'[{"name":"Tom"}]', "$[0].species: expected one of cat, dog, found nothing"),
    ):
        assert drive.complaint(content, lambda client: client.pets.list()) == says
