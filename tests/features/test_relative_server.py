"""A server whose address is one below that of the caller (RFC 3986, section 5.2)."""

from __future__ import annotations

import pytest

from .driving import Drive, asked

pytestmark = pytest.mark.feature("relative_server")


def test_it_is_below_the_callers_address(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.find("a")
        assert asked(server) == "GET /api/v3/things/a"


def test_another_may_stand_in_its_place(drive: Drive) -> None:
    for path, target in (
        ("", "/things/a"),
        ("/", "/things/a"),
        ("/v4", "/v4/things/a"),
        ("v4/", "/v4/things/a"),
    ):
        with drive(server=path) as (client, server):
            client.default.find("a")
            assert asked(server) == f"GET {target}"


def test_the_callers_address_may_have_a_path(drive: Drive) -> None:
    for base, path, target in (
        ("http://api.example.com/mirror", "/api/v3", "http://api.example.com/api/v3/things/a"),
        (
            "http://api.example.com/mirror/",
            "api/v3",
            "http://api.example.com/mirror/api/v3/things/a",
        ),
        ("http://api.example.com/mirror", "", "http://api.example.com/mirror/things/a"),
        ("http://a.example", "http://b.example/v1", "http://b.example/v1/things/a"),
    ):
        with drive.anywhere(base_url=base, server=path) as (client, proxy):
            client.default.find("a")
            assert asked(proxy) == f"GET {target}"


def test_an_address_has_to_be_given(drive: Drive) -> None:
    for kind in (drive.package.Client, drive.package.AsyncClient):
        with pytest.raises(TypeError, match="base_url"):
            kind()
        with pytest.raises(drive.package.errors.ConstraintError, match="base_url"):
            kind(base_url="/api")
