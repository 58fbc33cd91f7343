"""A target with another name: what was generated under the old one is its own."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.disk.paths import File
from specloom.lock.job import Job
from specloom.lock.text import Lock, names_of, names_text


def inherited(lock: Lock, job: Job, gone: Sequence[str]) -> Lock:
    """Return the lock with the entry of a target that has gone: one of this package or document.

    Raises Broken.
    """
    name = job.target.name
    if name in lock.entries:
        return lock
    start = f"{File(job.roots[0], job.target.package).key}/"
    same_package = [o for o in gone if any(k.startswith(start) for k in lock.entries[o].outputs)]
    same_document = [o for o in gone if job.document in lock.entries[o].documents]
    for old in (same_package or same_document)[:1]:
        entries = {**lock.entries, name: lock.entries[old]}
        names = {**lock.names, name: names_text(name, names_of(lock.names[old]).items())}
        entries.pop(old)
        names.pop(old)
        return Lock(entries, names)
    return lock
