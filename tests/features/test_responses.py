"""Answers told apart by status."""

from __future__ import annotations

import pytest

from .driving import NOTHING, Drive, Reply, asked, json

pytestmark = pytest.mark.feature("responses")


def test_exact_statuses(drive: Drive) -> None:
    replies = [
        (json(b'{"value": 1}', 200), drive.package.models.Result(value=1)),
        (json(b'{"token": "t"}', 202), drive.package.models.Ticket(token="t")),
        (NOTHING, None),
    ]
    for reply, value in replies:
        with drive(reply) as (client, server):
            assert client.default.start() == value
            assert asked(server) == "POST /jobs"


def test_a_failure_has_a_body_as_described(drive: Drive) -> None:
    problem = Reply(b'{"title": "gone"}', 404, {"Content-Type": "application/problem+json"})
    with drive(problem) as (client, _):
        with pytest.raises(drive.package.errors.NotFound) as caught:
            client.default.start()
        assert caught.value.body == drive.package.models.Problem(title="gone")
        assert caught.value.json == {"title": "gone"}


def test_a_range(drive: Drive) -> None:
    with drive(json(b'{"value": 2}', 206)) as (client, _):
        assert client.default.in_a_range().value == 2
        with pytest.raises(drive.package.errors.StatusError):
            client.default.start()
    with drive(Reply(b"<p>", 503, {"Content-Type": "text/html"})) as (client, _):
        with pytest.raises(drive.package.errors.ServerError) as caught:
            client.default.start()
        assert caught.value.body == "<p>"


def test_the_rest(drive: Drive) -> None:
    kind = {"Content-Type": "application/vnd.any+json"}
    with drive(Reply(b'["a"]', 203, kind)) as (client, _):
        assert client.default.anything_goes() == ["a"]
    with drive(Reply(b'["b"]', 418, kind)) as (client, _):
        with pytest.raises(drive.package.errors.StatusError) as caught:
            client.default.anything_goes()
        assert caught.value.body == ["b"]


def test_no_answer_is_described(drive: Drive) -> None:
    with drive(Reply(b"whatever", 200, {})) as (client, server):
        assert client.default.remove() is None
        assert asked(server) == "DELETE /nothing"
