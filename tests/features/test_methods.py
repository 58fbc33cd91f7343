"""Methods that are sent as the document writes them."""

from __future__ import annotations

import pytest

from .driving import Drive, Reply, asked, json, last

pytestmark = pytest.mark.feature("methods")


def test_query_has_a_body(drive: Drive) -> None:
    with drive(json(b"[1, 2]")) as (client, server):
        body = drive.package.SearchFileBody(text="a")
        assert client.default.search_file("x", body) == [1, 2]
        assert asked(server) == "QUERY /files/x"
        assert last(server).content == b'{"text":"a"}'


def test_a_method_that_openapi_has_no_field_for(drive: Drive) -> None:
    with drive(Reply(b"", 201, {})) as (client, server):
        client.default.copy_file("a b", destination="/files/c")
        assert asked(server) == "COPY /files/a%20b"
        assert last(server).headers["destination"] == "/files/c"


def test_capitals_are_kept_as_they_are(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.m_search_files_name("x")
        assert asked(server) == "M-Search /files/x"
