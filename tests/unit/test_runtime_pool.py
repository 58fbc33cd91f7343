"""Connections between calls, over real sockets: kept while they are good, and taken from who gives up."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Thread
from time import sleep

import pytest
from runtime import _pool
from runtime._connection import Connection
from runtime._hold import Hold
from runtime._origin import Origin, split
from runtime._pool import Pool, Room
from runtime.errors import ConnectTimeout, ConstraintError, TransportError

HERE: Origin = split("https://a.test")[0]
THERE: Origin = split("http://a.test")[0]


class Ends:
    """Connections to this process, and their other ends."""

    def __init__(self) -> None:
        self.others: list[socket.socket] = []
        self.made: list[Connection] = []

    def connection(self) -> Connection:
        ours, theirs = socket.socketpair()
        self.others.append(theirs)
        self.made.append(Connection(ours))
        return self.made[-1]

    def close(self) -> None:
        for other in self.others:
            other.close()
        for connection in self.made:
            connection.close()


@pytest.fixture
def ends() -> Iterator[Ends]:
    found = Ends()
    yield found
    found.close()


def is_closed(connection: Connection) -> bool:
    return connection.wire.fileno() < 0


def test_the_last_of_an_origin_is_taken_first(ends: Ends) -> None:
    pool, kept = Pool(9), [ends.connection() for _ in range(3)]
    for origin, connection in zip((HERE, HERE, THERE), kept, strict=True):
        pool.give(origin, connection)
    assert [pool.take(HERE) for _ in range(3)] == [kept[1], kept[0], None]
    assert pool.take(THERE) is kept[2]


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_what_has_ended_or_says_what_nobody_asked_for_is_closed(ends: Ends, said: bytes) -> None:
    pool, kept = Pool(9), [ends.connection() for _ in range(2)]
    for connection in kept:
        pool.give(HERE, connection)
    if said:
        ends.others[1].sendall(said)
    else:
        ends.others[1].close()
    assert pool.take(HERE) is kept[0]
    assert is_closed(kept[1])


@pytest.fixture
def many_files() -> Iterator[None]:
    """Have more files open than `select` knows of."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (2048, hard))
    with ExitStack() as opened:
        for _ in range(1024):
            opened.enter_context(open(os.devnull, "rb"))
        yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("many_files")
def test_a_connection_is_kept_however_many_files_are_open(ends: Ends) -> None:
    pool, kept = Pool(9), ends.connection()
    pool.give(HERE, kept)
    assert kept.wire.fileno() > 1023
    assert pool.take(HERE) is kept


def test_few_are_kept_and_not_for_long(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    pool, kept = Pool(99), [ends.connection() for _ in range(25)]
    for connection in kept:
        pool.give(HERE, connection)
    assert [is_closed(connection) for connection in kept] == [True] * 5 + [False] * 20
    monkeypatch.setattr(_pool, "_IDLE", 0.0)
    assert pool.take(HERE) is None
    assert all(map(is_closed, kept))
    monkeypatch.setattr(_pool, "_IDLE", 0.01)
    old, new = ends.connection(), ends.connection()
    pool.give(THERE, old)
    sleep(0.02)
    pool.give(HERE, new)
    assert (is_closed(old), is_closed(new)) == (True, False)


def test_a_closed_pool_keeps_nothing(ends: Ends) -> None:
    pool, first, second = Pool(9), ends.connection(), ends.connection()
    pool.give(HERE, first)
    pool.close()
    pool.give(HERE, second)
    assert is_closed(first)
    assert is_closed(second)
    assert pool.take(HERE) is None


def test_there_are_at_most_so_many() -> None:
    pool = Pool(1)
    pool.enter(lambda: 1.0)
    with pytest.raises(ConnectTimeout, match="all connections are in use"):
        pool.enter(lambda: 0.01)
    pool.room.leave()
    pool.enter(lambda: None)


def test_room_is_for_who_came_first() -> None:
    room = Room(1)
    assert room.ask() is None
    given_up, second, third = waiting = [place for _ in range(3) if (place := room.ask())]
    assert not any(place.done() for place in waiting)
    room.give_up(given_up)
    room.leave()
    assert [place.done() for place in waiting] == [False, True, False]
    room.give_up(second)  # it came while its owner gave up
    assert third.done()
    room.leave()
    assert [room.ask() is None for _ in range(2)] == [True, False]


@pytest.mark.parametrize("most", [0, -1])
def test_there_is_room_for_one_at_least(most: int) -> None:
    with pytest.raises(
        ConstraintError, match=r"\$\.most: expected a number of connections above 0"
    ):
        Pool(most)


def test_who_is_interrupted_leaves_its_place() -> None:
    def interrupted() -> float:
        raise KeyboardInterrupt

    pool = Pool(1)
    pool.enter(lambda: None)
    with pytest.raises(KeyboardInterrupt):
        pool.enter(interrupted)
    pool.room.leave()
    pool.enter(lambda: 0.01)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no child processes of this kind")
def test_a_child_process_leaves_what_is_its_parents(ends: Ends) -> None:
    pool, kept = Pool(9), ends.connection()
    pool.give(HERE, kept)
    child = os.fork()
    if not child:
        os._exit(0 if pool.take(HERE) is None else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    ends.others[0].settimeout(0)
    with pytest.raises(BlockingIOError):  # it is open as ever
        ends.others[0].recv(1)
    assert pool.take(HERE) is kept


def test_who_waits_is_woken_when_the_call_is_given_up(ends: Ends) -> None:
    connection, hold, came = ends.connection(), Hold(), list[bytes]()
    hold.take(connection.wire)
    waiting = Thread(target=lambda: came.append(connection.some(9, lambda: 9.0)))
    waiting.start()
    sleep(0.02)
    hold.end()
    waiting.join(5)
    assert came == [b""]
    assert not is_closed(connection), "its number may not become another's while somebody waits"
    with pytest.raises(TransportError, match="given up"):
        hold.release()
    hold.close()
    assert is_closed(connection)


def test_what_was_released_is_nobodys_to_end(ends: Ends) -> None:
    connection, hold = ends.connection(), Hold()
    hold.take(connection.wire)
    hold.release()
    hold.end()
    hold.close()
    assert connection.is_idle()


def test_who_gave_up_gets_no_other_socket(ends: Ends) -> None:
    hold = Hold()
    hold.end()
    with pytest.raises(TransportError, match="given up"):
        hold.take(ends.connection().wire)
    hold.close()
    assert is_closed(ends.made[0])
