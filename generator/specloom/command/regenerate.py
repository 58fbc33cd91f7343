"""A target made anew: its files are compared with what stands there, and put in their place."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress

from specloom.command.outcome import Outcome, Wishes
from specloom.difference import PARTS, differences
from specloom.digest import digest
from specloom.disk.journal import publish
from specloom.disk.paths import File, Unwritable
from specloom.disk.plan import Refusals, Standing, plan
from specloom.lock.file import Locked, change
from specloom.lock.job import Inputs, Job, parts_of
from specloom.lock.names import complaining, pins_of
from specloom.lock.text import NO_LOCK, Entry, Lock, names_text
from specloom.pipeline import Doing, Made, Refused, make
from specloom.regular import contents
from specloom.shown import escaped

_LONGEST = 16 * 2**20
"""Bytes of a file that is compared for callers. Whatever is longer, we did not make it."""


def regenerate(job: Job, locked: Locked, now: Inputs, wishes: Wishes, doing: Doing) -> Outcome:
    """Make a target, publish it with its lock, and return what came of it.

    Raises Misconfigured where the lock cannot be used.
    """
    name, lock = job.target.name, locked.lock
    with complaining(locked, name):
        made = make(job.target, pins_of(lock, name), strict=wishes.strict, doing=doing)
    if isinstance(made, Refused):
        return Outcome(None, messages=made.messages)
    files = {File(job.roots[root], path): data for (root, path), data in made.files.items()}
    once = frozenset(File(job.roots[root], path) for root, path in made.once)
    outputs = {file.key: digest(data) for file, data in files.items() if file not in once}
    names = names_text(name, made.names.items())
    entry = _entry(job, now, made, digest(names.encode()), outputs)
    after = Lock({**lock.entries, name: entry}, {**lock.names, name: names})
    standing = _standing(locked, name, {file.key for file in files})
    before = _texts(job)
    try:
        planned = plan(job.folder, files, once, standing, force=wishes.force)
        publish(job.folder, planned, change(locked, after))
    except Refusals as refusals:
        return Outcome(None, messages=(*made.messages, *map(_error, refusals.reasons)))
    except Unwritable as reason:
        return Outcome(None, messages=(*made.messages, _error(str(reason))))
    return Outcome(
        entry,
        written=len(planned.changes),
        unchanged=planned.unchanged,
        removed=len(planned.removals),
        messages=(
            *made.messages,
            *(f"{escaped(path)}: overwritten, as --force asks" for path in planned.overridden),
            *map(escaped, planned.kept),
        ),
        changes=differences(before, _texts(job)),
    )


def _entry(job: Job, now: Inputs, made: Made, names: str, outputs: Mapping[str, str]) -> Entry:
    return Entry(
        specloom=now.specloom,
        templates=now.templates,
        configuration=now.configuration,
        names=names,
        operations=made.operations,
        types=made.types,
        warnings=made.warnings,
        documents=dict(zip(job.documents, made.documents, strict=True)),
        parts=parts_of(job, made.parts),
        outputs=outputs,
    )


def _standing(locked: Locked, name: str, made: Collection[str]) -> Standing:
    """Return what the lock vouches for, whichever target has it, on either side of a merge."""
    known: dict[str, set[str]] = {}
    stale: dict[str, None] = {}
    for lock in (locked.lock, locked.theirs or NO_LOCK):
        for target, entry in lock.entries.items():
            for key, value in entry.outputs.items():
                known.setdefault(key, set()).add(value)
                if target == name and key not in made:
                    stale[key] = None
    return Standing(known, tuple(stale))


def _texts(job: Job) -> dict[str, str]:
    """Return the files of a package that say what callers see, as they are now."""
    package = os.path.join(job.target.output, job.target.package)
    found: dict[str, str] = {}
    for part in PARTS:
        names = [f"{part}.py"]
        with suppress(OSError):
            inside = sorted(os.listdir(os.path.join(package, part)))
            names += [f"{part}/{name}" for name in inside if name.endswith(".py")]
        for name in names:
            with suppress(OSError):
                data = contents(os.path.join(package, name), _LONGEST)
                found[name] = data.decode("utf-8", "replace")
    return found


def _error(reason: str) -> str:
    return f"specloom: error: {escaped(reason)}"
