"""Files of an output folder by their path within it, and never outside."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from specloom.digest import digest_of_file
from specloom.regular import words
from specloom.shown import escaped

JOURNAL = ".specloom-journal"
"""The file that says, in the folder of the lock, that a run is at work or was interrupted."""

Identity: TypeAlias = tuple[int, int]
"""What the system knows a file by, whatever it is called."""


class Unwritable(Exception):
    """What cannot be written, and why, in a sentence for the user."""


class File(NamedTuple):
    """A file of the output: the folder that the user named, and the way from there."""

    root: str
    """From the folder of the lock on."""
    path: str

    @property
    def key(self) -> str:
        """What the lock calls it."""
        return self.path if self.root == "." else f"{self.root}/{self.path}"


def file_of(key: str, roots: Iterable[str]) -> File:
    """Return the file that the lock calls so."""
    for root in roots:
        if root != "." and key.startswith(f"{root}/"):
            return File(root, key.removeprefix(f"{root}/"))
    return File(".", key)


def way(folder: str, file: File) -> str:
    """Return the way to a file, where `folder` is that of the lock. Raises Unwritable."""
    return safe(root_of(folder, file.root), file.path)


def root_of(folder: str, root: str) -> str:
    """Return the way to a folder that the user named."""
    whole = os.path.join(folder, root)
    # `..` after a link leads elsewhere than its letters say: it is left to the system
    return whole if ".." in root.split("/") else os.path.normpath(whole)


def safe(root: str, path: str) -> str:
    """Return the way to a file below `root`; raise Unwritable where it would lead out of there.

    The root is what the user named, and may be a link itself; nothing below it may be one.
    """
    parts = names_of(path)
    whole = root
    for part in parts[:-1]:
        whole = os.path.join(whole, part)
        if os.path.islink(whole):
            raise Unwritable(f"{whole}: this is a link out of the output folder")
    return os.path.join(whole, parts[-1]).removeprefix(f".{os.sep}")


def names_of(path: str) -> list[str]:
    """Return the names on the way to a file of an output folder; raise Unwritable for others."""
    parts = path.split("/")
    if not all(map(_is_plain, parts)):
        raise Unwritable(f"{escaped(path)}: this is no path within an output folder")
    return parts


def _is_plain(part: str) -> bool:
    """Return whether a part of a path is a name, on every system."""
    return part not in ("", ".", "..") and part.isprintable() and not set(part) & set("\\:")


def state(path: str) -> str | None:
    """Return the digest of a file; None if there is none. Raises Unwritable for anything else."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise Unwritable(f"{path}: this is no plain file")
        return digest_of_file(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unwritable(words(error)) from error


def identity(path: str) -> Identity | None:
    """Return what the system knows a file or a folder by; None where there is none."""
    try:
        return identity_of(os.stat(path))
    except (OSError, ValueError):
        return None


def identity_of(found: os.stat_result) -> Identity:
    return found.st_dev, found.st_ino


def is_interrupted(folder: str) -> bool:
    """Return whether a run has left its journal, or the beginning of one."""
    path = os.path.join(folder, JOURNAL)
    return os.path.lexists(path) or os.path.lexists(f"{path}.new")


def check_writable(path: str) -> None:
    """Raise Unwritable if no file can be made or replaced at a path, as far as can be foreseen."""
    folder = os.path.dirname(path) or "."
    while not os.path.lexists(folder):
        folder = os.path.dirname(folder) or "."
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Unwritable(f"{folder}: files cannot be written here: permission denied")
