"""Signals that ask a run to end: it ends soon, leaves nothing half done, and says so."""

from __future__ import annotations

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import NoReturn

_ENDING = tuple(
    found
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if isinstance(found := getattr(signal, name, None), signal.Signals)
)


class Terminated(KeyboardInterrupt):
    """Another signal than that of Ctrl-C has come."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    @property
    def status(self) -> int:
        """What a shell says of a command that a signal has ended."""
        return 128 + self.number


def heed() -> None:
    """Let every signal that asks this process to end raise Terminated, or KeyboardInterrupt.

    What whoever started it wants ignored (`nohup`) stays ignored.
    """
    for number in _ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _terminate)


@contextmanager
def held() -> Generator[None]:
    """Put such signals off until something is done. A process begun meanwhile never hears them."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _terminate(number: int, _: object) -> NoReturn:
    raise Terminated(number)
