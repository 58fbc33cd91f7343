"""Servers that answer while a test runs."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from socketserver import BaseServer
from threading import Thread

PATIENCE = 10.0


@contextmanager
def running(server: BaseServer) -> Generator[None]:
    """Let a server answer, in a thread, until the block is left, and close it."""
    with server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join(PATIENCE)
