"""Schemas that are referred to by names and addresses of their own."""

from __future__ import annotations

import pytest

from .driving import Drive, echo, json, last

pytestmark = pytest.mark.feature("anchors")


def test_a_name_leads_to_the_schema_that_has_it(drive: Drive) -> None:
    package = drive.package
    folder = package.Folder(name="a", folders=[package.Folder(name="b")], size=0)
    with drive(echo) as (client, server):
        assert client.folders.make(folder) == folder
        assert last(server).content == b'{"name":"a","folders":[{"name":"b"}],"size":0}'
    with drive() as (client, server):
        for wrong in (package.Folder(name=""), package.Folder(name="a", size=-1)):
            with pytest.raises(package.errors.ConstraintError):
                client.folders.make(wrong)
        assert server.seen == []


def test_names_are_those_of_the_resource_around(drive: Drive) -> None:
    package = drive.package
    owner = package.Owner(name="", deputy=package.Owner(name="x"))
    with drive(json(b'{"name":"a","owner":{"name":"","deputy":{"name":"x"}}}')) as (client, _):
        assert client.folders.make(package.Folder(name="a")).owner == owner
    with pytest.raises(
        package.errors.DecodeError, match=r"owner\.name: expected a string of 0 to 9"
    ):
        package.codecs.decode_folder({"name": "a", "owner": {"name": "x" * 10}}, strict=True)
