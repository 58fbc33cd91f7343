"""Calls that are sent again, and the one that is not."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from .driving import Drive, Reply, Seen, Watch, json

pytestmark = pytest.mark.feature("retries")

BUSY = Reply(b"", 503, {})


def after(failures: list[Reply]) -> Callable[[Seen], Reply]:
    """Answer with failures first, then with what is asked for."""
    left = iter(failures)

    def reply(seen: Seen) -> Reply:
        return next(left, json(b'"it"') if seen.method == "GET" else Reply(b"", 204, {}))

    return reply


def test_what_is_idempotent_is_sent_again(drive: Drive, watch: Watch) -> None:
    with drive(after([BUSY, BUSY]), clock=watch) as (client, server):
        assert client.things.look() == "it"
        assert [seen.method for seen in server.seen] == ["GET"] * 3
    assert len(watch.slept) == 2
    with drive(after([BUSY, BUSY]), clock=watch) as (client, server):
        client.things.keep("kept")
        assert [seen.content for seen in server.seen] == [b'"kept"'] * 3


def test_what_is_not_is_sent_once_unless_the_caller_vouches(drive: Drive, watch: Watch) -> None:
    errors = drive.package.errors
    with drive(after([BUSY, BUSY]), clock=watch) as (client, server):
        with pytest.raises(errors.ServerError, match=r"answered 503$"):
            client.things.make()
        assert len(server.seen) == 1
        client.things.make(idempotent=True)
        assert len(server.seen) == 3


def test_retry_after_is_kept(drive: Drive, watch: Watch) -> None:
    said = [
        Reply(b"", 429, {"Retry-After": "12"}),
        Reply(b"", 503, {"Retry-After": "Sun, 06 Nov 1994 08:50:12 GMT"}),
    ]
    with drive(after(said), clock=watch) as (client, _):
        assert client.things.look() == "it"
    assert watch.slept == [12, 23]


def test_the_deadline_is_for_all_tries(drive: Drive, watch: Watch) -> None:
    said = [Reply(b"", 429, {"Retry-After": "12"})] * 9
    with drive(after(said), clock=watch, retries=8) as (client, server):
        with pytest.raises(drive.package.errors.TooManyRequests, match="after 3 tries"):
            client.things.look(deadline=30)
        assert (len(server.seen), watch.slept) == (3, [12, 12])


def test_a_call_says_how_often(drive: Drive, watch: Watch) -> None:
    with drive(after([BUSY] * 9), clock=watch, retries=1) as (client, server):
        for retries, sent in (({}, 2), ({"retries": 0}, 1), ({"retries": 3}, 4)):
            server.seen.clear()
            with pytest.raises(drive.package.errors.ServerError):
                client.things.look(**retries)
            assert len(server.seen) == sent


def test_a_token_request_is_sent_once_whatever_the_caller_says(drive: Drive, watch: Watch) -> None:
    with drive(BUSY, clock=watch, retries=5, idempotent=True) as (client, server):
        with pytest.raises(drive.package.errors.ServerError):
            client.tokens.token(drive.package.Grant(code="once"), idempotent=True)
        assert (len(server.seen), watch.slept) == (1, [])


def test_a_token_request_of_which_nothing_was_sent_is_tried_again(
    drive: Drive, watch: Watch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    unsent = pytest.raises(drive.package.errors.ConnectError, match="after 3 tries")
    with drive.client(base_url=url, clock=watch) as client, unsent:
        client.tokens.token(drive.package.Grant(code="once"))
    assert len(watch.slept) == 2
