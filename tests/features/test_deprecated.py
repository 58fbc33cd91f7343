"""What nobody should use any more, as documentation says it."""

from __future__ import annotations

import inspect
from importlib import import_module

import pytest

from .driving import NOTHING, Drive

pytestmark = pytest.mark.feature("deprecated")


def test_a_class_and_a_field_say_so(drive: Drive) -> None:
    models = drive.package.models
    assert models.Bed.__doc__ == "Deprecated."
    source = inspect.getsource(models)
    for said in (
        'number: int | Unset = UNSET\n    """Deprecated."""\n',
        'floor: int | Unset = UNSET\n    """Deprecated. Where it is."""\n',
        'size: Size | Unset = UNSET\n    """Deprecated."""\n',
        '"store"] | Unknown\n"""Deprecated. What it is for."""\n',
    ):
        assert said in source


def test_a_method_says_so_of_itself_or_of_its_parameters(drive: Drive) -> None:
    client = import_module(f"{drive.package.__name__}.client")
    rooms = client.AsyncRooms if drive.is_async else client.Rooms
    assert rooms.list.__doc__ == "Deprecated. Return all rooms."
    said = "Deprecated. Send `DELETE /rooms`.\n\nArgs:\n    all_: Deprecated."
    assert inspect.getdoc(rooms.delete) == said
    told = inspect.getdoc(rooms.put)
    assert told is not None
    assert told.endswith("Args:\n    x_dry_run: Deprecated.\n    force: Deprecated.")


def test_it_works_all_the_same(drive: Drive) -> None:
    with drive(NOTHING) as (client, server):
        client.rooms.put(drive.package.Room(name="a", number=1), force=True)
        client.rooms.delete()
        assert [seen.path for seen in server.seen] == ["/rooms?force=true", "/rooms"]
