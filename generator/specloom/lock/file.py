"""The lock on the disk: read, and what is said where it cannot be used."""

from __future__ import annotations

import os

from specloom.config import Misconfigured, Mistakes
from specloom.digest import digest
from specloom.disk.paths import File
from specloom.disk.plan import Change
from specloom.lock.text import FILE, NO_LOCK, Broken, Lock, parse, printed
from specloom.shown import shown


def read_lock(folder: str) -> tuple[Lock, str]:
    """Return the lock of a folder, and its text. Raises Misconfigured."""
    path = os.path.join(folder, FILE)
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        return NO_LOCK, ""
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path}: {shown(str(error))}") from None
    try:
        return parse(text), text
    except Broken as broken:
        raise unusable(folder, text, broken) from None


def change(folder: str, text: str, after: Lock) -> Change | None:
    """Return what has to be written for the lock to be another one; `text` is what it was."""
    new = printed(after)
    if new == text:
        return None
    return Change(File(".", FILE), digest(text.encode()) if text else None, new.encode())


def unusable(folder: str, text: str, broken: Broken) -> Mistakes:
    """Return the exception for a lock that cannot be used, as it is printed."""
    from specloom.messages import told_at

    hint = broken.hint or "take it from version control, or remove it: all is named anew then"
    path = os.path.join(folder, FILE)
    return Mistakes(told_at(path, text, broken.line, "lock", shown(broken.reason), hint))
