"""A run over the targets of one folder: alone there, and after any run that was interrupted."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from specloom.command.terminal import Terminal
from specloom.disk.exclusive import alone
from specloom.disk.paths import Unwritable, is_interrupted, root_of
from specloom.lock.job import Job
from specloom.lock.text import Lock


class Work(NamedTuple):
    """What a command is about: at least one target, all with one lock."""

    jobs: tuple[Job, ...]
    configured: frozenset[str] | None = None
    """The names of all targets of the project; None for a document without configuration."""
    whole: bool = False
    """Whether nothing was named: what the project has no more is to go."""

    @property
    def folder(self) -> str:
        return self.jobs[0].folder

    @property
    def folders(self) -> tuple[str, ...]:
        """The folder of the lock, and those that the user named."""
        named = (root_of(self.folder, root) for root in self.roots)
        return tuple(dict.fromkeys((os.path.normpath(self.folder), *named)))

    @property
    def roots(self) -> tuple[str, ...]:
        """The folders that the user named, from that of the lock on."""
        return tuple(dict.fromkeys(root for job in self.jobs for root in job.roots))

    def gone(self, lock: Lock) -> tuple[str, ...]:
        """Return the targets that the lock knows, and the project has no more."""
        configured = self.configured
        if configured is None:
            return ()
        return tuple(name for name in sorted(lock.entries) if name not in configured)


@contextmanager
def running(work: Work, terminal: Terminal) -> Generator[None]:
    """Hold all folders, and bring them into one state. Raises Unwritable."""
    for root in work.roots:
        _check_root(root_of(work.folder, root))
    with ExitStack() as stack:
        # in one order, or two runs with two locks could wait for each other
        folders = {os.path.realpath(folder): folder for folder in reversed(work.folders)}
        for _, folder in sorted(folders.items()):
            if os.path.isdir(folder):
                stack.enter_context(alone(folder, terminal.say))
        if is_interrupted(work.folder):
            from specloom.disk.journal import recover  # it is needed for nothing else here

            if (done := recover(work.folder)) is not None:
                how = "finished" if done.finished else "undone"
                terminal.say(f"specloom: an interrupted run was {how}")
                for key in done.spared:
                    terminal.say(f"  {key}: edited since, and left alone")
        yield


def _check_root(path: str) -> None:
    """Raise Unwritable for folders that nobody means to have code generated into."""
    found = os.path.realpath(path)
    if os.path.dirname(found) == found:
        raise Unwritable(f"{path}: this is the root of a file system: name a folder in it")
    if found == os.path.realpath(os.path.expanduser("~")):
        raise Unwritable(f"{path}: this is your home folder: name a folder in it")
