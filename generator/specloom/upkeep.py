"""Generating and checking: what is asked of the lock before anything else is done."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby
from typing import TypeAlias

from specloom.disk.exclusive import alone, there
from specloom.disk.journal import recover
from specloom.drift import Moved, What, drift
from specloom.job import Job, inputs
from specloom.lock import Entry
from specloom.lockfile import read_lock
from specloom.outcome import Outcome, Wishes
from specloom.shown import shown

Say: TypeAlias = Callable[[str], None]


def generate(jobs: Sequence[Job], wishes: Wishes, say: Say) -> bool:
    """Bring targets up to date, all of one folder; return whether that could be done."""
    folder = jobs[0].folder
    with there(folder), alone(folder, say):
        _recover(folder, jobs, say)
        # all of them, whatever comes of one
        done = [_generated(job, wishes, say) for job in jobs]
        return all(done)


def check(jobs: Sequence[Job], say: Say) -> bool:
    """Say what has moved, and what mends it; return whether nothing has."""
    folder = jobs[0].folder
    with ExitStack() as stack:
        if os.path.isdir(folder):
            stack.enter_context(alone(folder, say))
            _recover(folder, jobs, say)
        done = [_checked(job, say) for job in jobs]
        return all(done)


def _generated(job: Job, wishes: Wishes, say: Say) -> bool:
    start = time.perf_counter()
    lock, text = read_lock(job.folder)
    now = inputs(job)
    moved = drift(job, lock, now)
    entry = lock.entries.get(job.target.name)
    if entry is None or _is_due(entry, moved, wishes):
        from specloom.regenerate import regenerate  # all that is heavy begins here

        outcome = regenerate(job, lock, text, now, wishes)
    else:
        outcome = Outcome(entry, unchanged=len(entry.outputs))
    for message in outcome.messages:
        say(message)
    if outcome.entry is None:
        return False
    say(_summary(job, outcome.entry, outcome, time.perf_counter() - start))
    for found in moved:
        if found.what is What.OUTPUT_EXTRA:
            say(f"  kept, though Specloom did not make it: {shown(found.says)}")
    for line in outcome.changes:
        say(f"  {line}")
    return True


def _is_due(entry: Entry, moved: Iterable[Moved], wishes: Wishes) -> bool:
    """Return whether there is anything to do: messages about a document are made by reading it."""
    if wishes.strict and entry.warnings:
        return True
    return any(found.what is not What.OUTPUT_EXTRA for found in moved)


def _checked(job: Job, say: Say) -> bool:
    lock, _ = read_lock(job.folder)
    moved = drift(job, lock, inputs(job))
    name = job.target.name
    if not moved:
        say(f"{name}: up to date; {len(lock.entries[name].outputs)} files")
        return True
    say(f"{name}: out of date")
    for what, group in groupby(moved, key=lambda m: m.what):
        for found in group:
            say(f"  {what}: {shown(found.says)}")
    for line in _mending(job, moved):
        say(f"  {line}")
    return False


def _mending(job: Job, moved: Iterable[Moved]) -> Iterator[str]:
    """Return what to do about everything that has moved."""
    kinds = {m.what for m in moved}
    extra = What.OUTPUT_EXTRA in kinds
    if kinds != {What.OUTPUT_EXTRA}:
        force = "--force " if What.OUTPUT_EDITED in kinds else ""
        loss = ", which loses the edits" if force else ""
        yield f"to mend it: specloom generate {force}{job.again}{loss}"
    if extra:
        yield "Specloom did not make the extra files: remove them, or keep them elsewhere"


def _recover(folder: str, jobs: Sequence[Job], say: Say) -> None:
    roots = tuple(dict.fromkeys(root for job in jobs for root in job.roots))
    done = recover(folder, roots)
    if done is not None:
        say(f"specloom: {done}")


def _summary(job: Job, entry: Entry, outcome: Outcome, seconds: float) -> str:
    """Return the line about a target that is up to date now."""
    files = f"{_counted(outcome.written, 'file')} written, {outcome.unchanged} unchanged"
    parts = [
        f"{_counted(entry.operations, 'operation')}, {_counted(entry.types, 'type')}",
        files + (f", {outcome.removed} removed" if outcome.removed else ""),
        f"{seconds:.2f} s",
    ]
    if entry.warnings:
        told = f"specloom lower {shown(job.target.spec)}"
        parts.append(f"{_counted(entry.warnings, 'warning')}, told by {told}")
    return f"{job.target.name}: {'; '.join(parts)}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
