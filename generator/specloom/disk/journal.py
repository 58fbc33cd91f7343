"""Changes of many files as one: an interrupted run is finished or undone by the next."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias, assert_never

from specloom.digest import digest
from specloom.disk.paths import JOURNAL, File, Unwritable, safe, state
from specloom.disk.plan import Change, Plan

STAGING = ".specloom-staging"


class Put(NamedTuple):
    """Move a staged file to where it belongs."""

    file: File
    staged: str
    before: str | None
    after: str


class Remove(NamedTuple):
    file: File
    before: str


Step: TypeAlias = Put | Remove


class Journal(NamedTuple):
    roots: tuple[str, ...]
    """The folders that are written to, from that of the lock on. Each may have staged files."""
    steps: tuple[Step, ...] | None
    """None while files are being staged: until the last one is, everything can be undone."""


def publish(folder: str, plan: Plan, last: Change | None) -> None:
    """Carry out a plan, and write `last`, the lock that vouches for it, when all else is done.

    Killed at any moment, it leaves what `recover` turns into the old state or the new one.
    Raises Unwritable.
    """
    changes = plan.changes if last is None else (*plan.changes, last)
    if not changes and not plan.removals:
        return
    files = (*(c.file for c in changes), *(r.file for r in plan.removals))
    roots = tuple(dict.fromkeys(file.root for file in files))
    try:
        _note(folder, Journal(roots, None))
        puts = tuple(_staged(folder, roots, changes))
        removals = tuple(Remove(*removal) for removal in plan.removals)
        cut = len(plan.changes)
        _note(folder, Journal(roots, (*puts[:cut], *removals, *puts[cut:])))
    except OSError as error:
        raise Unwritable(_told(error, folder)) from error
    finally:
        # whatever happened: finishes what is staged whole, undoes what is not
        recover(folder, roots)


def recover(folder: str, trusted: Sequence[str]) -> str | None:
    """Finish or undo an interrupted run; return what was done, or None if there was none.

    A journal may come from a stranger: only folders below that of the lock are written to, and
    `trusted` ones. Raises Unwritable.
    """
    path = os.path.join(folder, JOURNAL)
    try:
        with open(path, "rb") as file:
            journal = _read(file.read())
    except FileNotFoundError:
        _discard(f"{path}.new")
        return None
    except (OSError, ValueError, TypeError) as error:
        raise Unwritable(f"{path}: this is no journal of Specloom: remove it") from error
    steps = journal.steps or ()
    for root in (*journal.roots, *(step.file.root for step in steps)):
        if root not in trusted and (".." in root.split("/") or os.path.isabs(root)):
            message = f"an interrupted run wrote to {root}: repeat it, with the same folders"
            raise Unwritable(f"{path}: {message}")
    try:
        spared = [step.file.key for step in steps if not _done(folder, step)]
        for root in journal.roots:
            shutil.rmtree(os.path.join(folder, root, STAGING), ignore_errors=True)
        _discard(f"{path}.new")
        _discard(path)
    except OSError as error:
        raise Unwritable(_told(error, folder)) from error
    done = "undone" if journal.steps is None else "finished"
    return "; ".join(
        (
            f"an interrupted run was {done}",
            *(f"{key} was edited since, and is kept" for key in spared),
        )
    )


def _staged(folder: str, roots: Sequence[str], changes: Sequence[Change]) -> Iterator[Put]:
    """Write the new files beside the old ones; return what moves each into its place."""
    for root in roots:
        staging = os.path.join(folder, root, STAGING)
        os.makedirs(os.path.dirname(staging), exist_ok=True)
        shutil.rmtree(staging, ignore_errors=True)
        os.mkdir(staging)
    for number, change in enumerate(changes):
        _write(os.path.join(folder, change.file.root, STAGING, str(number)), change.data)
        yield Put(change.file, str(number), change.before, digest(change.data))


def _done(folder: str, step: Step) -> bool:
    """Take a step that may have been taken already; return False for a file edited since."""
    root = os.path.join(folder, step.file.root)
    path = safe(root, step.file.path)
    match step:
        case Put(staged=name, before=before, after=after):
            staged = safe(root, f"{STAGING}/{name}")
            if not os.path.lexists(staged):
                return True
            if state(path) not in (before, after):
                return False
            os.makedirs(os.path.dirname(path), exist_ok=True)
            os.replace(staged, path)
        case Remove(before=before):
            found = state(path)
            if found is None:
                return True
            if found != before:
                return False
            os.unlink(path)
            _prune(root, os.path.dirname(path))
        case _:
            assert_never(step)
    return True


def _prune(root: str, path: str) -> None:
    """Remove folders that have become empty, up to the one that the user named."""
    while os.path.normpath(path) != os.path.normpath(root):
        try:
            os.rmdir(path)
        except OSError:
            return
        path = os.path.dirname(path)


def _note(folder: str, journal: Journal) -> None:
    path = os.path.join(folder, JOURNAL)
    _discard(f"{path}.new")
    _write(f"{path}.new", json.dumps(journal, indent=1).encode())
    os.replace(f"{path}.new", path)


def _read(data: bytes) -> Journal:
    """Return what a journal says. Raises ValueError or TypeError."""
    roots, steps = json.loads(data)
    if not all(isinstance(root, str) for root in roots):
        raise TypeError("roots")
    return Journal(tuple(roots), None if steps is None else tuple(map(_step, steps)))


def _step(found: list[object]) -> Step:
    match found:
        case [[str(root), str(path)], str(staged), str() | None as before, str(after)]:
            return Put(File(root, path), staged, before, after)
        case [[str(root), str(path)], str(before)]:
            return Remove(File(root, path), before)
        case _:
            raise ValueError("step")


def _write(path: str, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _discard(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def _told(error: OSError, folder: str) -> str:
    return f"{error.filename or folder}: {(error.strerror or str(error)).lower()}"
