"""Unions of strings and numbers: enums that are open, and texts that are something more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from .driving import Drive, echo, json, last

open_enum = pytest.mark.feature("scalar_unions", "open")
uuid_or_string = pytest.mark.feature("scalar_unions", "uuid")
numeric = pytest.mark.feature("scalar_unions", "numeric")
integer_or_number = pytest.mark.feature("scalar_unions", "number")

OWNER = UUID("01234567-89ab-4cde-8f01-23456789abcd")


def started(drive: Drive, content: bytes) -> Any:
    """Return the job that a server answers with."""
    with drive(json(content)) as (client, _):
        return client.jobs.start(drive.package.Job(model="small"))


def refusal(drive: Drive, content: bytes) -> str:
    return drive.complaint(
        content, lambda client: client.jobs.start(drive.package.Job(model="small"))
    )


def sent(drive: Drive, **members: object) -> bytes:
    """Return what leaves for a job, which has to come back as it left."""
    job = drive.package.Job(**{"model": "small", **members})
    with drive(echo) as (client, server):
        assert client.jobs.start(job) == job
        return last(server).content


@open_enum
def test_an_open_enum_takes_any_string(drive: Drive) -> None:
    assert sent(drive, model="large") == b'{"model":"large"}'
    assert sent(drive, model="mine/v2") == b'{"model":"mine/v2"}'
    model = started(drive, b'{"model":"yours"}').model
    assert model == "yours"
    assert type(model) is str, "nobody is surprised by it"


@open_enum
def test_an_open_enum_takes_nothing_but_strings(drive: Drive) -> None:
    package = drive.package
    assert refusal(drive, b'{"model":3}') == "$.model: expected a string, found a number"
    with drive() as (client, server):
        with pytest.raises(package.errors.ConstraintError, match="model"):
            client.jobs.start(package.Job(model=3))
        assert server.seen == []


@uuid_or_string
def test_a_uuid_in_another_spelling_comes_back_as_it_came(drive: Drive) -> None:
    raw = str(OWNER).upper()
    job = started(drive, b'{"model":"small","owner":"%s"}' % raw.encode())
    assert job.owner == raw
    assert drive.package.codecs.encode_job(job)["owner"] == raw


@uuid_or_string
def test_a_uuid_is_told_from_other_strings(drive: Drive) -> None:
    assert sent(drive, owner=OWNER) == (
        b'{"model":"small","owner":"01234567-89ab-4cde-8f01-23456789abcd"}'
    )
    assert sent(drive, owner="platform") == b'{"model":"small","owner":"platform"}'
    nearly = "01234567-89ab-4cde-8f01-23456789abc"
    assert sent(drive, owner=nearly) == b'{"model":"small","owner":"%b"}' % nearly.encode()


@uuid_or_string
def test_what_is_no_string_is_refused(drive: Drive) -> None:
    assert refusal(drive, b'{"model":"small","owner":3}') == (
        "$.owner: expected a string, found a number"
    )


@numeric
def test_a_number_or_a_numeric_string_stays_what_it_is(drive: Drive) -> None:
    assert sent(drive, price=1) == b'{"model":"small","price":1}'
    assert sent(drive, price=0.1) == b'{"model":"small","price":0.1}'
    assert sent(drive, price="0.10") == b'{"model":"small","price":"0.10"}'


@numeric
def test_another_string_is_not_sent(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        for price in ("cheap", "1.", "", True, None):
            with pytest.raises(package.errors.ConstraintError, match="price"):
                client.jobs.start(package.Job(model="small", price=price))
        assert server.seen == []


@numeric
def test_what_is_neither_number_nor_string_is_refused(drive: Drive) -> None:
    assert refusal(drive, b'{"model":"small","price":[]}') == (
        "$.price: expected a number or a string, found an array"
    )


@integer_or_number
@pytest.mark.parametrize("temperature", [1, 1.0, 0.5, 10**30])
def test_an_integer_or_a_number_keeps_its_type(drive: Drive, temperature: float) -> None:
    content = sent(drive, temperature=temperature)
    assert content == b'{"model":"small","temperature":%b}' % repr(temperature).encode()
    assert type(started(drive, content).temperature) is type(temperature)


@integer_or_number
def test_what_is_no_number_is_refused(drive: Drive) -> None:
    assert refusal(drive, b'{"model":"small","temperature":"1"}') == (
        "$.temperature: expected a finite number, found a string"
    )
