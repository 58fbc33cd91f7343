"""Where requests go: servers with variables, and those of paths and operations."""

from __future__ import annotations

import pytest

from .driving import Drive, asked, last

pytestmark = pytest.mark.feature("servers")


def test_the_first_server_with_its_defaults(drive: Drive) -> None:
    with drive.anywhere() as (client, proxy):
        client.default.of_the_document()
        assert asked(proxy) == "GET http://eu.example.com:8080/v2/things"
        assert last(proxy).headers["host"] == "eu.example.com:8080"


def test_another_of_the_document(drive: Drive) -> None:
    server = drive.package.Server
    assert server.REGIONAL == "http://eu.example.com:8080/v2"
    for base_url, target in (
        (server.TENANT, "http://demo.tenants.example.com/v1/things"),
        (server.regional_url(), "http://eu.example.com:8080/v2/things"),
        (server.regional_url(region="us", port="8443"), "http://us.example.com:8443/v2/things"),
        (server.regional_url(base="a/b"), "http://eu.example.com:8080/a/b/things"),
        (server.regional_url(base=""), "http://eu.example.com:8080/things"),
        (server.tenant_url(tenant="a-1"), "http://a-1.tenants.example.com/v1/things"),
        ("http://api.example.org/", "http://api.example.org/things"),
    ):
        with drive.anywhere(base_url=base_url) as (client, proxy):
            client.default.of_the_document()
            assert asked(proxy) == f"GET {target}"


@pytest.mark.parametrize(
    "variables",
    [
        {"region": "eu.evil.example/"},
        {"region": "asia"},
        {"port": "80"},
        {"port": "8080@evil.example"},
        {"base": "../.."},
        {"base": "a?b"},
        {"base": "a#b"},
        {"base": "a\\b"},
        {"base": "a b"},
        {"base": "a\r\nb"},
    ],
)
def test_a_value_that_leads_elsewhere_is_refused(drive: Drive, variables: dict[str, str]) -> None:
    (name,) = variables
    with pytest.raises(drive.package.errors.ConstraintError, match=name):
        drive.package.Server.regional_url(**variables)


@pytest.mark.parametrize(
    "tenant", ["evil.example/", "evil.example?", "evil.example#", "a@evil.example", "a:80", "", "é"]
)
def test_a_host_stays_below_that_of_the_document(drive: Drive, tenant: str) -> None:
    with pytest.raises(drive.package.errors.ConstraintError, match="tenant"):
        drive.package.Server.tenant_url(tenant=tenant)


def test_a_path_and_an_operation_have_servers_of_their_own(drive: Drive) -> None:
    with drive.anywhere() as (client, proxy):
        client.default.of_the_path()
        assert asked(proxy) == "GET http://files.example.com/store/files"
        client.default.of_the_operation()
        assert asked(proxy) == "PUT http://uploads.example.com/files"
        client.default.relative()
        assert asked(proxy) == "DELETE http://eu.example.com:8080/legacy/files"


def test_an_address_of_the_callers_is_for_all_of_them(drive: Drive) -> None:
    with drive() as (client, server):
        for method, target in (
            (client.default.of_the_path, "GET /files"),
            (client.default.of_the_operation, "PUT /files"),
            (client.default.relative, "DELETE /legacy/files"),
        ):
            method()
            assert asked(server) == target


@pytest.mark.parametrize(
    "base_url",
    [
        "ftp://a",
        "a",
        "//a",
        "http://",
        "http://u:p@a",
        "http://a?b",
        "http://a#b",
        "http://a b",
        "http://a\\b",
        "http://a/\r\n",
    ],
)
def test_what_is_no_address_is_refused(drive: Drive, base_url: str) -> None:
    for kind in (drive.package.Client, drive.package.AsyncClient):
        with pytest.raises(drive.package.errors.ConstraintError, match="base_url"):
            kind(base_url=base_url)
