"""A document of several files is one document: what is written once is one type."""

from __future__ import annotations

import pytest

from .driving import Drive, asked, json, last

pytestmark = pytest.mark.feature("several_files")
CAT = (
    b'{"kind":"cat","id":"1","state":"asleep","kittens":[{"kind":"cat","id":"2","state":"awake"}]}'
)
DOG = b'{"kind":"dog","id":"7","state":"barking","chases":{"kind":"cat","id":"1","state":"awake"}}'


def test_what_several_files_refer_to_is_one_type(drive: Drive) -> None:
    package = drive.package
    with drive(json(b"[" + CAT + b"," + DOG + b"]"), token="t") as (client, server):
        cat, dog = client.default.list_animals(limit=2)
        assert asked(server) == "GET /animals?limit=2"
        assert last(server).headers["authorization"] == "Bearer t"
    assert (type(cat), type(dog)) == (package.Cat, package.BigDog)
    assert type(cat.kittens[0]) is package.Cat
    assert type(dog.chases) is package.Cat
    with drive(json(CAT), token="t") as (client, server):
        assert client.default.get_animal("1") == cat
        assert asked(server) == "GET /animals/1"


def test_the_answers_and_the_bodies_of_another_file_are_those_of_the_operation(
    drive: Drive,
) -> None:
    package = drive.package
    with drive(json(b'{"title":"gone"}', 404), token="t") as (client, _):
        with pytest.raises(package.errors.NotFound) as refused:
            client.default.get_animal("1")
        assert refused.value.body == package.Problem(title="gone")
    with drive(json(b"null", 201), token="t") as (client, server):
        client.default.add_link(package.Link(ref="a"))
        assert last(server).content == b'{"$ref":"a"}'


def test_two_parts_of_one_name_are_called_by_their_files(drive: Drive) -> None:
    codecs, errors = drive.package.codecs, drive.package.errors
    assert codecs.decode_cat_state("awake", strict=True) == "awake"
    assert codecs.decode_big_dog_state("barking", strict=True) == "barking"
    with pytest.raises(errors.DecodeError):
        codecs.decode_cat_state("barking", strict=True)
