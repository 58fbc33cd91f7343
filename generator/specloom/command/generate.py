"""`specloom generate`: nothing is done where the lock says that nothing has moved."""

from __future__ import annotations

import shlex
import time
from collections.abc import Iterable

from specloom.command.outcome import Outcome, Wishes
from specloom.command.run import Work, running
from specloom.command.terminal import Terminal
from specloom.disk.exclusive import there
from specloom.lock.drift import Moved, What, drift
from specloom.lock.file import read_lock, unusable
from specloom.lock.heirs import inherited
from specloom.lock.job import Job, inputs
from specloom.lock.text import Broken, Entry
from specloom.shown import counted


def generate(work: Work, wishes: Wishes, terminal: Terminal) -> bool:
    """Bring targets up to date; return whether that could be done.

    Raises Misconfigured where the lock cannot be used, and Unwritable.
    """
    with there(work.folders), running(work, terminal):
        # all of them, whatever comes of one
        done = [_generated(job, work, wishes, terminal) for job in work.jobs]
        locked = read_lock(work.folder)
        if work.whole and all(done) and (gone := work.gone(locked.lock)):
            from specloom.command.prune import prune

            prune(work, locked, gone, terminal)
        return all(done)


def _generated(job: Job, work: Work, wishes: Wishes, terminal: Terminal) -> bool:
    start = time.perf_counter()
    locked = read_lock(job.folder)
    try:
        lock = inherited(locked.lock, job, work.gone(locked.lock))
    except Broken as broken:
        raise unusable(locked, broken) from None
    entry = lock.entries.get(job.target.name)
    now = inputs(job, entry.parts if entry else ())
    moved = drift(job, lock, now)
    is_settled = locked.theirs is None and lock is locked.lock
    if entry is None or not is_settled or _is_due(entry, moved, wishes):
        from specloom.command.regenerate import regenerate  # all that is heavy begins here

        locked = locked._replace(lock=lock)
        outcome = regenerate(job, locked, now, wishes, terminal.doing)
    else:
        outcome = Outcome(entry, unchanged=len(entry.outputs))
    for message in outcome.messages:
        terminal.tell(message)
    if outcome.entry is None:
        return False
    terminal.say(_summary(job, outcome.entry, outcome, time.perf_counter() - start))
    for found in moved:
        if found.what is What.OUTPUT_EXTRA:
            terminal.say(f"  kept, though nothing makes it: {found.says}")
    for line in outcome.changes:
        terminal.say(f"  {line}")
    return True


def _is_due(entry: Entry, moved: Iterable[Moved], wishes: Wishes) -> bool:
    """Return whether there is anything to do: messages about a document are made by reading it."""
    if wishes.strict and entry.warnings:
        return True
    return any(found.what is not What.OUTPUT_EXTRA for found in moved)


def _summary(job: Job, entry: Entry, outcome: Outcome, seconds: float) -> str:
    """Return the line about a target that is up to date now."""
    files = f"{counted(outcome.written, 'file')} written, {outcome.unchanged} unchanged"
    parts = [
        f"{counted(entry.operations, 'operation')}, {counted(entry.types, 'type')}",
        files + (f", {outcome.removed} removed" if outcome.removed else ""),
        f"{seconds:.2f} s",
    ]
    if entry.warnings:
        told = f"specloom explain {shlex.quote(job.target.spec)}"
        parts.append(f"{counted(entry.warnings, 'warning')}, told by {told}")
    return f"{job.target.name}: {'; '.join(parts)}"
