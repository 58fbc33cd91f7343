"""`specloom check`: what has moved, and what mends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from specloom.command.run import Work, running
from specloom.command.terminal import Terminal
from specloom.lock.drift import MERGING, Moved, What, drift
from specloom.lock.file import Locked, read_lock
from specloom.lock.job import Job, inputs
from specloom.shown import counted


def check(work: Work, terminal: Terminal) -> bool:
    """Say what has moved, and what mends it; return whether nothing has.

    Raises Misconfigured where the lock cannot be used, and Unwritable.
    """
    with running(work, terminal):
        locked = read_lock(work.folder)
        done = [_checked(job, locked, terminal) for job in work.jobs]
        gone = work.gone(locked.lock) if work.whole else ()
        for name in gone:
            terminal.say(f"{name}: is no target any more, but its files are there")
            terminal.say("  to mend it: specloom generate")
        return all(done) and not gone


def _checked(job: Job, locked: Locked, terminal: Terminal) -> bool:
    name, lock = job.target.name, locked.lock
    entry = lock.entries.get(name)
    moved = drift(job, lock, inputs(job, entry.parts if entry else ()))
    if locked.theirs is not None:
        moved = (MERGING, *moved)
    if not moved:
        terminal.say(f"{name}: up to date; {counted(len(lock.entries[name].outputs), 'file')}")
        return True
    terminal.say(f"{name}: out of date")
    for found in moved:
        terminal.say(f"  {found.what}: {found.says}")
    for line in _mending(job, moved):
        terminal.say(f"  {line}")
    return False


def _mending(job: Job, moved: Sequence[Moved]) -> Iterator[str]:
    """Return what to do about everything that has moved."""
    edited = [found for found in moved if found.what is What.OUTPUT_EDITED]
    if any(not found.is_mendable for found in edited):
        yield "what is no file of ours has to be moved away, or made readable, by you"
    if any(found.is_mendable for found in moved):
        force = any(found.is_mendable for found in edited)
        command = f"specloom generate {'--force ' if force else ''}{job.again}"
        yield f"to mend it: {command}{', which loses the edits' if force else ''}"
    if any(found.what is What.OUTPUT_EXTRA for found in moved):
        yield "Specloom did not make the extra files: remove them, or keep them elsewhere"
