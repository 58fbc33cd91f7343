"""Forms that are maps, anything or null, and those that are no objects."""

from __future__ import annotations

import pytest

from .driving import Drive, Reply, last

pytestmark = pytest.mark.feature("form_shapes")
FORM = "application/x-www-form-urlencoded"


def test_a_map_by_either_encoding(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.post_map({"a b": "c", "d": None})
        assert last(server).content == b"a+b=c"
        client.default.post_map({"a": "c"}, content_type="multipart/form-data")
        assert b'name="a"\r\n\r\nc\r\n' in last(server).content
        with pytest.raises(drive.package.errors.ConstraintError):
            client.default.post_map({"a": "longer than five"})


def test_anything_that_is_an_object(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.post_anything({"a": [1, 2]})
        assert last(server).content == b"a=1&a=2"
        client.default.post_free({"a": True})
        assert b'name="a"\r\n\r\ntrue\r\n' in last(server).content
        with pytest.raises(drive.package.errors.ConstraintError) as caught:
            client.default.post_free([1])
        assert str(caught.value) == "$.body: expected an object"


def test_null_is_a_form_without_members(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.post_null(None)
        assert last(server).content == b""
        assert last(server).headers["content-type"] == FORM
        client.default.post_null(drive.package.Pet(name="Tom"))
        assert last(server).content == b"name=Tom"
        client.default.post_null()
        assert "content-type" not in last(server).headers


def test_files_behind_another_name(drive: Drive) -> None:
    upload = drive.package.Upload(file=b"\x00")
    with drive() as (client, server):
        for post in (client.default.post_alias, client.default.post_file):
            post(upload)
            assert b'name="file"; filename="file"\r\n' in last(server).content
            assert b"\r\n\r\n\x00\r\n" in last(server).content
        client.default.post_file(None)
        assert last(server).content.startswith(b"--")


def test_no_object_is_text(drive: Drive) -> None:
    with drive(Reply(b"name=Tom&name=Kit", 200, {"Content-Type": FORM})) as (client, server):
        assert client.default.post_pairs("name=Tom") == "name=Tom&name=Kit"
        assert last(server).content == b"name=Tom"
        assert last(server).headers["content-type"] == FORM
