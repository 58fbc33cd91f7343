"""Folders that are held open: what is done in one is done there, whatever takes its place.

A path is looked up anew each time that it is used, and by then a part of it may be a link to
elsewhere. So nothing here goes by a path but the opening of a folder that the user named.
Where the system has no such handles (Windows), paths stand in for them.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import NamedTuple

from specloom.digest import digest_of_file
from specloom.disk.paths import Identity, Unwritable, identity_of
from specloom.regular import contents

_FOLDER: int = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | _NO_LINK
_PRIVATE = 0o700
_HANDLES = "/proc/self/fd" if os.path.isdir("/proc/self/fd") else ""
"""Where the system lists the folders that are open: a name below one is resolved from its handle."""


class Folder(NamedTuple):
    path: str
    """What it was called when it was opened."""
    handle: int | None
    """None where folders cannot be opened."""

    @property
    def identity(self) -> Identity:
        found = os.stat(self.path) if self.handle is None else os.fstat(self.handle)
        return identity_of(found)

    def entry(self, name: str) -> str:
        """Return what the system is to be given for a name in this folder."""
        if self.handle is None:
            return self.called(name)
        # a bare name would be right as well, but who watches a process, by audit hooks or a trace,
        # would take it for one below the working directory
        return f"{_HANDLES}/{self.handle}/{name}" if _HANDLES else name

    def called(self, name: str) -> str:
        """Return what a person calls it."""
        return os.path.normpath(os.path.join(self.path, name))


@contextmanager
def named(path: str) -> Generator[Folder]:
    """Open a folder that the user named, links on the way to it included. Raises OSError."""
    with _closing(None if sys.platform == "win32" else os.open(path, os.O_RDONLY | _FOLDER)) as it:
        yield Folder(path, it)


@contextmanager
def below(folder: Folder, names: Sequence[str], *, make: bool = False) -> Generator[Folder]:
    """Open the folder at the end of a way down, on which there may be no link.

    `make` says that what is missing is to be made. Raises OSError, and Unwritable for links.
    """
    with ExitStack() as stack:
        for name in names:
            folder = stack.enter_context(_inner(folder, name, make=make))
        yield folder


@contextmanager
def _inner(folder: Folder, name: str, *, make: bool) -> Generator[Folder]:
    path = folder.called(name)
    if make:
        with suppress(FileExistsError):
            make_folder(folder, name, 0o777)
    found = _looked_at(folder, name)
    if stat.S_ISLNK(found.st_mode):
        raise Unwritable(f"{path}: this is a link out of the output folder")
    with _said(path):
        handle = (
            None
            if folder.handle is None
            # a link that has come since is refused by the system
            else os.open(folder.entry(name), os.O_RDONLY | _FOLDER | _NO_LINK, dir_fd=folder.handle)
        )
    with _closing(handle):
        yield Folder(path, handle)


def exists(folder: Folder, name: str) -> bool:
    """Return whether there is anything of that name, a link to nowhere included."""
    try:
        _looked_at(folder, name)
    except FileNotFoundError:
        return False
    return True


def is_folder(folder: Folder, name: str) -> Identity | None:
    """Return what a folder is known by; None for a link and anything else. Raises OSError."""
    found = _looked_at(folder, name)
    return identity_of(found) if stat.S_ISDIR(found.st_mode) else None


def state(folder: Folder, name: str) -> str | None:
    """Return the digest of a file; None if there is none. Raises OSError and Unwritable."""
    try:
        if not stat.S_ISREG(_looked_at(folder, name).st_mode):
            raise Unwritable(f"{folder.called(name)}: this is no plain file")
        with _said(folder.called(name)):
            return digest_of_file(folder.entry(name), folder.handle)
    except FileNotFoundError:
        return None


def read(folder: Folder, name: str, most: int) -> bytes:
    """Return the first bytes of a file that is no link. Raises OSError."""
    with _said(folder.called(name)):
        return contents(folder.entry(name), most, folder.handle)


def write(folder: Folder, name: str, data: bytes) -> None:
    """Write a file that is not there yet, to the disk itself. Raises OSError."""
    with _said(folder.called(name)):
        handle = os.open(folder.entry(name), _NEW, 0o666, dir_fd=folder.handle)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def move(source: Folder, name: str, target: Folder, new: str) -> None:
    """Move a file to where another one may stand. Raises OSError."""
    with _said(target.called(new)):
        os.replace(
            source.entry(name),
            target.entry(new),
            src_dir_fd=source.handle,
            dst_dir_fd=target.handle,
        )


def remove(folder: Folder, name: str) -> None:
    """Remove a file or a link, if it is there. Raises OSError."""
    with _said(folder.called(name)):
        try:
            os.unlink(folder.entry(name), dir_fd=folder.handle)
        except FileNotFoundError:
            return


def make_folder(folder: Folder, name: str, mode: int = _PRIVATE) -> None:
    """Make a folder. Raises OSError, also where there is one."""
    with _said(folder.called(name)):
        os.mkdir(folder.entry(name), mode, dir_fd=folder.handle)


def remove_folder(folder: Folder, name: str) -> None:
    """Remove an empty folder. Raises OSError."""
    with _said(folder.called(name)):
        os.rmdir(folder.entry(name), dir_fd=folder.handle)


def entries(folder: Folder) -> Iterator[str]:
    yield from sorted(os.listdir(folder.path if folder.handle is None else folder.handle))


def sync(folder: Folder) -> None:
    """Have the names in a folder written to the disk itself. Raises OSError."""
    if folder.handle is None:
        return
    try:
        os.fsync(folder.handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # not every file system does
            raise


def _looked_at(folder: Folder, name: str) -> os.stat_result:
    with _said(folder.called(name)):
        return os.stat(folder.entry(name), dir_fd=folder.handle, follow_symlinks=False)


@contextmanager
def _said(path: str) -> Generator[None]:
    """Let an error name the whole path."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None


@contextmanager
def _closing(handle: int | None) -> Generator[int | None]:
    try:
        yield handle
    finally:
        if handle is not None:
            os.close(handle)
