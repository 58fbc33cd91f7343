"""What a field holds that nobody gave: the default of the document, made anew."""

from __future__ import annotations

import pytest

from .driving import Drive, echo, json, last

pytestmark = pytest.mark.feature("defaults")

WHOLE = (
    b'{"terms":["all"],"weights":{"title":2,"body":0.5},'
    b'"page":{"size":10,"order":[{"by":"name","descending":false}]},"window":[],'
    b'"hints":{"deep":[1,null]},"rest":{"size":20},'
    b'"owners":["01234567-89ab-4cde-8f01-23456789abcd"],'
    b'"languages":["danish","dutch","english","finnish","french","german","hungarian","italian"]}'
)


def test_defaults_are_written(drive: Drive) -> None:
    with drive(echo) as (client, server):
        assert client.searches.run(drive.package.Search()) == drive.package.Search()
        assert last(server).content == WHOLE
        assert last(server).path == "/searches?fields=id&fields=name"


def test_defaults_stand_for_what_is_absent(drive: Drive) -> None:
    package = drive.package
    with drive(json(b'{"page":{}}')) as (client, _):
        found = client.searches.run(package.Search())
    assert found == package.Search(page=package.Page())
    assert found.page.size == 20
    assert found.terms == ["all"]


def test_what_is_changed_is_changed_of_one_value(drive: Drive) -> None:
    package = drive.package
    search = package.Search()
    search.terms.append("more")
    search.page.order[0].by = "size"
    search.hints["deep"].append(2)
    search.rest.size = 1
    assert package.Search().terms == ["all"]
    assert package.Search().page.order == [package.Order(by="name")]
    assert package.Search().hints == {"deep": [1, None]}
    assert package.Search().rest == package.Page()
    read = package.codecs.decode_search({})
    read.terms.append("more")
    assert package.codecs.decode_search({}).terms == ["all"]


def test_another_value_takes_its_place(drive: Drive) -> None:
    package = drive.package
    with drive(echo) as (client, server):
        search = package.Search(terms=[], weights={}, page=package.Page(order=[]), owners=[])
        assert client.searches.run(search, fields=["id"]) == search
        assert last(server).path == "/searches?fields=id"
        assert last(server).content.startswith(
            b'{"terms":[],"weights":{},"page":{"size":20,"order":[]},'
        )
