"""What is said to a person, on standard error; standard output is for what was asked for."""

from __future__ import annotations

import sys
import time

_PATIENCE = 0.4
"""Seconds after which a person wonders what is going on."""
_CLEAR = "\r\x1b[K"


class Terminal:
    """Says what came of things, and on a terminal also what is being done, as long as it is."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._is_live = sys.stderr.isatty()
        self._is_busy = False

    def say(self, text: str) -> None:
        """Write a line that stays."""
        self.done()
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def doing(self, text: str) -> None:
        """Write what is being done, in a line that the next one replaces."""
        if self._is_live and time.monotonic() - self._start > _PATIENCE:
            sys.stderr.write(f"{_CLEAR}{text} ...")
            sys.stderr.flush()
            self._is_busy = True

    def done(self) -> None:
        if self._is_busy:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
            self._is_busy = False
