"""A proxy that tunnels (RFC 9110, section 9.3.6), and remembers what it was asked."""

from __future__ import annotations

import select
import socket
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

from .running import PATIENCE, running


@dataclass
class Tunnel:
    """A running proxy: what it answers, whatever it is asked, and the heads of the requests."""

    answer: bytes = b"HTTP/1.1 200 OK\r\n\r\n"
    url: str = ""
    heads: list[bytes] = field(default_factory=list[bytes])


class _Handler(StreamRequestHandler):
    rbufsize = 0  # what follows a head is not ours
    timeout = PATIENCE

    def __init__(self, tunnel: Tunnel, *of: Any) -> None:
        self.tunnel = tunnel
        super().__init__(*of)

    def handle(self) -> None:
        lines = [self.rfile.readline()]
        while lines[-1] not in (b"\r\n", b""):
            lines.append(self.rfile.readline())
        self.tunnel.heads.append(b"".join(lines))
        self.connection.sendall(self.tunnel.answer)
        host, _, port = lines[0].split()[1].decode().rpartition(":")
        if self.tunnel.answer.split()[1] == b"200":
            with socket.create_connection((host, int(port)), PATIENCE) as other:
                _carry({self.connection: other, other: self.connection})


def _carry(ways: dict[socket.socket, socket.socket]) -> None:
    while True:
        for ready in select.select([*ways], [], [], PATIENCE)[0]:
            octets = ready.recv(2**16)
            if not octets:
                return
            ways[ready].sendall(octets)


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def tunnelling() -> Generator[Tunnel]:
    tunnel = Tunnel()
    server = _Server(("127.0.0.1", 0), partial(_Handler, tunnel))
    tunnel.url = f"http://127.0.0.1:{server.server_address[1]}"
    with running(server):
        yield tunnel
