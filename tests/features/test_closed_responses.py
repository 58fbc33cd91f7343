"""Responses as a target with `responses = "closed"` takes them: what is not listed is an error."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest

from .driving import Drive, json

pytestmark = pytest.mark.feature("closed_responses")


def test_what_is_listed_is_taken(drive: Drive) -> None:
    package = drive.package
    assert get_args(package.State) == (package.Online, package.Offline)
    for content, state in (
        (b'{"state":"online","mode":"eco"}', package.Online(mode="eco")),
        (
            b'{"state":"offline","since":"2026-11-28T12:00:00Z"}',
            package.Offline(since=dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)),
        ),
    ):
        with drive(json(content)) as (client, _):
            assert client.devices.state("1") == state


def test_a_variant_or_a_value_that_nobody_listed_is_an_error(drive: Drive) -> None:
    for content, says in (
        (
            b'{"state":"onlien","mode":"eco"}',
            '$.state: "onlien" is not one of online, offline; did you mean online?',
        ),
        (
            b'{"state":"online","mode":"turbo"}',
            '$.mode: expected "eco" or "boost", found a string',
        ),
    ):
        assert drive.complaint(content, lambda client: client.devices.state("1")) == says


def test_a_member_that_nobody_declared_is_kept(drive: Drive) -> None:
    with drive(json(b'{"state":"online","mode":"eco","x":1}')) as (client, _):
        assert client.devices.state("1").extra == {"x": 1}
