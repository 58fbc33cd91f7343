"""A run over the targets of one folder: alone there, and after any run that was interrupted."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from specloom.command.terminal import Terminal
from specloom.disk.exclusive import alone
from specloom.disk.paths import is_interrupted
from specloom.lock.job import Job
from specloom.lock.text import Lock


class Work(NamedTuple):
    """What a command is about: at least one target, all with one lock."""

    jobs: tuple[Job, ...]
    whole: bool
    """Whether these are all targets of the project: whatever else is in the lock has gone."""

    @property
    def folder(self) -> str:
        return self.jobs[0].folder

    @property
    def roots(self) -> tuple[str, ...]:
        """The folders that the user named, from that of the lock on."""
        return tuple(dict.fromkeys(root for job in self.jobs for root in job.roots))

    def gone(self, lock: Lock) -> tuple[str, ...]:
        """Return what the lock knows, and the project has no more."""
        known = {job.target.name for job in self.jobs}
        return tuple(name for name in sorted(lock.entries) if self.whole and name not in known)


@contextmanager
def running(work: Work, terminal: Terminal) -> Generator[None]:
    """Hold the folder of the lock, and bring it into one state. Raises Unwritable."""
    with ExitStack() as stack:
        if os.path.isdir(work.folder):
            stack.enter_context(alone(work.folder, terminal.say))
            if is_interrupted(work.folder):
                from specloom.disk.journal import recover  # it is needed for nothing else here

                done = recover(work.folder, work.roots)
                if done is not None:
                    terminal.say(f"specloom: {done}")
        yield
