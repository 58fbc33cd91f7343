"""The answer as it came, beside what it means."""

from __future__ import annotations

import pytest

from .driving import NOTHING, Drive, Reply, asked, json, last

pytestmark = pytest.mark.feature("raw")


def test_a_value_and_its_response(drive: Drive) -> None:
    reply = Reply(b'{ "name": "n" }', 200, {"Content-Type": "application/json", "X-Rate": "7"})
    with drive(reply) as (client, server):
        value, response = client.with_response(client.default.find, "a b", part="x")
        assert asked(server) == "GET /things/a%20b?part=x"
        assert value == drive.package.Thing(name="n")
        assert response.status == 200
        assert response.headers["x-rate"] == "7"
        assert response.headers["content-length"] == "15"
        assert response.content == b'{ "name": "n" }'
        assert response.media_type == "application/json"
        assert response.is_json
        assert type(response.elapsed) is float
        assert 0 < response.elapsed < 10


def test_nothing_and_its_response(drive: Drive) -> None:
    with drive() as (client, _):
        value, response = client.with_response(client.default.remove, "a")
        assert value is None
        assert (response.status, response.content) == (204, b"")


def test_every_call_has_a_response_of_its_own(drive: Drive) -> None:
    with drive(json(b'{"name": "a"}')) as (client, server):
        _, first = client.with_response(client.default.find, "a")
        server.reply = json(b'{"name": "b"}')
        client.default.find("b")
        server.reply = json(b'{"name": "c"}')
        _, second = client.with_response(client.default.find, "c", timeout=5)
        assert first.content == b'{"name": "a"}'
        assert second.content == b'{"name": "c"}'


def test_a_failure_has_its_response_as_well(drive: Drive) -> None:
    with drive(Reply(b"gone", 404, {"X-Rate": "0"})) as (client, _):
        with pytest.raises(drive.package.errors.NotFound) as caught:
            client.with_response(client.default.find, "a")
        assert caught.value.response.content == b"gone"
        assert caught.value.headers["x-rate"] == "0"
    with drive(NOTHING) as (client, _):
        with pytest.raises(drive.package.errors.StatusError) as caught:
            client.with_response(client.default.find, "a")
        assert caught.value.status == 204


def test_a_response_does_not_show_what_is_in_it(drive: Drive) -> None:
    with drive(json(b'{"name": "secret"}')) as (client, _):
        _, response = client.with_response(client.default.find, "a")
        assert repr(response).startswith("Response(status=200, elapsed=")
        assert "secret" not in repr(response)


def test_what_is_no_media_type_is_sent_as_it_stands(drive: Drive) -> None:
    with drive(Reply(b"\xff", 200, {"Content-Type": "example/of/three"})) as (client, server):
        assert client.default.replace("a", b"\xfe") == b"\xff"
        assert last(server).headers["content-type"] == "example/of/three"
        assert last(server).content == b"\xfe"
