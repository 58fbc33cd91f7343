"""Whatever a server does, a call ends, in an error of ours, and shows no secret to anybody."""

from __future__ import annotations

import re
import socket
import sys
import tracemalloc
from asyncio import Runner
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from inspect import iscoroutine
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from traceback import walk_tb
from types import ModuleType
from typing import Any, TypeAlias

import httpx
import httpx2
import polar_oauth2
import pytest
from polar_oauth2 import errors

from specloom.cli import main

from .fault_server import (
    DEEP,
    FAULTS,
    KEPT,
    MEGABYTE,
    SECRET,
    SLOW_READER,
    SPEC,
    FaultServer,
    failing,
)
from .standard import standard
from .support import PATIENCE, ROOT
from .telling import told
from .watch import Hurried

MOST = 2**16  # bytes of an answer
BRIEF = 0.3  # seconds, where nothing comes

OUTCOMES: tuple[tuple[type[errors.Error] | None, str, str], ...] = (
    (errors.Timeout, "… failed: ReadTimeout", "silence silence-in-the-head silence-in-the-body"),
    (
        errors.Timeout,
        "… failed: the call took longer than `deadline`",
        "drip-of-the-status drip-of-the-head drip-of-the-body drip-of-chunks drip-of-gzip "
        "drip-of-hints endless-hints",
    ),
    (
        errors.TransportError,
        "… failed: RemoteProtocolError",
        "hangs-up cut-in-the-status cut-in-the-head cut-in-the-body cut-between-chunks "
        "cut-in-a-chunk garbage garbage-in-the-head garbage-as-size garbage-as-length "
        "negative-length two-lengths unknown-transfer endless-status endless-head endless-size "
        "endless-trailer another-protocol",
    ),
    (errors.TransportError, "… failed: ReadError", "resets"),
    (
        errors.TransportError,
        "… failed: the answer is packed in a way that nobody asked for",
        "packed-br packed-twice packed-odd",
    ),
    (errors.TransportError, "… failed: the answer ends before it is whole", "packed-cut"),
    (
        errors.TransportError,
        "… failed: the answer cannot be unpacked",
        "packed-badly packed-raw packed-and-garbage packed-in-two endless-after-all "
        "endless-nothing",
    ),
    (
        errors.TransportError,
        "… failed: the answer is larger than `max_bytes`",
        "bomb-gzip bomb-deflate bomb-500 larger gigantic endless endless-chunks",
    ),
    (errors.StatusError, "… answered 206", "206"),
    (errors.StatusError, "… answered 301", "301"),
    (errors.StatusError, "… answered 302", "302"),
    (errors.StatusError, "… answered 303", "303"),
    (errors.StatusError, "… answered 307", "307"),
    (errors.StatusError, "… answered 308", "308"),
    (errors.TooManyRequests, "… answered 429", "429 429-soon"),
    (errors.ServerError, "… answered 500", "500"),
    (errors.ServerError, "… answered 503", "503-at"),
    (errors.DecodeError, "$: expected a JSON document, found nothing", "empty"),
    (
        errors.DecodeError,
        "$: expected content of type application/json, found another type",
        "html no-type",
    ),
    (
        errors.DecodeError,
        "$: expected a JSON document, found something else",
        "json-cut json-latin-1 json-utf-16",
    ),
    (errors.DecodeError, "$: expected at most 100 levels, found more", "json-deep"),
    (errors.DecodeError, "$.access_token: expected a string, found an array", "json-misfit"),
    (
        errors.DecodeError,
        "$: expected text in a known charset, found another",
        "text-of-no-charset text-of-no-codec text-of-a-codec",
    ),
    (errors.DecodeError, "$: expected text in utf-8, found something else", "text-no-utf-8"),
    (errors.DecodeError, "$: expected text in us-ascii, found something else", "text-no-ascii"),
    (None, "the answer is read", "length-twice text-html octets-html packed"),
    (None, "the answer is read up to there", "longer-than-said"),
    (None, "the last answer is read", "hints"),
    (None, "the answer is read, the cookie is not", "cookie"),
    (None, "it is left alone", "204-with-a-body"),
)
OWN_OUTCOMES: tuple[tuple[type[errors.Error], str, str], ...] = (
    (
        errors.Timeout,
        "… failed: no answer within `timeout`",
        "silence silence-in-the-head silence-in-the-body",
    ),
    (
        errors.TransportError,
        "… failed: the connection was closed before the answer was whole",
        "hangs-up cut-in-the-status cut-in-the-head cut-in-the-body cut-between-chunks "
        "cut-in-a-chunk",
    ),
    (errors.TransportError, "… failed: ConnectionResetError", "resets"),
    (errors.TransportError, "… failed: the answer is no HTTP/1.1", "garbage garbage-in-the-head"),
    (
        errors.TransportError,
        "… failed: the answer has a chunk that is none",
        "garbage-as-size",
    ),
    (
        errors.TransportError,
        "… failed: the length of the answer is no number",
        "garbage-as-length negative-length two-lengths",
    ),
    (
        errors.TransportError,
        "… failed: the answer is framed in a way that nobody asked for",
        "unknown-transfer",
    ),
    (
        errors.TransportError,
        "… failed: a head, or a line, of the answer is too long",
        "endless-status endless-head endless-size endless-trailer",
    ),
    (
        errors.TransportError,
        "… failed: the answer changes to a protocol that nobody asked for",
        "another-protocol",
    ),
    (
        errors.TransportError,
        "… failed: the answer does not come to an end of its interim ones",
        "endless-hints",
    ),
)
"""What a package on the standard library says, where that is something else."""
TABLE = {name: (raised, says) for raised, says, names in OUTCOMES for name in names.split()}
REPEATED = frozenset(
    [
        "silence",
        "silence-in-the-head",
        "silence-in-the-body",
        "hangs-up",
        "resets",
        "cut-in-the-status",
        "cut-in-the-head",
        "cut-in-the-body",
        "cut-between-chunks",
        "cut-in-a-chunk",
        "garbage",
        "garbage-in-the-head",
        "garbage-as-size",
        "garbage-as-length",
        "negative-length",
        "two-lengths",
        "unknown-transfer",
        "endless-status",
        "endless-head",
        "endless-size",
        "endless-trailer",
        "another-protocol",
        "429-soon",
        "500",
        "503-at",
    ]
)
"""After these, what is safe to send again is: twice, as nothing else is said."""
TRIES = 3
OWN = {name: (raised, says) for raised, says, names in OWN_OUTCOMES for name in names.split()}

KEYS = {name: f"{SECRET}-{name}" for name in ("bearer", "header", "query", "cookie")}
BODY = polar_oauth2.WebTokenRequest(client_id="c", client_secret=SECRET, session_token=SECRET)
OPERATIONS = {"token": "POST /v1/oauth2/token"} | {
    name: f"GET /{name}" for name in ("json", "text", "octets", "nothing")
}
# Nothing here speaks TLS, and to load the world's certificates each time would take most of it.
_TLS = SSLContext(PROTOCOL_TLS_CLIENT)
Connect: TypeAlias = Callable[[ModuleType], Any]
"""Returns what a package is to send through: a client of either library, or none."""
Ask: TypeAlias = Callable[..., object]
"""Called with the name of an operation, and options."""
WAYS: dict[str, Connect] = {
    "sync": lambda _: None,
    "sync-httpx2": lambda _: httpx2.Client(verify=_TLS, follow_redirects=True),
    "sync-httpx": lambda _: httpx.Client(verify=_TLS, follow_redirects=True),
    "sync-stdlib": lambda package: standard(package).Connections(),
    "async": lambda _: None,
    "async-httpx2": lambda _: httpx2.AsyncClient(verify=_TLS, follow_redirects=True),
    "async-httpx": lambda _: httpx.AsyncClient(verify=_TLS, follow_redirects=True),
    "async-stdlib": lambda package: standard(package).AsyncConnections(),
}


@pytest.fixture(scope="module")
def other() -> Iterator[FaultServer]:
    with failing(FAULTS["packed"]) as running:
        yield running


@pytest.fixture(scope="module")
def faulty(other: FaultServer) -> Iterator[FaultServer]:
    with failing(FAULTS["packed"], other.url) as running:
        yield running


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("faults")
    (folder / "spec.yaml").write_text(SPEC, "utf-8")
    options = ("-o", str(folder), "--package", "faulty_small")
    assert main(["generate", str(folder / "spec.yaml"), *options]) == 0
    sys.path.insert(0, str(folder))
    yield import_module("faulty_small")
    sys.path.remove(str(folder))


@pytest.fixture(scope="module", params=WAYS)
def ask(request: pytest.FixtureRequest, faulty: FaultServer, package: ModuleType) -> Iterator[Ask]:
    with asking(request.param, faulty.url, package) as asked:
        faulty.show(FAULTS["packed"])
        asked("json")  # what is imported by the first call is not to be waited for later
        yield asked


@contextmanager
def asking(way: str, url: str, package: ModuleType, clock: Hurried | None = None) -> Generator[Ask]:
    """Make both clients over one transport; close all of it in the end."""
    kind, close = ("AsyncClient", "aclose") if "async" in way else ("Client", "close")
    with Runner() as runner:
        lines = [WAYS[way](each) for each in (polar_oauth2, package)]
        given = {
            "base_url": url,
            "timeout": PATIENCE,
            "max_bytes": MOST,
            "clock": clock or Hurried(),
        }
        flagship: Any = getattr(polar_oauth2, kind)(
            access_token=KEYS["bearer"], http=lines[0], **given
        )
        small: Any = getattr(package, kind)(**KEYS, http=lines[1], **given)

        def settle(answer: Any) -> object:
            return runner.run(answer) if iscoroutine(answer) else answer

        def ask(operation: str, **options: Any) -> object:
            if operation == "token":
                return settle(flagship.oauth2.request_token(BODY, **options))
            return settle(getattr(small.default, operation)(**options))

        try:
            yield ask
        finally:
            for each in filter(None, (flagship, small, *lines)):
                settle(getattr(each, close)())


def outcome(ask: Ask, operation: str, **options: Any) -> Exception | None:
    """Return what a call raises, if it does."""
    try:
        ask(operation, **options)
    except Exception as error:
        return error
    return None


def kept(error: BaseException | None) -> list[str]:
    """Return the variables with a secret that reports of frames, as debuggers make, would show.

    Some go on to what an error hides.
    """
    if error is None:
        return []
    own = [
        f"{frame.f_code.co_name}: {name}"
        for frame, _ in walk_tb(error.__traceback__)
        if frame.f_globals["__package__"] in ("polar_oauth2", "faulty_small")
        for name, value in frame.f_locals.items()
        if SECRET in repr(value)
    ]
    return own + kept(error.__cause__) + kept(error.__context__)


def said_of(says: str, operation: str, tries: int) -> str:
    """Return what is said of an operation, and how often it was tried."""
    often = f" after {tries} tries" if tries > 1 else ""
    says = re.sub(r"(failed|answered \d+)", rf"\1{often}", says)
    return says.replace("…", OPERATIONS[operation])


def own(request: pytest.FixtureRequest) -> Mapping[str, tuple[type[errors.Error] | None, str]]:
    """Return what the transport of a test says for itself."""
    return OWN if request.node.callspec.params["ask"].endswith("stdlib") else {}


def test_every_fault_has_an_outcome() -> None:
    assert sum(len(names.split()) for _, _, names in OUTCOMES) == len(TABLE)
    assert TABLE.keys() == FAULTS.keys() >= OWN.keys()


@pytest.mark.parametrize("name", TABLE)
def test_a_fault_has_one_outcome(
    other: FaultServer,
    faulty: FaultServer,
    ask: Ask,
    name: str,
    request: pytest.FixtureRequest,
) -> None:
    raised, says = own(request).get(name, TABLE[name])
    for operation in FAULTS[name].asked:
        faulty.show(FAULTS[name])
        brief = "deadline" if FAULTS[name].endless else "timeout"
        error = outcome(ask, operation, **({brief: BRIEF} if raised is errors.Timeout else {}))
        assert type(error).__name__ == (raised or type(None)).__name__, error
        tries = TRIES if name in REPEATED and operation == "json" else 1
        assert error is None or str(error) == said_of(says, operation, tries)
        assert error is None or type(error).__module__.endswith(".errors")
        assert SECRET not in told(error)
        assert len(faulty.seen) in (tries, 0), "it is sent again, or it is not"
        assert faulty.outlasted == [], "it would have been read for ever"
        assert other.connections == 0, "no redirect is followed"


@pytest.mark.parametrize("name", sorted(REPEATED))
def test_a_grant_is_presented_once_whatever_the_caller_says(
    faulty: FaultServer, ask: Ask, name: str
) -> None:
    """It has been sent, so it may have been used (RFC 6749, section 4.1.2)."""
    faulty.show(FAULTS[name])
    assert outcome(ask, "token", retries=5, idempotent=True, timeout=BRIEF) is not None
    assert len(faulty.seen) == 1


@pytest.mark.parametrize("way", WAYS)
def test_a_grant_that_has_not_left_is_presented_again(package: ModuleType, way: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    clock = Hurried()
    with asking(way, url, package, clock) as ask:
        error = outcome(ask, "token")
    assert isinstance(error, errors.ConnectError)
    assert (error.tries, len(clock.slept)) == (3, 2)


@pytest.mark.parametrize("way", WAYS)
def test_a_server_says_when_to_come_again(
    faulty: FaultServer, package: ModuleType, way: str
) -> None:
    """In seconds, or when it is a certain time (RFC 9110, section 10.2.3)."""
    faulty.show(FAULTS["429-soon"])
    with asking(way, faulty.url, package, clock := Hurried()) as ask:
        outcome(ask, "json")
    assert clock.slept == [7, 7]
    faulty.show(FAULTS["503-at"])
    with asking(way, faulty.url, package, clock := Hurried()) as ask:
        outcome(ask, "json")
    until, past = clock.slept
    assert until == 9
    assert 0.5 <= past <= 1, "the date is over, so it asks for nothing"


@pytest.mark.parametrize("way", WAYS)
def test_the_deadline_is_for_all_tries_and_waits(
    faulty: FaultServer, package: ModuleType, way: str
) -> None:
    faulty.show(FAULTS["429-soon"])
    with asking(way, faulty.url, package, clock := Hurried()) as ask:
        error = outcome(ask, "json", retries=9, deadline=20)
        assert str(error) == "GET /json answered 429 after 3 tries"
        assert (len(faulty.seen), clock.slept) == (3, [7, 7])
        faulty.show(FAULTS["hangs-up"])
        error = outcome(ask, "json", retries=99, deadline=20)
    assert re.match(r"GET /json failed after [5-9] tries: ", str(error))
    assert sum(clock.slept[2:]) < 20


@pytest.mark.parametrize(
    "name", [name for name in TABLE if name.startswith(("bomb", "endless", "larger", "gigantic"))]
)
def test_the_memory_is_bounded(faulty: FaultServer, ask: Ask, name: str) -> None:
    faulty.show(FAULTS[name])
    assert peak(partial(outcome, ask, "json", deadline=BRIEF)) < 4 * MEGABYTE


def test_deep_json_is_not_copied(faulty: FaultServer, ask: Ask) -> None:
    faulty.show(DEEP)
    assert peak(partial(outcome, ask, "json", max_bytes=2 * MEGABYTE)) < 10 * MEGABYTE


def peak(call: Callable[[], object]) -> int:
    """Return how many bytes this process, the server included, needs at once for a call."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", [name for name in TABLE if name.startswith("drip")])
def test_a_deadline_holds_on_a_connection_that_was_used_before(
    faulty: FaultServer, ask: Ask, name: str
) -> None:
    faulty.show(KEPT)
    ask("token")
    before = faulty.connections
    faulty.show(FAULTS[name])
    assert isinstance(outcome(ask, "token", deadline=BRIEF), errors.Timeout)
    assert (faulty.connections, faulty.outlasted) == (before, [])


@pytest.mark.parametrize("way", WAYS)
def test_a_deadline_ends_the_sending(package: ModuleType, way: str) -> None:
    """Of what the other side takes a bit at a time."""
    large = {"session": "s" * 32 * MEGABYTE}
    with failing(SLOW_READER) as slow, asking(way, slow.url, package) as ask:
        error = outcome(ask, "token", extra_body=large, deadline=BRIEF)
    assert str(error).endswith("failed: the call took longer than `deadline`")


@pytest.mark.parametrize("name", ["hangs-up", "500", "html", "json-cut", "json-misfit", "larger"])
def test_no_frame_keeps_a_secret(faulty: FaultServer, ask: Ask, name: str) -> None:
    """Services that collect errors, and `pytest --showlocals`, show variables as well."""
    faulty.show(FAULTS[name])
    error = outcome(ask, "json")
    assert error is not None
    assert kept(error) == []


def test_no_frame_keeps_a_credential_of_what_is_not_sent(faulty: FaultServer, ask: Ask) -> None:
    faulty.show(FAULTS["packed"])
    for options in ({"extra_headers": {"X-A": "a\r\nX-B: c"}}, {"extra_query": {"a": {1}}}):
        error = outcome(ask, "json", **options)
        assert type(error).__name__ == "ConstraintError"
        assert kept(error) == []
    assert faulty.seen == []


def test_no_logger_shows_a_key_of_the_query(
    faulty: FaultServer,
    ask: Ask,
    caplog: pytest.LogCaptureFixture,
    request: pytest.FixtureRequest,
) -> None:
    """httpx logs the URL of every request at INFO, and the standard library nothing."""
    faulty.show(FAULTS["packed"])
    caplog.set_level("DEBUG")
    ask("json")
    assert b"GET /json?key=s3cr3t-query HTTP/1.1\r\n" in faulty.seen[0]
    assert ("/json?key=***" in caplog.text) is not bool(own(request))
    assert KEYS["query"] not in caplog.text


def test_a_cookie_is_not_sent_back(faulty: FaultServer, ask: Ask) -> None:
    faulty.show(FAULTS["cookie"])
    for operation in ("json", "json", "token"):
        ask(operation)
    assert [b"given=" in seen for seen in faulty.seen] == [False] * 3
    assert [seen.count(b"Cookie: sid=s3cr3t-cookie\r\n") for seen in faulty.seen] == [1, 1, 0]


def test_the_headers_of_a_refusal_can_be_read(faulty: FaultServer, ask: Ask) -> None:
    faulty.show(FAULTS["429"])
    error: Any = outcome(ask, "token")
    assert error.headers["retry-after"] == "99999"
    faulty.show(FAULTS["307"])
    error = outcome(ask, "token")
    assert error.headers["location"].endswith(f"/{SECRET}")


def page(said: str) -> str:
    """Return `docs/FAULTS.md` with the table in it replaced."""
    before, heading, *_ = said.partition("|---|---|---|---|---|\n")
    *_, after = said.rpartition("|\n")
    rows = [
        f"| {fault.what} | {_named(TABLE[name][0])} | {TABLE[name][1]} | {_own_words(name)} "
        f"| {'yes' * (name in REPEATED)} |\n"
        for name, fault in FAULTS.items()
    ]
    return before + heading + "".join(rows) + after


def _named(raised: type[errors.Error] | None) -> str:
    return f"`{raised.__name__}`" if raised else ""


def _own_words(name: str) -> str:
    raised, says = OWN.get(name, (None, ""))
    return says if raised in (None, TABLE[name][0]) else f"{_named(raised)}: {says}"


def test_the_page_is_current(record: bool) -> None:
    path = ROOT / "docs" / "FAULTS.md"
    said = path.read_text("utf-8")
    if record:
        path.write_text(page(said), "utf-8")
    assert path.read_text("utf-8") == page(said)
