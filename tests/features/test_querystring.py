"""One parameter that is the whole query (OpenAPI 3.2.0, `in: querystring`)."""

from __future__ import annotations

import pytest

from .driving import Drive, asked

pytestmark = pytest.mark.feature("querystring")


def test_a_form(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.by_form(search=drive.package.Search(q="a b&c=é", tags=["x", "y+z"]))
        assert asked(server) == "GET /form?q=a+b%26c%3D%C3%A9&tags=x&tags=y%2Bz"


def test_json(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.by_json(search=drive.package.Search(q="a", tags=["b"]))
        assert asked(server) == "GET /json?%7B%22q%22%3A%22a%22%2C%22tags%22%3A%5B%22b%22%5D%7D"
        client.default.by_json()
        assert asked(server) == "GET /json"


def test_text(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.by_text(selector="$.a[0]&b é#")
        assert asked(server) == "GET /text?%24.a%5B0%5D%26b%20%C3%A9%23"


def test_there_may_be_more_of_the_callers(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.by_form(search=drive.package.Search(q="a"), extra_query={"debug": True})
        assert asked(server) == "GET /form?q=a&debug=true"
