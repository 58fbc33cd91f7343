"""Members that only come, or only go: a schema that travels both ways is two types."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any
from uuid import UUID

import pytest

from .driving import Drive, json, last

one_way = pytest.mark.feature("read_only", "one_way")
both_ways = pytest.mark.feature("read_only", "both_ways")
unions = pytest.mark.feature("read_only", "unions")

ID = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
PET = b'{"id":"%b","name":"Ada","born":"2020-02-29"}' % ID.encode()
OWNER = b'{"id":"%b","name":"Ann"}' % ID.encode()


def names(kind: Any) -> list[str]:
    return [field.name for field in fields(kind)]


@both_ways
def test_what_only_comes_is_not_asked_of_callers(drive: Drive) -> None:
    package = drive.package
    assert names(package.Pet) == [
        "id",
        "name",
        "born",
        "owner",
        "friends",
        "collar",
        "tags",
        "extra",
    ]
    assert names(package.PetInput) == ["name", "pin", "owner", "friends", "collar", "tags"]
    collar = package.PetCollarInput(color="red")
    owner = package.OwnerInput(name="Ann", password="secret-1")
    friend = package.PetInput(name="Bob", pin="0")
    tags = [package.Tag(label="new")]
    pet = package.PetInput(
        name="Ada", pin="1", owner=owner, friends=[friend], collar=collar, tags=tags
    )
    with drive(json(PET)) as (client, server):
        answer = client.pets.create(pet)
        assert last(server).content == (
            b'{"name":"Ada","pin":"1","owner":{"name":"Ann","password":"secret-1"},'
            b'"friends":[{"name":"Bob","pin":"0"}],"collar":{"color":"red"},'
            b'"tags":[{"label":"new"}]}'
        )
    assert answer == package.Pet(id=UUID(ID), name="Ada", born=dt.date(2020, 2, 29))


@both_ways
def test_what_was_received_is_not_what_is_sent(drive: Drive) -> None:
    package = drive.package
    pet = package.Pet(id=UUID(ID), name="Ada", born=dt.date(2020, 2, 29))
    with drive(json(PET)) as (client, server):
        with pytest.raises(package.errors.ConstraintError, match="an instance of PetInput"):
            client.pets.create(pet)
        assert server.seen == []


@both_ways
def test_what_comes_is_required_of_the_server(drive: Drive) -> None:
    pet = drive.package.PetInput(name="Ada", pin="1")
    says = drive.complaint(b'{"id":"%b","name":"Ada"}' % ID.encode(), lambda c: c.pets.create(pet))
    assert says == "$.born: expected a value, found nothing"


@both_ways
def test_what_should_not_have_come_is_kept(drive: Drive) -> None:
    package = drive.package
    with drive(json(PET[:-1] + b',"pin":"1"}')) as (client, _):
        pet = client.pets.create(package.PetInput(name="Ada", pin="1"))
    assert pet.extra == {"pin": "1"}
    assert package.codecs.encode_pet(pet)["pin"] == "1"
    value = {"id": ID, "name": "Ada", "born": "2020-02-29", "pin": "1"}
    assert package.codecs.decode_pet(value, strict=True) == pet
    with pytest.raises(package.errors.DecodeError):
        package.codecs.decode_pet(value | {"more": 1}, strict=True)


@both_ways
def test_what_should_not_have_come_is_none_of_the_other_members(drive: Drive) -> None:
    package = drive.package
    with drive(json(b'{"pin":"1","euro":2}')) as (client, server):
        wallet = client.wallets.put(package.WalletInput(pin="1", additional_properties={"euro": 2}))
        assert last(server).content == b'{"euro":2,"pin":"1"}'
    assert wallet.extra == {"pin": "1", "euro": 2}
    assert package.codecs.decode_wallet({"pin": "1", "euro": 2}, strict=True) == wallet
    with pytest.raises(package.errors.DecodeError, match="euro: expected an integer"):
        package.codecs.decode_wallet({"euro": "2"}, strict=True)


@both_ways
def test_what_was_received_can_be_made_what_is_sent(drive: Drive) -> None:
    package = drive.package
    with drive(json(OWNER[:-1] + b',"new":1}')) as (client, _):
        owner = client.owners.get(UUID(ID))
    assert owner.extra == {"new": 1}
    assert package.codecs.to_owner_input(owner) == package.OwnerInput(name="Ann")
    # its pin is required, and was not received
    assert not hasattr(package.codecs, "to_pet_input")


@both_ways
def test_a_type_without_such_members_is_one(drive: Drive) -> None:
    assert hasattr(drive.package, "Tag")
    assert not hasattr(drive.package, "TagInput")


@one_way
def test_a_part_may_mark_what_it_is_made_of(drive: Drive) -> None:
    package = drive.package
    assert names(package.OwnerChange) == ["password"]
    with drive() as (client, server):
        client.owners.change(UUID(ID), package.OwnerChange(password="secret-1"))
        assert last(server).content == b'{"password":"secret-1"}'


@unions
def test_a_tag_travels_whatever_is_said_of_it(drive: Drive) -> None:
    package = drive.package
    with drive(json(b'{"kind":"cat","id":1,"lives":9}')) as (client, server):
        assert client.animals.put(package.DogInput(chip="x")) == package.Cat(id=1, lives=9)
        assert last(server).content == b'{"kind":"dog","chip":"x"}'
    says = drive.complaint(b'{"kind":"dog"}', lambda client: client.animals.put(package.CatInput()))
    assert says == "$.id: expected a value, found nothing"


@unions
def test_each_side_is_told_apart_by_what_is_there(drive: Drive) -> None:
    package = drive.package
    with drive(json(b'{"company_id":"1","vat":"2"}')) as (client, server):
        assert client.accounts.put(package.PersonInput(name="Ada")) == package.Company(
            company_id="1", vat="2"
        )
        assert last(server).content == b'{"name":"Ada"}'
    decoded = package.codecs.decode_accounts_put_body({"vat": "2"})
    assert decoded == package.CompanyInput(vat="2")
