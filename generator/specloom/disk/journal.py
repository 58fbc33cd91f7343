"""Changes of many files as one: an interrupted run is finished or undone by the next."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple, TypeAlias, assert_never

from specloom.digest import digest
from specloom.disk.paths import JOURNAL, File, Unwritable, root_of, state, way
from specloom.disk.plan import Change, Plan
from specloom.regular import contents, words

STAGING = ".specloom-staging"


class Stage(NamedTuple):
    """A folder of staged files, within one that the user named."""

    root: str
    """From the folder of the lock on."""
    inode: int
    """Of the folder itself: a journal that comes from elsewhere, by way of a copy, has another."""


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
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...] | None
    """None while files are being staged: until the last one is, everything can be undone."""


class Recovered(NamedTuple):
    finished: bool
    """Whether the run was finished; else it was undone."""
    spared: tuple[str, ...]
    """Files that somebody has edited since, and that are left alone."""


def publish(folder: str, plan: Plan, last: Change | None) -> None:
    """Carry out a plan, and write `last`, the lock that vouches for it, when all else is done.

    Killed at any moment, it leaves what `recover` turns into the old state or the new one.
    Raises Unwritable.
    """
    changes = plan.changes if last is None else (*plan.changes, last)
    files = (*(c.file for c in changes), *(r.file for r in plan.removals))
    if not files:
        return
    done: Recovered | None = None
    try:
        stages = tuple(_staged(folder, dict.fromkeys(file.root for file in files)))
        _note(folder, Journal(stages, None))
        puts = tuple(_written(folder, changes))
        removals = tuple(Remove(removal.file, removal.before) for removal in plan.removals)
        cut = len(plan.changes)
        _note(folder, Journal(stages, (*puts[:cut], *removals, *puts[cut:])))
    except OSError as error:
        raise Unwritable(words(error)) from error
    finally:
        # whatever happened: finishes what is staged whole, undoes what is not
        done = recover(folder)
        for file in files:
            with suppress(OSError):  # empty, where not even a journal could be written
                os.rmdir(_stage(folder, file.root))
    if done is not None and done.spared:
        edited = ", ".join(done.spared)
        raise Unwritable(f"edited while this ran, and left alone: {edited}: run it again")


def recover(folder: str) -> Recovered | None:
    """Finish or undo an interrupted run; return what was done, or None if there was none.

    Raises Unwritable.
    """
    path = os.path.normpath(os.path.join(folder, JOURNAL))
    try:
        journal = _read(contents(path)) if os.path.lexists(path) else None
        if journal is None:
            _discard(f"{path}.new")
            return None
        stages = [stage for stage in journal.stages if _is_there(folder, stage, path)]
        # steps are taken as long as the stages stand, and these go one by one
        steps = journal.steps or () if len(stages) == len(journal.stages) else ()
        spared = tuple(step.file.key for step in steps if not _done(folder, step))
        for stage in stages:
            shutil.rmtree(_stage(folder, stage.root))
        _discard(f"{path}.new")
        _discard(path)
    except OSError as error:
        half = "a run was interrupted, and cannot be finished"
        raise Unwritable(f"{words(error)}: {half}: mend this, or remove {path}") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise Unwritable(f"{path}: this is no journal of Specloom: remove it") from error
    return Recovered(journal.steps is not None, spared)


def _staged(folder: str, roots: Iterable[str]) -> Iterator[Stage]:
    """Make empty folders for new files beside the old ones."""
    for root in roots:
        path = _stage(folder, root)
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        os.mkdir(path)
        yield Stage(root, os.lstat(path).st_ino)


def _written(folder: str, changes: Sequence[Change]) -> Iterator[Put]:
    """Write the new files; return what moves each into its place."""
    for number, change in enumerate(changes):
        _write(os.path.join(_stage(folder, change.file.root), str(number)), change.data)
        yield Put(change.file, str(number), change.before, digest(change.data))


def _is_there(folder: str, stage: Stage, journal: str) -> bool:
    """Return whether a stage stands. Raises Unwritable where it is not the one of the journal."""
    path = _stage(folder, stage.root)
    if not os.path.lexists(path):
        return False
    if os.path.islink(path) or os.lstat(path).st_ino != stage.inode:
        raise Unwritable(f"{journal}: this journal was not written in this folder: remove it")
    return True


def _stage(folder: str, root: str) -> str:
    return os.path.join(root_of(folder, root), STAGING)


def _done(folder: str, step: Step) -> bool:
    """Take a step that may have been taken already; return False for a file edited since."""
    path = way(folder, step.file)
    found = state(path)
    match step:
        case Put(staged=name, before=before, after=after):
            staged = os.path.join(_stage(folder, step.file.root), name)
            if not os.path.lexists(staged):
                return found == after
            if found not in (before, after):
                return False
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            os.replace(staged, path)
        case Remove(before=before):
            if found is None:
                return True
            if found != before:
                return False
            os.unlink(path)
            _prune(folder, step.file)
        case _:
            assert_never(step)
    return True


def _prune(folder: str, file: File) -> None:
    """Remove folders that have become empty, up to the one that the user named."""
    parts = file.path.split("/")[:-1]
    with suppress(OSError):  # what is not empty
        while parts:
            os.rmdir(os.path.join(root_of(folder, file.root), *parts))
            parts.pop()


def _note(folder: str, journal: Journal) -> None:
    path = os.path.join(folder, JOURNAL)
    _discard(f"{path}.new")
    _write(f"{path}.new", json.dumps(journal, indent=1).encode())
    os.replace(f"{path}.new", path)


def _read(data: bytes) -> Journal:
    """Return what a journal says. Raises ValueError, TypeError and RecursionError."""
    stages, steps = json.loads(data)
    return Journal(
        tuple(map(_read_stage, stages)), None if steps is None else tuple(map(_read_step, steps))
    )


def _read_stage(found: list[object]) -> Stage:
    match found:
        case [str(root), int(inode)]:
            return Stage(root, inode)
        case _:
            raise ValueError("stage")


def _read_step(found: list[object]) -> Step:
    match found:
        case [[str(root), str(path)], str(staged), str() | None as before, str(after)]:
            if not staged.isdecimal():
                raise ValueError("staged")
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
