"""What the tests of the flagship share: a server that records, and every way to call it."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from threading import Event
from types import MappingProxyType
from typing import Any, TypeAlias, cast

import httpx
import httpx2
import polar_oauth2
from polar_oauth2 import AsyncClient, Client, TokenRequest, TokenResponse

from specloom.config.values import TRANSPORTS
from specloom.python.package.split import LIMIT

from .running import PATIENCE as PATIENCE
from .running import running
from .standard import standard

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generated" / "polar_oauth2"

ACCESS_TOKEN = "organization-access-token"
"""What every client here holds, and no token request may show."""

Ask: TypeAlias = Callable[[TokenRequest], TokenResponse]
Way: TypeAlias = Callable[[str], AbstractContextManager[Ask]]


def run(
    *command: str | Path,
    cwd: Path,
    paths: tuple[Path, ...] = (),
    env: Mapping[str, str] = MappingProxyType({}),
    patience: float = 120,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with `paths` for Python to import from and nothing inherited."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST"))}
    path = os.pathsep.join(map(str, paths))
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**inherited, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **env},
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
    )


@dataclass(frozen=True)
class Seen:
    """A request as it came; the names of its headers are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True)
class Reply:
    content: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


@dataclass
class Recorder:
    """A running server that answers every request alike, and remembers them."""

    url: str
    reply: Reply | Callable[[Seen], Reply]
    seen: list[Seen] = field(default_factory=list[Seen])
    connections: list[object] = field(default_factory=list[object])
    """Every connection that was ever made."""
    left: Event = field(default_factory=Event)
    """Set when a connection has been closed by the other side."""


def limit(feature: Path) -> int:
    """Return how many lines a module of a feature may have before it is split."""
    said = feature / "limit.txt"
    return int(said.read_text("utf-8")) if said.exists() else LIMIT


def wanted(feature: Path) -> dict[str, str]:
    """Return the code that is wanted of a feature, by path."""
    folder = feature / "want"
    found = sorted(path for path in folder.rglob("*.py"))
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


def responses(feature: Path) -> str:
    """Return how a feature wants its responses: its file `responses` says so, if it has one."""
    said = feature / "responses"
    return said.read_text("utf-8").strip() if said.exists() else "open"


def transport(feature: Path) -> str:
    """Return what the package of a feature sends its requests with: its file `transport` says so.

    All others can be tried over another one as well: `SPECLOOM_TRANSPORT=stdlib`.
    """
    said = feature / "transport"
    other = os.environ.get("SPECLOOM_TRANSPORT", TRANSPORTS[0])
    return said.read_text("utf-8").strip() if said.exists() else other


def members(body: object) -> dict[str, object]:
    """Return a JSON object that is typed as little as JSON is."""
    assert isinstance(body, dict)
    return cast("dict[str, object]", body)


TOKEN = Reply(
    b'{"access_token":"at","token_type":"Bearer","expires_in":864000,'
    b'"refresh_token":"rt","scope":"openid","id_token":"it"}'
)


@contextmanager
def recording(
    reply: Reply | Callable[[Seen], Reply] = TOKEN, context: SSLContext | None = None
) -> Generator[Recorder]:
    """Run a server on loopback until the block is left; with a context it speaks TLS."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 3 * PATIENCE  # longer than any test waits for the other side
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            recorder.connections.append(self.client_address)

        def finish(self) -> None:
            super().finish()
            recorder.left.set()

        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            content = self.rfile.read(int(headers.get("content-length", 0)))
            seen = Seen(self.command, self.path, headers, content)
            recorder.seen.append(seen)
            reply = recorder.reply if isinstance(recorder.reply, Reply) else recorder.reply(seen)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.content)))
            self.end_headers()
            self.wfile.write(reply.content)

        def __getattr__(self, name: str) -> Callable[[], None]:
            """Answer every method: each is looked for by its name."""
            if name.startswith("do_"):
                return self.do_POST
            raise AttributeError(name)

        def log_request(self, code: object = "-", size: object = "-") -> None:
            """Say nothing: the output is the tests'."""

    server, scheme = ThreadingHTTPServer(("127.0.0.1", 0), Handler), "http"
    if context is not None:
        scheme, server.socket = "https", context.wrap_socket(server.socket, server_side=True)
    recorder = Recorder(f"{scheme}://127.0.0.1:{server.server_port}", reply)
    with running(server):
        yield recorder


def _waiting(connect: Callable[[], Any]) -> Way:
    @contextmanager
    def way(base_url: str) -> Generator[Ask]:
        http = connect()
        try:
            with Client(
                base_url=base_url, access_token=ACCESS_TOKEN, timeout=PATIENCE, http=http
            ) as client:
                yield client.oauth2.request_token
            assert not getattr(http, "is_closed", False), "it is the caller's to close"
        finally:
            if http is not None:
                http.close()

    return way


def _awaiting(connect: Callable[[], Any]) -> Way:
    @contextmanager
    def way(base_url: str) -> Generator[Ask]:
        with asyncio.Runner() as runner:
            http = connect()
            client = AsyncClient(
                base_url=base_url, access_token=ACCESS_TOKEN, timeout=PATIENCE, http=http
            )
            try:
                yield lambda body: runner.run(client.oauth2.request_token(body))
            finally:
                runner.run(client.aclose())
                left_open = not getattr(http, "is_closed", False)
                if http is not None:
                    runner.run(http.aclose())
            assert left_open, "it is the caller's to close"

    return way


# A transport of the caller's comes with credentials and habits of its own: none may show.
# Nothing here speaks TLS, and to load the world's certificates each time would take most of it.
_TLS = SSLContext(PROTOCOL_TLS_CLIENT)
_OURS = ("user", "password")

WAYS: dict[str, Way] = {
    "sync": _waiting(lambda: None),
    "sync-httpx2": _waiting(lambda: httpx2.Client(auth=_OURS, follow_redirects=True, verify=_TLS)),
    "sync-httpx": _waiting(lambda: httpx.Client(auth=_OURS, follow_redirects=True, verify=_TLS)),
    "sync-stdlib": _waiting(lambda: standard(polar_oauth2).Connections()),
    "async": _awaiting(lambda: None),
    "async-httpx2": _awaiting(
        lambda: httpx2.AsyncClient(auth=_OURS, follow_redirects=True, verify=_TLS)
    ),
    "async-httpx": _awaiting(
        lambda: httpx.AsyncClient(auth=_OURS, follow_redirects=True, verify=_TLS)
    ),
    "async-stdlib": _awaiting(lambda: standard(polar_oauth2).AsyncConnections()),
}
