"""The lock on the disk: read, changed, and what is said where it cannot be used."""

from __future__ import annotations

import os
from typing import NamedTuple

from specloom.config import Misconfigured, Mistakes
from specloom.digest import digest
from specloom.disk.paths import File
from specloom.disk.plan import Change
from specloom.lock.text import FILE, NO_LOCK, Broken, Lock, parse, printed
from specloom.regular import whole, words

_LONGEST = 64 * 2**20
"""Bytes: it has a line for each file and each name."""


class Locked(NamedTuple):
    """A lock as it was found in a folder."""

    folder: str
    lock: Lock
    data: bytes | None
    """The bytes of the file; None: there is none."""
    theirs: Lock | None = None
    """The other side of a merge that version control could not finish."""

    @property
    def text(self) -> str:
        return (self.data or b"").decode("utf-8", "replace")


def read_lock(folder: str) -> Locked:
    """Return the lock of a folder. Raises Misconfigured."""
    path = os.path.join(folder, FILE)
    try:
        if os.path.islink(path):
            raise Misconfigured(
                f"{os.path.normpath(path)}: this is a link: put the lock itself here"
            )
        data = whole(path, _LONGEST)
    except FileNotFoundError:
        return Locked(folder, NO_LOCK, None)
    except OSError as error:
        raise Misconfigured(words(error)) from None
    locked = Locked(folder, NO_LOCK, data)
    try:
        return _parsed(locked)
    except Broken as broken:
        raise unusable(locked, broken) from None


def _parsed(locked: Locked) -> Locked:
    if "<<<<<<<" in locked.text:
        from specloom.lock.merge import merged, sides  # which is rarely needed

        if (both := sides(locked.text)) is not None:
            ours, theirs = map(parse, both)
            return locked._replace(lock=merged(ours, theirs), theirs=theirs)
    return locked._replace(lock=parse(locked.text))


def change(locked: Locked, after: Lock) -> Change | None:
    """Return what has to be written for the lock to be another one."""
    new = printed(after).encode()
    if locked.data is not None and digest(new) == digest(locked.data):
        return None
    before = None if locked.data is None else digest(locked.data)
    return Change(File(".", FILE), before, new)


def unusable(locked: Locked, broken: Broken) -> Mistakes:
    """Return the exception for a lock that cannot be used, as it is printed."""
    from specloom.messages import told_at

    hint = broken.hint or "take it from version control, or remove it: all is named anew then"
    path = os.path.normpath(os.path.join(locked.folder, FILE))
    return Mistakes(told_at(path, locked.text, broken.line, "lock", broken.reason, hint))
