"""One run at a time in one folder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress

from specloom.disk.paths import Unwritable
from specloom.regular import words

_PATIENCE = 120.0
"""Seconds that a run waits for another to end."""
_PAUSE = 0.05


@contextmanager
def alone(folder: str, say: Callable[[str], None]) -> Generator[None]:
    """Hold a folder for one run; wait for another one, and say so.

    The system ends the hold with the process, however that dies, and nothing is left behind.
    Raises Unwritable if the other run does not end, or the folder cannot be opened.
    """
    end: float | None = None
    while True:
        try:
            handle = _opened(folder)
        except OSError as error:
            raise Unwritable(words(error)) from error
        try:
            while not _held(handle):
                if end is None:
                    say(f"specloom: another run is at work in {folder}: waiting for it")
                    end = time.monotonic() + _PATIENCE
                if time.monotonic() > end:
                    raise Unwritable(f"{folder}: another run is at work here and does not end")
                time.sleep(_PAUSE)
            if _is_still(folder, handle):
                yield
                return
        finally:
            os.close(handle)


@contextmanager
def there(folders: Iterable[str]) -> Generator[None]:
    """Make folders, and remove those again into which nothing has come. Raises Unwritable."""
    made: list[str] = []
    try:
        for folder in folders:
            made += _missing(folder)
            _make(folder)
        yield
    finally:
        for folder in sorted(made, key=len, reverse=True):
            with suppress(OSError):
                os.rmdir(folder)


def _make(folder: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise Unwritable(f"{words(error)}: no folder can be made here") from error


def _missing(folder: str) -> Iterator[str]:
    while folder and not os.path.lexists(folder):
        yield folder
        folder = os.path.dirname(folder)


def _is_still(folder: str, handle: int) -> bool:
    """Return whether the folder is the one that was opened, not one that took its place."""
    if sys.platform == "win32":
        return True
    try:
        return os.path.samestat(os.stat(folder), os.fstat(handle))
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        return False


if sys.platform == "win32":
    import msvcrt

    def _opened(folder: str) -> int:
        # folders cannot be locked there
        return os.open(os.path.join(folder, ".specloom-busy"), os.O_RDWR | os.O_CREAT)

    def _held(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _opened(folder: str) -> int:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def _held(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # some network file systems have no locks: a run alone is better than none
            return True
        return True
