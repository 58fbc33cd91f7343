"""A server on loopback that says its lines piece by piece, and sees who leaves."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import Queue
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from time import sleep
from typing import TypeAlias

Script: TypeAlias = Iterable[bytes | float]
"""What is sent, and for how many seconds nothing is."""


@dataclass(frozen=True)
class Asked:
    """A request as it came, with names of headers in lower case."""

    line: str
    headers: dict[str, str]
    content: bytes


@dataclass
class Stage:
    """Where the server is, what it was asked, and which of its connections have ended."""

    url: str
    seen: list[Asked] = field(default_factory=list[Asked])
    opened: int = 0
    left: Queue[str] = field(default_factory=Queue[str])
    """For each script, in its order: "told" to its end, or "cut" by the other side."""


def head(kind: str, *fields: str, status: str = "200 OK") -> bytes:
    """Return the head of an answer in chunks (RFC 9112, section 7.1)."""
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Transfer-Encoding: chunked", *fields)
    return "\r\n".join((*lines, "", "")).encode()


def chunk(content: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(content), content)


LAST = b"0\r\n\r\n"


@contextmanager
def stage(script: Callable[[Asked], Script]) -> Generator[Stage]:
    """Run a server that answers each request by a script, over connections that stay open."""

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            found.opened += 1
            with suppress(OSError):
                while asked := _asked(self):
                    found.seen.append(asked)
                    self._tell(script(asked))

        def _tell(self, said: Script) -> None:
            try:
                for each in said:
                    if isinstance(each, bytes):
                        self.wfile.write(each)
                        self.wfile.flush()
                    else:
                        sleep(each)
            except OSError:
                found.left.put("cut")
                raise
            found.left.put("told")

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        found = Stage(f"http://127.0.0.1:{server.server_address[1]}")
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()


def _asked(handler: StreamRequestHandler) -> Asked | None:
    line = handler.rfile.readline().decode().strip()
    if not line:
        return None
    headers = dict[str, str]()
    while field := handler.rfile.readline().decode().strip():
        name, _, value = field.partition(":")
        headers[name.lower()] = value.strip()
    if headers.get("transfer-encoding") == "chunked":
        content = b"".join(iter(lambda: _chunk(handler), b""))
    else:
        content = handler.rfile.read(int(headers.get("content-length", "0")))
    return Asked(line, headers, content)


def _chunk(handler: StreamRequestHandler) -> bytes:
    size = int(handler.rfile.readline(), 16)
    content = handler.rfile.read(size)
    handler.rfile.readline()
    return content
