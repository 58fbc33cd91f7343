"""What a client may be told, once or for a call: headers, limits and whom to be."""

from __future__ import annotations

from threading import Event

import pytest

from .driving import PATIENCE, Drive, Reply, Seen, last

pytestmark = pytest.mark.feature("ways_out")
TEXT = Reply(b"text", 200, {"Content-Type": "text/plain"})


def test_headers_of_every_request(drive: Drive) -> None:
    note = drive.package.Note(text="a")
    with drive(TEXT, default_headers={"X-All": "a", "X-Kind": "default"}) as (client, server):
        client.default.nothing()
        assert last(server).headers["x-all"] == "a"
        client.default.nothing(extra_headers={"x-all": "b"})
        assert last(server).headers["x-all"] == "b"
        server.reply = Reply(b"", 204, {})
        client.default.as_json(note)
        assert last(server).headers["x-kind"] == "default"
        for bad in ({"X-A": "a\r\nb"}, {"X A": "a"}):
            with pytest.raises(drive.package.errors.ConstraintError):
                client.with_options(default_headers=bad)


def test_who_is_calling(drive: Drive) -> None:
    with drive(TEXT) as (client, server):
        client.default.nothing()
        assert last(server).headers["user-agent"] == "Ways-Out-client/1"
        client.default.nothing(extra_headers={"User-Agent": "mine/2"})
        assert last(server).headers["user-agent"] == "mine/2"
        client.with_options(default_headers={"user-agent": "ours/3"}).default.nothing()
        assert last(server).headers["user-agent"] == "ours/3"


def test_nothing_else_leaves(drive: Drive) -> None:
    with drive(TEXT, token="t") as (client, server):
        client.default.nothing()
        port = server.url.rpartition(":")[2]
        assert last(server).headers == {
            "host": f"127.0.0.1:{port}",
            "user-agent": "Ways-Out-client/1",
            "accept": "text/plain",
            "accept-encoding": "gzip, deflate",
            "authorization": "Bearer t",
        }


def test_clients_with_other_options_share_a_connection(drive: Drive) -> None:
    with drive(TEXT, token="t", default_headers={"X-A": "a"}) as (client, server):
        client.default.nothing()
        for options, sent in (
            ({"timeout": 5}, ("Bearer t", "a", None)),
            ({"max_bytes": 4}, ("Bearer t", "a", None)),
            ({"default_headers": {"X-B": "b"}}, ("Bearer t", None, "b")),
            ({"token": "u"}, ("Bearer u", "a", None)),
            ({"token": None}, (None, "a", None)),
        ):
            assert client.with_options(**options).default.nothing() == "text"
            headers = last(server).headers
            found = tuple(headers.get(name) for name in ("authorization", "x-a", "x-b"))
            assert found == sent
        client.default.nothing()
        assert last(server).headers["authorization"] == "Bearer t"
        assert len(server.connections) == 1


def test_no_more_bytes_than_allowed(drive: Drive) -> None:
    with drive(TEXT) as (client, _):
        assert client.default.nothing(max_bytes=4) == "text"
        with pytest.raises(drive.package.errors.TransportError, match="max_bytes"):
            client.default.nothing(max_bytes=3)
        less = client.with_options(max_bytes=3)
        with pytest.raises(drive.package.errors.TransportError, match="max_bytes"):
            less.default.nothing()
        assert less.default.nothing(max_bytes=4) == "text"
        for bad in (0, -1, True, 1.5):
            with pytest.raises(drive.package.errors.ConstraintError, match="max_bytes"):
                client.default.nothing(max_bytes=bad)


def test_no_longer_than_allowed(drive: Drive) -> None:
    told = Event()

    def late(_: Seen) -> Reply:
        told.wait(PATIENCE)
        return TEXT

    with drive(late) as (client, _):
        hasty = client.with_options(timeout=0.05, retries=0)
        for impatient, options in ((client, {"timeout": 0.05, "retries": 0}), (hasty, {})):
            with pytest.raises(drive.package.errors.Timeout) as caught:
                impatient.default.nothing(**options)
            assert str(caught.value).startswith("GET /nothing failed: ")
        told.set()
        assert hasty.default.nothing(timeout=None) == "text"


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), True, "1"])
def test_what_is_no_time_is_refused(drive: Drive, timeout: object) -> None:
    with drive(TEXT) as (client, server):
        with pytest.raises(drive.package.errors.ConstraintError, match="timeout"):
            client.default.nothing(timeout=timeout)
        with pytest.raises(drive.package.errors.ConstraintError, match="timeout"):
            client.with_options(timeout=timeout)
        assert server.seen == []


def test_a_client_that_is_closed(drive: Drive) -> None:
    with drive(TEXT) as (client, server):
        other = client.with_options(timeout=1)
        client.default.nothing()
        (client.aclose if drive.is_async else client.close)()
        for closed in (client, other):
            with pytest.raises(drive.package.errors.TransportError, match="closed"):
                closed.default.nothing()
        assert len(server.seen) == 1
