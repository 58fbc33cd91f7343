"""Path items that are shared, and operations that lack a name or share one."""

from __future__ import annotations

import pytest

from .driving import Drive, asked, json, last

pytestmark = pytest.mark.feature("path_items")


def test_a_shared_path_item_has_operations_for_each_path(drive: Drive) -> None:
    with drive(json(b'{"name": "Tom"}')) as (client, server):
        tom = drive.package.GetCatsIdResponse(name="Tom")
        assert client.default.get_cats_id(1, at="now") == tom
        assert asked(server) == "GET /cats/1?at=now"
        assert client.default.get_dogs_id(2) == tom
        assert asked(server) == "GET /dogs/2"


def test_two_operations_of_one_id(drive: Drive) -> None:
    with drive() as (client, server):
        body = drive.package.ChangeAnimalBody(name=None)
        client.default.change_animal(1, body)
        assert asked(server) == "PATCH /cats/1"
        client.default.change_animal_2(1, body)
        assert asked(server) == "PATCH /dogs/1"
        assert last(server).content == b'{"name":null}'


def test_servers_of_a_path_and_of_an_operation(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.list()
        assert asked(server) == "GET /v2/reports"
        client.default.list_2()
        assert asked(server) == "POST /v3/reports"
        client.default.get_status()
        assert asked(server) == "GET /status"
