"""A target with another name: what was generated under the old one is its own."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.lock.job import Job
from specloom.lock.text import Lock, names_of, names_text


def inherited(lock: Lock, job: Job, gone: Sequence[str]) -> Lock:
    """Return the lock with the entry of a target that has gone, and whose package is this one.

    Raises Broken.
    """
    name = job.target.name
    if name in lock.entries:
        return lock
    root = job.roots[0]
    start = f"{job.target.package}/" if root == "." else f"{root}/{job.target.package}/"
    for old in gone:
        entry = lock.entries[old]
        if any(key.startswith(start) for key in entry.outputs):
            entries = {**lock.entries, name: entry}
            names = {**lock.names, name: names_text(name, names_of(lock.names[old]).items())}
            entries.pop(old)
            names.pop(old)
            return Lock(entries, names)
    return lock
