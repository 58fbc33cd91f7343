"""What is said to a person, on standard error; standard output is for what was asked for."""

from __future__ import annotations

import os
import sys
import time

from specloom.shown import escaped

_PATIENCE = 0.4
"""Seconds after which a person wonders what is going on."""
_CLEAR = "\r\x1b[K"


class Terminal:
    """Says what came of things, and on a terminal also what is being done, as long as it is."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._is_live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._is_busy = False

    def say(self, text: str) -> None:
        """Write a line that stays."""
        self.done()
        # whatever names a message quotes, of documents, paths or locks, the terminal obeys none
        lines = (escaped(line) for line in text.split("\n"))
        sys.stderr.write("\n".join((*lines, "")))
        sys.stderr.flush()

    def doing(self, text: str) -> None:
        """Write what is being done, in a line that the next one replaces."""
        if self._is_live and time.monotonic() - self._start > _PATIENCE:
            sys.stderr.write(f"{_CLEAR}{escaped(text)} ...")
            sys.stderr.flush()
            self._is_busy = True

    def show(self, text: str) -> None:
        """Write what was asked for, on standard output, whatever its encoding. Raises OSError."""
        self.done()
        if sys.stdout is None:
            raise OSError("standard output is closed")
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()

    def done(self) -> None:
        if self._is_busy:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
            self._is_busy = False
