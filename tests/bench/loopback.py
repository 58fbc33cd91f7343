"""A server in a process of its own that answers every request alike, as fast as it can."""

from __future__ import annotations

import re
import socket
from collections.abc import Generator
from contextlib import contextmanager
from multiprocessing import get_context
from threading import Thread

TOKEN = (
    b'{"access_token":"at","token_type":"Bearer","expires_in":864000,'
    b'"refresh_token":"rt","scope":"openid","id_token":"it"}'
)
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(TOKEN), TOKEN)
)
_LENGTH = re.compile(rb"\r\ncontent-length: ([0-9]+)\r\n", re.IGNORECASE)


@contextmanager
def serving(answer: bytes = ANSWER) -> Generator[str]:
    """Run the server until the block is left."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = get_context("fork").Process(target=_serve, args=(listener, answer), daemon=True)
        server.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.terminate()


def _serve(listener: socket.socket, answer: bytes) -> None:
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        Thread(target=_answer, args=(connection, answer), daemon=True).start()


def _answer(connection: socket.socket, answer: bytes) -> None:
    received = b""
    while more := connection.recv(65536):
        received += more
        head, end, content = received.partition(b"\r\n\r\n")
        found = _LENGTH.search(head + b"\r\n")
        if end and len(content) >= (int(found[1]) if found else 0):
            connection.sendall(answer)
            received = b""
