"""A server on loopback that says its lines piece by piece, and sees who leaves."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import Queue
from socketserver import StreamRequestHandler, ThreadingTCPServer
from time import sleep
from typing import TypeAlias

from .running import running

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
    keeps: bool = True
    """Whether it remembers contents; it counts them anyway."""
    read: int = 0
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
                while asked := _asked(self, found):
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

    server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Stage(f"http://127.0.0.1:{server.server_address[1]}")
    with running(server):
        yield found


def _asked(handler: StreamRequestHandler, site: Stage) -> Asked | None:
    line = handler.rfile.readline().decode().strip()
    if not line:
        return None
    headers = dict[str, str]()
    while field := handler.rfile.readline().decode().strip():
        name, _, value = field.partition(":")
        headers[name.lower()] = value.strip()
    content = bytearray()
    for piece in _pieces(handler, headers):
        site.read += len(piece)
        if site.keeps:
            content += piece
    return Asked(line, headers, bytes(content))


def _pieces(handler: StreamRequestHandler, headers: dict[str, str]) -> Iterator[bytes]:
    if headers.get("transfer-encoding") == "chunked":
        yield from iter(lambda: _chunk(handler), b"")
        return
    left = int(headers.get("content-length", "0"))
    while left > 0:
        piece = handler.rfile.read(min(left, 2**16))
        if not piece:
            raise ConnectionAbortedError
        left -= len(piece)
        yield piece


def _chunk(handler: StreamRequestHandler) -> bytes:
    size = int(handler.rfile.readline(), 16)
    content = handler.rfile.read(size)
    handler.rfile.readline()
    return content
