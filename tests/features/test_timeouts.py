"""How long a connection, a wait and a whole call may take."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic
from typing import Any

import pytest

from .driving import Drive

pytestmark = pytest.mark.feature("timeouts")

BRIEF = 0.2
LONG = 30.0


@pytest.fixture
def silent() -> Iterator[str]:
    """A server that takes connections, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def full() -> Iterator[str]:
    """A server that takes no more connections: those that wait to be taken fill its queue."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def refused(drive: Drive, url: str, own: dict[str, Any], call: dict[str, Any]) -> Any:
    """Return what is raised, by a client that does not try again, and soon."""
    start = monotonic()
    with (
        drive.client(base_url=url, retries=0, **own) as client,
        pytest.raises(drive.package.errors.Timeout) as caught,
    ):
        client.things.look(**call)
    assert monotonic() - start < LONG / 2
    return caught.value


@pytest.mark.parametrize(
    ("own", "call"),
    [
        ({"timeout": BRIEF}, {}),
        ({"timeout": LONG}, {"timeout": BRIEF}),
        ({"timeout": BRIEF, "connect_timeout": LONG}, {}),
        ({"timeout": LONG, "deadline": BRIEF}, {}),
        ({"timeout": LONG}, {"deadline": BRIEF}),
    ],
)
def test_an_answer_has_its_time(
    drive: Drive, silent: str, own: dict[str, Any], call: dict[str, Any]
) -> None:
    error = refused(drive, silent, own, call)
    assert not isinstance(error, drive.package.errors.ConnectError)


@pytest.mark.parametrize(
    ("own", "call"),
    [
        ({"timeout": LONG, "connect_timeout": BRIEF}, {}),
        ({"timeout": LONG, "connect_timeout": LONG}, {"connect_timeout": BRIEF}),
        ({"timeout": LONG}, {"connect_timeout": BRIEF}),
        ({"timeout": BRIEF}, {}),
    ],
)
def test_a_connection_has_its_own(
    drive: Drive, full: str, own: dict[str, Any], call: dict[str, Any]
) -> None:
    error = refused(drive, full, own, call)
    assert isinstance(error, drive.package.errors.ConnectTimeout)


@pytest.mark.parametrize("name", ["timeout", "connect_timeout", "deadline"])
@pytest.mark.parametrize("bad", [0, -1, True, "1", float("nan"), float("inf"), 1e10])
def test_each_is_a_number_of_seconds(drive: Drive, silent: str, name: str, bad: object) -> None:
    said = rf"^\$\.{name}: expected a number of seconds above 0, 2,000,000 at most$"
    with drive.client(base_url=silent) as client:
        with pytest.raises(drive.package.errors.ConstraintError, match=said):
            client.things.look(**{name: bad})
        with pytest.raises(drive.package.errors.ConstraintError, match=said):
            client.with_options(**{name: bad})
