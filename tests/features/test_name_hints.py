"""What extensions call things is what they are called: on the wire nothing changes."""

from __future__ import annotations

import pytest

from .driving import NOTHING, Drive, asked, json, last

pytestmark = pytest.mark.feature("name_hints")


def test_groups_methods_and_parameters(drive: Drive) -> None:
    light = drive.package.Light(colour=1, size="large")
    with drive(json(b'[{"c": 1, "size": "large"}]')) as (client, server):
        assert client.lights.list(colour=1) == [light]
        assert asked(server) == "GET /v1/lights?c=1"
    with drive(NOTHING) as (client, server):
        client.lights.post_v1_add(light)
        assert last(server).content == b'{"c":1,"size":"large"}'


def test_types_and_fields(drive: Drive) -> None:
    package = drive.package
    room = package.ImportOsRoom(floor=1)
    light = package.Light(colour=0, mode="b", import_os_room=room)
    written = {"c": 0, "mode": "b", "place": {"floor": 1}}
    assert package.codecs.encode_light(light) == written
    assert package.codecs.decode_light(written) == light


def test_what_values_are_called_is_prose_alone(drive: Drive) -> None:
    with drive() as (client, _), pytest.raises(drive.package.errors.ConstraintError):
        client.lights.list(colour="Red")
