"""Calls over the standard library: a race with a peer, what a client costs, and what stays behind.

Run as `python -m tests.bench.own_transport race` in the environment of openapi-python-client, with
`polar_stdlib` and `polar_peer` on the path; `construction` and `calls` need the first alone, and
`events` a package of the feature `event_streams`.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable
from importlib import import_module
from time import perf_counter
from typing import Any

from .loopback import serving

ROUNDS, CALLS = 60, 60
MANY = 10_000
# made while the measure runs, so that no type checker can know them
OURS = "polar_stdlib"
PEER = "polar_peer"
STREAMS = "streams_stdlib"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %d\r\n\r\n"


def race() -> tuple[float, float]:
    """Return the seconds of a call of ours and of the peer's, over one connection each."""
    ours, peer = import_module(OURS), import_module(PEER)
    ask: Any = import_module(f"{PEER}.api.oauth2.oauth2request_token").sync
    theirs: Any = import_module(f"{PEER}.models").WebTokenRequest
    given = {"client_id": "id", "client_secret": "secret", "session_token": "session"}
    with serving() as url, ours.Client(base_url=url) as client:
        other = peer.AuthenticatedClient(base_url=url, token="t")
        own_body, other_body = ours.WebTokenRequest(**given), theirs(grant_type="web", **given)

        def own() -> object:
            return client.oauth2.request_token(own_body).access_token

        def others() -> object:
            return ask(client=other, body=other_body).access_token

        assert own() == others() == "at"
        return _raced(own, others)


def _raced(*callers: Callable[[], object]) -> tuple[float, float]:
    least = [float("inf")] * len(callers)
    for _ in range(ROUNDS):
        for number, call in enumerate(callers):
            began = perf_counter()
            for _ in range(CALLS):
                call()
            least[number] = min(least[number], (perf_counter() - began) / CALLS)
    return least[0], least[1]


def construction() -> tuple[float]:
    """Return the seconds in which a client is made; what it sends with is made by the first call."""
    ours = import_module(OURS)

    def made() -> object:
        return ours.Client(base_url="https://localhost", access_token="t")

    return (_raced(made, made)[0],)


def calls() -> tuple[float]:
    """Return the bytes that are held after many calls and were not after some."""
    ours = import_module(OURS)
    body = ours.WebTokenRequest(client_id="id", client_secret="secret", session_token="session")
    with serving() as url, ours.Client(base_url=url) as client:

        def held(calls: int) -> int:
            for _ in range(calls):
                client.oauth2.request_token(body)
            gc.collect()
            return tracemalloc.get_traced_memory()[0]

        client.oauth2.request_token(body)
        tracemalloc.start()
        before = held(MANY // 10)
        return (held(MANY) - before,)


def events() -> tuple[float]:
    """Return the bytes by which the last tenth of a stream needs more at once than the second."""
    number, streams = 10 * MANY, import_module(STREAMS)
    lines = b"".join(
        b'data: {"type": "counted", "count": %d}\n\n' % count for count in range(number)
    )
    peaks: list[int] = []
    with (
        serving(HEAD % len(lines) + lines) as url,
        streams.Client(base_url=url) as client,
        client.default.ticks() as stream,
    ):
        del lines
        tracemalloc.start()
        for count, event in enumerate(stream):
            assert event.count == count
            if count % MANY == 0:
                peaks.append(tracemalloc.get_traced_memory()[1])
                tracemalloc.reset_peak()
        peaks.append(tracemalloc.get_traced_memory()[1])
    return (peaks[10] - peaks[2],)


if __name__ == "__main__":
    measures = {"race": race, "construction": construction, "calls": calls, "events": events}
    sys.stdout.write(" ".join(map(str, measures[sys.argv[1]]())) + "\n")
