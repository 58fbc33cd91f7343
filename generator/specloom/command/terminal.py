"""What is said to a person, on standard error; standard output is for what was asked for."""

from __future__ import annotations

import os
import sys
import time

from specloom.shown import escaped

_PATIENCE = 0.4
"""Seconds after which a person wonders what is going on."""
_CLEAR = "\r\x1b[K"
_LONGEST = 2_000
"""Characters of a line of a message."""
_WIDEST = 70
"""Characters of what is being done: a line that breaks could not be replaced."""


class Terminal:
    """Says what came of things, and on a terminal also what is being done, as long as it is."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        is_there = sys.stderr is not None  # a program may be started without
        self._is_live = is_there and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._is_busy = False

    def say(self, text: str) -> None:
        """Write a line that stays, and one alone, whatever names or paths are in it."""
        self.tell(text.replace("\n", "\\n"))

    def tell(self, text: str) -> None:
        """Write a text of several lines, each of which we have begun."""
        self.done()
        if sys.stderr is None:
            return
        sys.stderr.write(_harmless(text, _LONGEST) + "\n")
        sys.stderr.flush()

    def doing(self, text: str) -> None:
        """Write what is being done, in a line that the next one replaces."""
        if self._is_live and time.monotonic() - self._start > _PATIENCE:
            sys.stderr.write(f"{_CLEAR}{_harmless(text, _WIDEST)} ...")
            sys.stderr.flush()
            self._is_busy = True

    def show(self, text: str) -> None:
        """Write what was asked for, on standard output, whatever its encoding. Raises OSError."""
        self.done()
        if sys.stdout is None:
            raise OSError("standard output is closed")
        encoding = sys.stdout.encoding or "ascii"
        harmless = _harmless(text)
        sys.stdout.write(harmless.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()

    def done(self) -> None:
        if self._is_busy:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
            self._is_busy = False


def _harmless(text: str, most: int | None = None) -> str:
    """Return a text whose lines may be shown, whatever documents, paths or locks they quote."""
    return "\n".join(_line(line, most) for line in text.split("\n"))


def _line(text: str, most: int | None) -> str:
    whole = escaped(text[:most])
    if most is None or (len(text) <= most and len(whole) <= most):
        return whole
    return f"{whole[:most]} ..."
