"""The lock on the disk: read, and what is said where it cannot be used."""

from __future__ import annotations

import os

from specloom.config import Misconfigured, Mistakes
from specloom.lock import FILE, NO_LOCK, Broken, Lock, parse
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


def unusable(folder: str, text: str, broken: Broken) -> Mistakes:
    """Return the exception for a lock that cannot be used, as it is printed."""
    from specloom.messages import told_at

    hint = broken.hint or "take it from version control, or remove it: all is named anew then"
    path = os.path.join(folder, FILE)
    return Mistakes(told_at(path, text, broken.line, "lock", shown(broken.reason), hint))
