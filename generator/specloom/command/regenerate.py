"""A target made anew: its files are compared with what stands there, and put in their place."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress

from specloom.command.outcome import Outcome, Wishes
from specloom.difference import FILES, differences
from specloom.digest import digest
from specloom.disk.journal import publish
from specloom.disk.paths import File, Unwritable
from specloom.disk.plan import Plan, Refusals, plan
from specloom.lock.file import change
from specloom.lock.job import Inputs, Job
from specloom.lock.names import complaining, pins_of
from specloom.lock.text import Entry, Lock, names_text
from specloom.pipeline import Doing, Made, Refused, make


def regenerate(
    job: Job, lock: Lock, text: str, now: Inputs, wishes: Wishes, doing: Doing
) -> Outcome:
    """Make a target, publish it with its lock, and say what came of it.

    `text` is that of the lock. Raises Misconfigured where the lock cannot be used.
    """
    made = _made(job, lock, text, wishes, doing)
    if isinstance(made, Refused):
        return Outcome(None, messages=made.messages)
    name = job.target.name
    files = {File(job.roots[root], path): data for (root, path), data in made.files.items()}
    once = frozenset(File(job.roots[root], path) for root, path in made.once)
    names = names_text(name, made.names.items())
    outputs = {file.key: digest(data) for file, data in files.items() if file not in once}
    entry = _entry(job, now, made, digest(names.encode()), outputs)
    after = Lock({**lock.entries, name: entry}, {**lock.names, name: names})
    known = _known(lock)
    before = _texts(job, known)
    try:
        stale = _stale(lock, name, {file.key for file in files})
        planned = plan(job.folder, files, once, known, stale, job.roots, force=wishes.force)
        publish(job.folder, planned, change(job.folder, text, after))
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
        changes=differences(before, _texts(job, outputs)),
    )


def _made(job: Job, lock: Lock, text: str, wishes: Wishes, doing: Doing) -> Made | Refused:
    name = job.target.name
    with complaining(job.folder, text, name):
        return make(job.target, pins_of(lock, name), strict=wishes.strict, doing=doing)


def _entry(job: Job, now: Inputs, made: Made, names: str, outputs: Mapping[str, str]) -> Entry:
    return Entry(
        specloom=now.specloom,
        templates=now.templates,
        configuration=now.configuration,
        names=names,
        operations=made.operations,
        types=made.types,
        warnings=made.warnings,
        documents={job.document: made.document},
        outputs=outputs,
    )


def _known(lock: Lock) -> dict[str, str]:
    """Return the digest of every file that the lock vouches for, whichever target has it."""
    return {key: value for entry in lock.entries.values() for key, value in entry.outputs.items()}


def _stale(lock: Lock, name: str, made: Collection[str]) -> list[str]:
    entry = lock.entries.get(name)
    return [] if entry is None else [key for key in entry.outputs if key not in made]


def _texts(job: Job, known: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a package that say what callers see, where they are what was made."""
    folder = os.path.join(job.target.output, job.target.package)
    made = frozenset(known.values())
    found: dict[str, str] = {}
    for name in FILES:
        with suppress(OSError), open(os.path.join(folder, name), "rb") as file:
            data = file.read()
            if digest(data) in made:
                found[name] = data.decode()
    return found


def _notes(planned: Plan) -> tuple[str, ...]:
    return (
        *(f"{path}: is overwritten, as --force asks" for path in planned.overridden),
        *(f"{path}: is not made any more, but was edited, and is kept" for path in planned.kept),
    )


def _error(reason: str) -> str:
    return f"specloom: error: {reason}"
