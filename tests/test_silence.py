"""No secret in anything that an error, a log or a test run shows."""

from __future__ import annotations

import logging
import pickle
import socket
import sys
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from typing import cast
from uuid import UUID

import pytest
from polar_oauth2 import (
    AuthorizationCodeTokenRequest,
    Client,
    RefreshTokenRequest,
    TokenRequest,
    WebTokenRequest,
)
from polar_oauth2.errors import (
    ConnectError,
    ConstraintError,
    DecodeError,
    Error,
    StatusError,
    Timeout,
    TransportError,
)

from .support import (
    ACCESS_TOKEN,
    PACKAGE,
    PATIENCE,
    TOKEN,
    Recorder,
    Reply,
    Seen,
    Way,
    recording,
    run,
)

SECRET = "s3cr3t"
"""A part of every secret here, in a spelling that no encoding changes."""
BODIES: list[TokenRequest] = [
    AuthorizationCodeTokenRequest(
        client_id="c",
        client_secret=f"{SECRET}-client",
        code=f"{SECRET}-code",
        redirect_uri="https://app.test/cb",
    ),
    RefreshTokenRequest(
        client_id="c", client_secret=f"{SECRET}-client", refresh_token=f"{SECRET}-refresh"
    ),
    WebTokenRequest(
        client_id="c", client_secret=f"{SECRET}-client", session_token=f"{SECRET}-session"
    ),
]
CODE, REFRESH, WEB = BODIES
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def logged() -> Generator[list[str]]:
    """Everything that any logger says at any level, as it would be printed."""
    lines: list[str] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.name}: {self.format(record)} {vars(record)}")

    root, handler = logging.getLogger(), Lines()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.setLevel(before)
        root.removeHandler(handler)


def but_httpcore(logged: list[str]) -> str:
    """Return what was logged where a server puts a secret into headers or framing.

    httpcore logs those of every answer at DEBUG. That is the caller's to turn on, and what the
    other tests see is that it logs nothing of a request, and of an answer no content.
    """
    return "".join(line for line in logged if not line.startswith("httpcore"))


def chain(error: BaseException | None) -> list[BaseException]:
    """Return an error and all that hangs on to it, shown in a traceback or not."""
    if error is None:
        return []
    return [error, *chain(error.__cause__), *chain(error.__context__)]


def shown(error: Error) -> str:
    """Return all that a report of an error may show of it."""
    texts: list[str] = []
    for each in chain(error):
        texts += (str(each), repr(each), repr(vars(each)), f"{each}")
        texts += traceback.format_exception(each)
        texts += getattr(each, "__notes__", ())
    return "\n".join(texts)


def check_silent(error: Error) -> None:
    assert SECRET not in shown(error)
    assert ACCESS_TOKEN not in shown(error)
    # the name of a member that is missing may hang on to it, but nothing that holds a request
    assert {type(each) for each in chain(error)} <= {type(error), KeyError}


def raised(ask: Callable[[TokenRequest], object], body: TokenRequest) -> Error:
    try:
        ask(body)
    except Error as error:
        return error
    pytest.fail("nothing was raised")


def copy_of(error: Error) -> object:
    """Return what arrives in another process."""
    return pickle.loads(pickle.dumps(error))


def check_pickled(error: Error) -> None:
    again = copy_of(error)
    assert type(again) is type(error)
    assert (str(again), repr(again)) == (str(error), repr(error))
    for name in ("status", "headers", "body", "operation", "expected", "found", "steps", "path"):
        assert getattr(again, name, None) == getattr(error, name, None), name
    if isinstance(error, DecodeError):
        assert isinstance(again, DecodeError)
        assert error.response is not None
        assert again.response == error.response
        assert SECRET not in repr(again.response)


def check(way: Way, url: str, body: TokenRequest, kind: type[Error]) -> Error:
    """Ask in vain; check the error, and hand it over."""
    with way(url) as ask:
        error = raised(ask, body)
    assert isinstance(error, kind)
    check_silent(error)
    check_pickled(error)
    return error


def echo(status: int, media_type: str, write: Callable[[str], str]) -> Callable[[Seen], Reply]:
    """Return a server that repeats what it was sent, in a body that `write` makes."""

    def reply(seen: Seen) -> Reply:
        content = write(seen.content.decode()).encode()
        return Reply(content, status, {"Content-Type": media_type})

    return reply


ECHOES: dict[str, Callable[[str], str]] = {
    "as-it-came": lambda sent: sent,
    "in-json": lambda sent: f'{{"error":"{sent}","error_description":"{sent}"}}',
    "in-a-known-error": lambda s: f'{{"error":"invalid_grant","error_description":"{s}"}}',
    "in-a-name": lambda sent: f'{{"{sent}":"{sent}"}}',
}


@pytest.mark.parametrize("status", [302, 400, 401, 500])
@pytest.mark.parametrize("write", ECHOES.values(), ids=list(ECHOES))
@pytest.mark.parametrize("body", BODIES, ids=lambda body: type(body).__name__)
def test_a_status_error_is_silent(
    logged: list[str], body: TokenRequest, write: Callable[[str], str], status: int
) -> None:
    with recording(echo(status, "application/json", write)) as recorder:
        client = Client(base_url=recorder.url, access_token=ACCESS_TOKEN)
        with client:
            error = raised(client.oauth2.request_token, body)
    assert isinstance(error, StatusError)
    assert SECRET in str(error.body), "it was echoed"
    check_silent(error)
    check_pickled(error)
    assert SECRET not in "".join(logged)


def test_a_status_error_is_silent_in_every_way(
    logged: list[str], way: Way, request: pytest.FixtureRequest
) -> None:
    with recording(echo(400, "text/plain", str)) as recorder:
        check(way, recorder.url, WEB, StatusError)
    assert SECRET not in "".join(logged)
    if not request.node.callspec.id.endswith("stdlib"):
        assert [line for line in logged if line.startswith(("httpx", "httpcore"))], "all is heard"


def test_a_status_error_is_silent_on_headers(logged: list[str], way: Way) -> None:
    def reply(seen: Seen) -> Reply:
        return Reply(b"{}", 400, {**JSON, "X-Echo": seen.content.decode(), "Set-Cookie": SECRET})

    with recording(reply) as recorder:
        error = check(way, recorder.url, WEB, StatusError)
    assert isinstance(error, StatusError)
    assert SECRET in error.headers["x-echo"]
    assert SECRET not in but_httpcore(logged)


BAD_TOKENS: dict[str, bytes] = {
    "no-json": f"{SECRET}".encode(),
    "cut-off": TOKEN.content.replace(b'"at"', f'"{SECRET}"'.encode())[:-2],
    "no-utf-8": b'"' + SECRET.encode() + b'\xff"',
    "twice": f'{{"{SECRET}":1,"{SECRET}":2}}'.encode(),
    "not-finite": f'{{"{SECRET}":1e999}}'.encode(),
    "too-deep": b"[" * 200 + f'"{SECRET}"'.encode() + b"]" * 200,
    "array": f'["{SECRET}"]'.encode(),
    "string": f'"{SECRET}"'.encode(),
    "wrong-kind": TOKEN.content.replace(b'"at"', f'["{SECRET}"]'.encode()),
    "wrong-const": TOKEN.content.replace(b'"Bearer"', f'"{SECRET}"'.encode()),
    "wrong-number": TOKEN.content.replace(b"864000", f'"{SECRET}"'.encode()),
    "missing": f'{{"{SECRET}":"{SECRET}","access_token":"{SECRET}"}}'.encode(),
}


@pytest.mark.parametrize("content", BAD_TOKENS.values(), ids=list(BAD_TOKENS))
def test_a_decode_error_is_silent(logged: list[str], way: Way, content: bytes) -> None:
    with recording(Reply(content)) as recorder:
        error = check(way, recorder.url, WEB, DecodeError)
    assert isinstance(error, DecodeError)
    assert error.response is not None
    assert error.response.content == content
    assert SECRET not in "".join(logged)


def test_a_decode_error_is_silent_on_the_media_type(way: Way) -> None:
    reply = Reply(TOKEN.content, 200, {"Content-Type": f"text/{SECRET}"})
    with recording(reply) as recorder:
        check(way, recorder.url, WEB, DecodeError)


class Loud:
    """What is no string, and says all that it knows."""

    def __repr__(self) -> str:
        return SECRET


def forced(body: TokenRequest, **fields: object) -> TokenRequest:
    """Return a body that no type checker would have let through."""
    changed = replace(body)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


WRONG: dict[str, tuple[TokenRequest, str]] = {
    "too-long": (
        forced(CODE, redirect_uri=SECRET * 400),
        "$.redirect_uri: expected a string of 1 to 2083 characters",
    ),
    "no-string": (forced(CODE, code=Loud()), "$.code: expected a string"),
    "bytes": (forced(REFRESH, refresh_token=SECRET.encode()), "$.refresh_token: expected a string"),
    "null": (forced(REFRESH, refresh_token=None), "$.refresh_token: expected a string"),
    "surrogate": (
        forced(WEB, session_token=f"{SECRET}\ud800"),
        "$.session_token: expected a value that JSON and UTF-8 can hold",
    ),
    "choice": (
        forced(WEB, sub_type=SECRET),
        '$.sub_type: expected "user" or "organization"',
    ),
    "uuid": (
        forced(WEB, sub=UUID("c232ab00-9414-11ec-b3c8-9f68deced846")),
        "$.sub: expected a UUID of version 4",
    ),
    "uuid-text": (forced(WEB, sub=SECRET), "$.sub: expected a UUID"),
    "const": (forced(WEB, grant_type=SECRET), '$.grant_type: expected "web"'),
    "no-variant": (cast("TokenRequest", Loud()), "$: expected a TokenRequest"),
}


@pytest.mark.parametrize(("body", "why"), WRONG.values(), ids=list(WRONG))
def test_a_constraint_error_is_silent(
    logged: list[str], recorder: Recorder, way: Way, body: TokenRequest, why: str
) -> None:
    error = check(way, recorder.url, body, ConstraintError)
    assert str(error) == why
    assert recorder.seen == []
    assert SECRET not in "".join(logged)


@pytest.mark.parametrize("token", [f"{SECRET}\n", f"{SECRET}é", f"a {SECRET}", ""])
def test_a_refused_credential_is_not_shown(token: str) -> None:
    check_silent(raised(lambda _: Client(access_token=token), WEB))


@pytest.mark.parametrize("url", [f"https://u:{SECRET}@api.test", f"ftp://{SECRET}", f"/{SECRET}"])
def test_a_refused_url_is_not_shown(url: str) -> None:
    check_silent(raised(lambda _: Client(base_url=url), WEB))


@dataclass(frozen=True)
class Fault:
    """A way not to answer: raw bytes, of which `%s` is what was sent, or silence."""

    answer: bytes | None


FAULTS: dict[str, Fault] = {
    "hangs-up": Fault(b""),
    "no-http": Fault(b"%s\r\n\r\n"),
    "broken-header": Fault(b"HTTP/1.1 200 OK\r\n%s\r\n\r\n"),
    "cut-off": Fault(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n%s"),
    "broken-chunks": Fault(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n"),
    "broken-gzip": Fault(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n%s"),
}


@contextmanager
def failing(fault: Fault) -> Generator[str]:
    """Listen on loopback for one request, and answer with a fault."""

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(PATIENCE)
            received = b""
            while SECRET.encode() not in received:
                received += connection.recv(65536)
            if fault.answer is None:
                connection.recv(1)  # until the other side has lost its patience
            else:
                connection.sendall(fault.answer.replace(b"%s", received.split(b"\r\n")[-1]))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(PATIENCE)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_a_transport_error_is_silent(logged: list[str], way: Way, fault: Fault) -> None:
    with failing(fault) as url:
        error = check(way, url, WEB, TransportError)
    assert str(error).startswith("POST /v1/oauth2/token failed: ")
    assert not isinstance(error, Timeout)
    assert SECRET not in but_httpcore(logged)


def test_a_refused_connection_is_silent(logged: list[str], way: Way) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    error = check(way, url, WEB, ConnectError)
    why = str(error).removeprefix("POST /v1/oauth2/token failed after 3 tries: ")
    assert why in ("ConnectError (ConnectionRefusedError)", "ConnectionRefusedError")
    assert SECRET not in "".join(logged)


def test_a_timeout_is_silent(logged: list[str]) -> None:
    with failing(Fault(None)) as url, Client(base_url=url, access_token=ACCESS_TOKEN) as client:
        error = raised(lambda body: client.oauth2.request_token(body, timeout=0.1), WEB)
    assert isinstance(error, Timeout)
    assert str(error) == "POST /v1/oauth2/token failed: ReadTimeout"
    check_silent(error)
    check_pickled(error)
    assert SECRET not in "".join(logged)


UNEQUAL = """
import os
import polar_oauth2 as p

def token(version):
    s = os.environ["SECRET"] + str(version)
    return p.TokenResponse(
        access_token=s, expires_in=1, refresh_token=s, scope="a", id_token=s, extra={"new": s}
    )

def web(version):
    s = os.environ["SECRET"] + str(version)
    return p.WebTokenRequest(client_id="c", client_secret=s, session_token=s)

def code(version):
    s = os.environ["SECRET"] + str(version)
    return p.AuthorizationCodeTokenRequest(
        client_id="c", client_secret=s, code=s, redirect_uri="r"
    )

def refresh(version):
    s = os.environ["SECRET"] + str(version)
    return p.RefreshTokenRequest(client_id="c", client_secret=s, refresh_token=s)

def test_token(): assert token(1) == token(2)
def test_web(): assert web(1) == web(2)
def test_code(): assert code(1) == code(2)
def test_refresh(): assert refresh(1) == refresh(2)
def test_kinds(): assert web(1) == code(1)
def test_list(): assert [token(1), web(1)] == [token(2), web(1)]
def test_dict(): assert {"t": token(1)} == {"t": token(2)}
def test_nested(): assert {"t": [(token(1),)]} == {"t": [(token(2),)]}
def test_in(): assert token(1) in [token(2)]
"""


def test_pytest_shows_reprs_only(tmp_path: Path) -> None:
    (tmp_path / "test_unequal.py").write_text(UNEQUAL, "utf-8")
    command = (sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", tmp_path)
    done = run(*command, cwd=tmp_path, paths=(PACKAGE.parent,), env={"SECRET": SECRET})
    output = done.stdout + done.stderr
    assert done.returncode == 1, output
    assert "9 failed in" in output
    assert "TokenResponse(token_type='Bearer', expires_in=1, scope='a')" in output
    assert SECRET not in output
