"""A target made anew: its files are compared with what stands there, and put in their place."""

from __future__ import annotations

import os

from specloom.digest import digest
from specloom.disk.journal import publish
from specloom.disk.paths import File, Unwritable, state
from specloom.disk.plan import Change, Plan, Refusals, plan
from specloom.job import Inputs, Job
from specloom.lock import FILE, Entry, Lock, names_text, printed
from specloom.outcome import Outcome, Wishes
from specloom.pinned import complaining, pins_of
from specloom.pipeline import Made, Refused, make


def regenerate(job: Job, lock: Lock, text: str, now: Inputs, wishes: Wishes) -> Outcome:
    """Make a target, publish it with its lock, and say what came of it.

    `text` is that of the lock. Raises Misconfigured where the lock cannot be used.
    """
    made = _made(job, lock, text, wishes)
    if isinstance(made, Refused):
        return Outcome(None, messages=made.messages)
    name, folder = job.target.name, job.folder
    files = {File(job.roots[root], path): data for (root, path), data in made.files.items()}
    once = frozenset(File(job.roots[root], path) for root, path in made.once)
    names = names_text(name, made.names.items())
    entry = Entry(
        **{**now._asdict(), "documents": {job.document: made.document}},
        names=digest(names.encode()),
        operations=made.operations,
        types=made.types,
        warnings=made.warnings,
        outputs={file.key: digest(data) for file, data in files.items() if file not in once},
    )
    before = lock.entries[name].outputs if name in lock.entries else {}
    after = Lock({**lock.entries, name: entry}, {**lock.names, name: names})
    try:
        planned = plan(folder, files, once, before, force=wishes.force)
        publish(folder, planned, _lock_change(folder, text, after))
    except Refusals as refusals:
        return Outcome(None, messages=(*made.messages, *map(_error, refusals.reasons)))
    except Unwritable as reason:
        return Outcome(None, messages=(*made.messages, _error(str(reason))))
    return Outcome(
        entry,
        written=len(planned.changes),
        unchanged=planned.unchanged,
        removed=len(planned.removals),
        messages=(*made.messages, *_notes(planned)),
    )


def _made(job: Job, lock: Lock, text: str, wishes: Wishes) -> Made | Refused:
    name = job.target.name
    with complaining(job.folder, text, name):
        return make(job.target, pins_of(lock, name), strict=wishes.strict)


def _lock_change(folder: str, text: str, after: Lock) -> Change | None:
    new = printed(after)
    if new == text:
        return None
    return Change(File(".", FILE), state(os.path.join(folder, FILE)), new.encode())


def _notes(planned: Plan) -> tuple[str, ...]:
    return (
        *(f"{path}: was edited, and is overwritten as you asked" for path in planned.overridden),
        *(f"{path}: is not made any more, but was edited, and is kept" for path in planned.kept),
    )


def _error(reason: str) -> str:
    return f"specloom: error: {reason}"
