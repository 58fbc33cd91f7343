"""Regular files, and nothing that would hang or never end: no FIFO, no device, no folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from io import BufferedReader

from specloom.shown import escaped


class NotRegular(OSError):
    """There is something else than a regular file."""


@contextmanager
def opened(path: str, folder: int | None = None) -> Generator[BufferedReader]:
    """Open a regular file for reading. Raises OSError, and ValueError for what is no path.

    In a `folder`, by its handle, no link is followed.
    """

    def opener(name: str, flags: int) -> int:
        if folder is not None:
            flags |= os.O_NOFOLLOW
        nonblock: int = getattr(os, "O_NONBLOCK", 0)  # or a FIFO without a writer would hang us
        return os.open(name, flags | nonblock, dir_fd=folder)

    with open(path, "rb", opener=opener) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotRegular(None, "no regular file", path)
        yield file


def contents(path: str, most: int = -1, folder: int | None = None) -> bytes:
    """Return the bytes of a regular file, or the first of them. Raises OSError and ValueError."""
    with opened(path, folder) as file:
        return file.read(most)


def whole(path: str, most: int) -> bytes:
    """Return the bytes of a regular file. Raises OSError, also where there are more than `most`."""
    found = contents(path, most + 1)
    if len(found) > most:
        raise too_large(path)
    return found


def too_large(path: str) -> OSError:
    return OSError(None, "this is too large to be what it is called", path)


def words(error: OSError) -> str:
    """Return what the system says of a failure, and about which file."""
    reason = (error.strerror or str(error) or type(error).__name__).lower()
    return f"{escaped(str(error.filename))}: {reason}" if error.filename else reason
