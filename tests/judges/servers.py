"""A server that a judge starts on loopback, starts again when it has died, and ends."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from .environments import Failed, bare

PATIENCE = 120.0
"""Seconds for a server to listen: large documents take long to be read."""


@dataclass
class Server:
    """A command that listens on a port of loopback; `running` is what `start` made."""

    command: Sequence[str]
    port: int
    folder: Path
    log: Path
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def start(self) -> None:
        """Start the server and wait until it listens. Raises Failed."""
        if listening(self.port):
            raise Failed(f"port {self.port} is taken: choose another with --port")
        with self.log.open("wb") as said:
            self.running = subprocess.Popen(
                list(self.command),
                cwd=self.folder,
                env={**bare(), **self.settings},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        end = time.monotonic() + PATIENCE
        while not listening(self.port):
            if not self.alive or time.monotonic() > end:
                self.stop()
                raise Failed(f"the server did not start: {self.said()[-800:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End the process that `start` made, and no other."""
        if self.running is None:
            return
        self.running.terminate()
        try:
            self.running.wait(10)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
        self.running = None

    def died(self) -> bool:
        """Return whether the process ends by itself within a moment."""
        if self.running is None:
            return True
        try:
            self.running.wait(1)
        except subprocess.TimeoutExpired:
            return False
        return True

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace").strip() if self.log.is_file() else ""


def listening(port: int) -> bool:
    """Return whether somebody accepts connections there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(server: Server) -> Generator[Server]:
    """Run a server until the block is left."""
    server.start()
    try:
        yield server
    finally:
        server.stop()
