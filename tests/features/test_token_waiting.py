"""Sources of tokens that many ask at once: one request serves them all."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest

from .conftest import Make
from .driving import PATIENCE, Recorder, Reply, Seen, recording, run
from .sources import Clock, Issuer

pytestmark = pytest.mark.feature("token_sources", "waiting")

MANY = 100
LOGIN = {"client_id": "id", "client_secret": "secret"}


@pytest.fixture
def oauth(make: Make) -> Any:
    return make("token_sources").oauth


def slowly(reply: Callable[[Seen], Reply], seconds: float = 0.3) -> Callable[[Seen], Reply]:
    def answer(seen: Seen) -> Reply:
        sleep(seconds)  # for all who will wait to be waiting
        return reply(seen)

    return answer


@contextmanager
def expired(oauth: Any, kind: str, reply: Callable[[Seen], Reply], **more: Any) -> Generator[Any]:
    """Return a server, and a source whose tokens have just expired."""
    clock = Clock()
    held = oauth.Tokens(
        access_token="old", refresh_token="rt-0", expires_in=3600, expires_at=clock.now
    )
    with recording(reply) as server:
        source = getattr(oauth, kind)(held, **LOGIN, base_url=server.url, clock=clock, **more)
        yield server, source, clock


def together(source: Callable[[], str]) -> list[str | Exception]:
    """Return what many threads get that ask at once."""
    start = Barrier(MANY)

    def ask(_: int) -> str | Exception:
        start.wait(PATIENCE)
        try:
            return source()
        except Exception as error:
            return error

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(ask, range(MANY)))


def test_a_hundred_threads_cause_one_request(oauth: Any) -> None:
    with expired(oauth, "TokenSource", slowly(Issuer())) as (server, source, clock):
        assert together(source) == ["at-1"] * MANY
        assert len(server.seen) == 1
        clock.now += 3600
        assert together(source) == ["at-2"] * MANY
        assert len(server.seen) == 2


def test_a_hundred_tasks_cause_one_request(oauth: Any) -> None:
    async def main(source: Any) -> list[Any]:
        return list(await asyncio.gather(*(source() for _ in range(MANY))))

    with expired(oauth, "AsyncTokenSource", slowly(Issuer())) as (server, source, clock):
        assert asyncio.run(main(source)) == ["at-1"] * MANY
        assert len(server.seen) == 1
        clock.now += 3600
        assert asyncio.run(main(source)) == ["at-2"] * MANY  # in another loop
        assert len(server.seen) == 2


def test_loops_of_several_threads_cause_one_request(oauth: Any) -> None:
    start = Barrier(4)

    def run(source: Any) -> list[Any]:
        async def main() -> list[Any]:
            return list(await asyncio.gather(*(source() for _ in range(MANY // 4))))

        start.wait(PATIENCE)
        return asyncio.run(main())

    with expired(oauth, "AsyncTokenSource", slowly(Issuer())) as (server, source, _):
        with ThreadPoolExecutor(4) as pool:
            got = list(pool.map(run, [source] * 4))
        assert got == [["at-1"] * (MANY // 4)] * 4
        assert len(server.seen) == 1


def test_threads_that_wait_are_told_of_a_failure_which_is_not_remembered(oauth: Any) -> None:
    issuer, failures = Issuer(), [Reply(b"", 503)]

    def reply(seen: Seen) -> Reply:
        return failures.pop() if failures else issuer(seen)

    with expired(oauth, "TokenSource", slowly(reply)) as (server, source, _):
        told = together(source)
        assert {str(error) for error in told} == {"POST /v1/oauth2/token answered 503"}
        assert len(set(map(id, told))) == MANY  # each its own, or their tracebacks would mingle
        assert len(server.seen) == 1
        assert source() == "at-1"


def test_tasks_that_wait_are_told_of_a_failure_which_is_not_remembered(oauth: Any) -> None:
    issuer, failures = Issuer(), [Reply(b"", 503)]

    def reply(seen: Seen) -> Reply:
        return failures.pop() if failures else issuer(seen)

    async def main(source: Any) -> None:
        asked = (source() for _ in range(MANY))
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert {str(error) for error in told} == {"POST /v1/oauth2/token answered 503"}
        assert await source() == "at-1"

    with expired(oauth, "AsyncTokenSource", slowly(reply)) as (server, source, _):
        asyncio.run(main(source))
        assert len(server.seen) == 2


def test_who_stops_waiting_takes_nothing_from_the_others(oauth: Any) -> None:
    async def main(source: Any, server: Recorder) -> None:
        first = asyncio.create_task(source())
        others = [asyncio.create_task(source()) for _ in range(3)]
        while not server.connections:
            await asyncio.sleep(0.01)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert await asyncio.gather(*others) == ["at-1"] * 3
        assert len(server.seen) == 1

    with expired(oauth, "AsyncTokenSource", slowly(Issuer())) as (server, source, _):
        asyncio.run(main(source, server))


def test_tokens_are_stored_though_all_have_stopped_waiting(oauth: Any) -> None:
    stored: list[str] = []

    async def store(tokens: Any) -> None:
        await asyncio.sleep(0)
        stored.append(tokens.refresh_token)

    async def main(source: Any, server: Recorder) -> None:
        waiting = [asyncio.create_task(source()) for _ in range(3)]
        while not server.connections:
            await asyncio.sleep(0.01)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert not stored
        await source.settled()
        assert stored == ["rt-1"]
        assert await source() == "at-1"

    reply = slowly(Issuer())
    with expired(oauth, "AsyncTokenSource", reply, on_rotation=store) as (server, source, _):
        asyncio.run(main(source, server))
        assert len(server.seen) == 1


def test_a_loop_that_ends_over_a_request_holds_up_nobody(oauth: Any) -> None:
    let_go = Event()

    def reply(seen: Seen) -> Reply:
        let_go.wait(PATIENCE)
        return Issuer()(seen)

    async def leave(source: Any) -> None:
        task = asyncio.create_task(source())
        while not server.seen:
            await asyncio.sleep(0.01)
        assert not task.done()

    with expired(oauth, "AsyncTokenSource", reply) as (server, source, _):
        asyncio.run(leave(source))
        let_go.set()
        assert asyncio.run(source()) == "at-1"
        assert len(server.seen) == 2


def test_a_loop_that_is_closed_over_a_request_holds_up_nobody(oauth: Any) -> None:
    let_go = Event()

    def reply(seen: Seen) -> Reply:
        let_go.wait(PATIENCE)
        return Issuer()(seen)

    with expired(oauth, "AsyncTokenSource", reply) as (server, source, _):
        loop = asyncio.new_event_loop()
        left = loop.create_task(source())
        while not server.seen:
            loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()  # nothing in it is cancelled
        let_go.set()
        assert asyncio.run(source()) == "at-1"
        assert len(server.seen) == 2
        del left


def test_a_loop_that_is_closed_before_it_tells_of_a_failure_holds_up_nobody(oauth: Any) -> None:
    """The request is over, and the loop has stopped before it could say so."""
    stopped: list[bool] = []

    async def store(_: Any) -> None:
        if not stopped:
            asyncio.get_running_loop().stop()  # at the end of this round
            stopped.append(True)
            raise OSError("disk full")

    async def main(source: Any) -> str:
        token: str = await asyncio.wait_for(source(), PATIENCE)
        return token

    with expired(oauth, "AsyncTokenSource", Issuer(), on_rotation=store) as (server, source, _):
        loop = asyncio.new_event_loop()
        left = loop.create_task(source())
        loop.run_forever()
        loop.close()
        assert asyncio.run(main(source)) == "at-1"
        assert len(server.seen) == 1
        del left


FORKED = """
import os, signal, sys, time
from threading import Thread
from feature_token_sources import oauth

start = oauth.ClientCredentials()
source = oauth.TokenSource(start, client_id="id", client_secret="s", base_url=sys.argv[1])
thread = Thread(target=source)
thread.start()
time.sleep(0.3)  # the request is under way
child = os.fork()
if not child:
    signal.alarm(10)
    print(source(), flush=True)
    os._exit(0)
thread.join()
print(source(), flush=True)
os.waitpid(child, 0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no child processes of this kind")
def test_a_child_process_waits_for_no_request_of_its_parent(oauth: Any, tmp_path: Path) -> None:
    """The thread that makes it is not there."""
    folder = Path(oauth.__file__).parent.parent
    with recording(slowly(Issuer(), 1.0)) as server:
        done = run(
            *(sys.executable, "-W", "ignore", "-c", FORKED, server.url),
            cwd=tmp_path,
            paths=(folder,),
        )
    assert done.stderr == ""
    assert sorted(done.stdout.split()) == ["at-1", "at-2"]


def test_what_stores_tokens_cannot_ask_for_one(oauth: Any, make: Make) -> None:
    error = make("token_sources").errors.Error

    def ask(_: Any) -> None:
        source()

    said = pytest.raises(error, match="asked for by what stores them")
    with expired(oauth, "TokenSource", Issuer(), on_rotation=ask) as (_, source, _), said:
        source()
