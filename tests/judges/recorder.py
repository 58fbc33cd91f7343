"""A server on loopback that keeps each request octet for octet, and answers what nobody describes."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from queue import Queue
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

ANSWER = b"HTTP/1.1 418 I'm a Teapot\r\nContent-Length: 0\r\n\r\n"
_LENGTH = re.compile(rb"^content-length:[ \t]*([0-9]+)", re.IGNORECASE | re.MULTILINE)
_CHUNKED = re.compile(rb"^transfer-encoding:[ \t]*chunked", re.IGNORECASE | re.MULTILINE)
_PATIENCE = 10.0


@dataclass
class Recorder:
    """A running server, and what it was sent: heads and contents, as they came."""

    url: str = ""
    came: Queue[bytes] = field(default_factory=Queue[bytes])

    def taken(self) -> bytes:
        return self.came.get(timeout=_PATIENCE)


class _Handler(StreamRequestHandler):
    timeout = 6 * _PATIENCE

    def __init__(self, recorder: Recorder, *of: Any) -> None:
        self.recorder = recorder
        super().__init__(*of)

    def handle(self) -> None:
        while head := self._to_empty_line():
            content = b""
            if _CHUNKED.search(head):
                while not content.endswith(b"0\r\n\r\n"):
                    content += self.rfile.readline()
            elif length := _LENGTH.search(head):
                content = self.rfile.read(int(length[1]))
            self.recorder.came.put(head + content)
            self.connection.sendall(ANSWER)

    def _to_empty_line(self) -> bytes:
        lines = [self.rfile.readline()]
        while lines[-1] not in (b"\r\n", b""):
            lines.append(self.rfile.readline())
        return b"".join(lines)


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def recording() -> Generator[Recorder]:
    """Run a server until the block is left."""
    recorder = Recorder()
    with _Server(("127.0.0.1", 0), partial(_Handler, recorder)) as server:
        recorder.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield recorder
        finally:
            server.shutdown()
            thread.join(_PATIENCE)
