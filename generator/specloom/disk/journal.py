"""Changes of many files as one: an interrupted run is finished or undone by the next."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import NamedTuple, assert_never

from specloom.digest import digest
from specloom.disk import handles
from specloom.disk.handles import Folder, below, named
from specloom.disk.paths import JOURNAL, Identity, Unwritable, identity, names_of, root_of
from specloom.disk.plan import Change, Plan
from specloom.disk.record import Journal, Put, Remove, Stage, Step, is_staged, parse, printed
from specloom.regular import words
from specloom.signals import held

STAGING = ".specloom-staging"
_NEW = f"{JOURNAL}.new"
_LONGEST = 256 * 2**20
"""Bytes of a journal. One for a hundred thousand files has a tenth of that."""


class Recovered(NamedTuple):
    finished: bool
    """Whether the run was finished; else it was undone."""
    spared: tuple[str, ...]
    """Files that somebody has edited since, and that are left alone."""


def publish(folder: str, plan: Plan, last: Change | None) -> None:
    """Carry out a plan, and write `last`, the lock that vouches for it, when all else is done.

    Killed at any moment, it leaves what `recover` turns into the old state or the new one. What
    only asks the process to end is heard afterwards. Raises Unwritable.
    """
    # what is imported meanwhile finds what it imports: new files first, and old ones go last
    ordered = sorted(plan.changes, key=lambda c: (c.before is not None, "__init__" in c.file.path))
    changes = (*ordered, *(() if last is None else (last,)))
    files = (*(c.file for c in changes), *(r.file for r in plan.removals))
    if not files:
        return
    removals = tuple(Remove(removal.file, removal.before) for removal in plan.removals)
    named_roots = dict.fromkeys(file.root for file in files)
    with held(), _opened(folder, named_roots) as (home, roots):
        for root, it in roots.items():
            _check_place(it, plan.places.get(root, it.identity))
        done = _published(home, roots, changes, removals, len(ordered))
        for it in roots.values():
            _check_place(it, identity(it.path))
    if done is not None and done.spared:
        edited = ", ".join(done.spared)
        raise Unwritable(f"edited while this ran, and left alone: {edited}: run it again")


def recover(folder: str) -> Recovered | None:
    """Finish or undo an interrupted run; return what was done, or None if there was none.

    Raises Unwritable.
    """
    with held(), _opened(folder, ()) as (home, _), ExitStack() as stack, _mending(home):
        journal = _journal(home)
        roots: dict[str, Folder] = {}
        for stage in journal.stages if journal else ():
            with suppress(FileNotFoundError):
                way = root_of(folder, stage.root)
                roots[stage.root] = stack.enter_context(named(way))
        return _recovered(home, journal, roots)


def _published(
    home: Folder,
    roots: Mapping[str, Folder],
    changes: Sequence[Change],
    removals: tuple[Remove, ...],
    cut: int,
) -> Recovered | None:
    """Stage, note and carry out; `cut` says behind which change the removals come."""
    done: Recovered | None = None
    try:
        stages = tuple(_staged(roots))
        _note(home, Journal(stages, None))
        puts = tuple(_written(roots, changes))
        _note(home, Journal(stages, (*puts[:cut], *removals, *puts[cut:])))
    except OSError as error:
        raise Unwritable(words(error)) from error
    finally:
        # whatever happened: finishes what is staged whole, undoes what is not
        with _mending(home):
            done = _recovered(home, _journal(home), roots)
        for root in roots.values():
            with suppress(OSError):  # empty, where not even a journal could be written
                handles.remove_folder(root, STAGING)
    return done


def _recovered(
    home: Folder, journal: Journal | None, roots: Mapping[str, Folder]
) -> Recovered | None:
    if journal is None:
        handles.remove(home, _NEW)
        return None
    stages = [stage for stage in journal.stages if _is_there(roots, stage, home)]
    # steps are taken as long as the stages stand, and these go one by one
    steps = journal.steps or () if len(stages) == len(journal.stages) else ()
    spared = tuple(step.file.key for step in steps if not _done(roots, step))
    _sync(roots, steps)
    for stage in stages:
        _clear(roots[stage.root])
    handles.remove(home, _NEW)
    handles.remove(home, JOURNAL)
    return Recovered(journal.steps is not None, spared)


@contextmanager
def _opened(folder: str, roots: Iterable[str]) -> Generator[tuple[Folder, Mapping[str, Folder]]]:
    """Open the folder of the lock, and those that the user named. Raises Unwritable."""
    with ExitStack() as stack:
        try:
            home = stack.enter_context(named(folder))
            ways = {root: root_of(folder, root) for root in roots}
            for way in ways.values():
                os.makedirs(way, exist_ok=True)
            opened = {root: stack.enter_context(named(way)) for root, way in ways.items()}
        except OSError as error:
            raise Unwritable(words(error)) from error
        yield home, opened


@contextmanager
def _mending(home: Folder) -> Generator[None]:
    """Say of what goes wrong how it is mended. Raises Unwritable."""
    path = home.called(JOURNAL)
    try:
        yield
    except OSError as error:
        half = "a run was interrupted, and cannot be finished"
        raise Unwritable(f"{words(error)}: {half}: mend this, or remove {path}") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise Unwritable(f"{path}: this is no journal of Specloom: remove it") from error


def _check_place(folder: Folder, at_its_path: Identity | None) -> None:
    """Raise Unwritable where a folder is not the one that its path led to, or leads to by now."""
    if folder.identity != at_its_path:
        raise Unwritable(f"{folder.path}: another folder took its place while this ran")


def _staged(roots: Mapping[str, Folder]) -> Iterator[Stage]:
    """Make empty folders for new files beside the old ones."""
    for name, root in roots.items():
        if handles.exists(root, STAGING) and handles.is_folder(root, STAGING):
            _clear(root)
        handles.make_folder(root, STAGING)
        with below(root, (STAGING,)) as stage:
            yield Stage(name, stage.identity[1])


def _clear(root: Folder) -> None:
    """Remove a staging folder, and what can only be ours in it. Raises OSError and Unwritable."""
    with below(root, (STAGING,)) as stage:
        for name in handles.entries(stage):
            if not is_staged(name):
                strange = stage.called(name)
                raise Unwritable(f"{strange}: this was not made by Specloom: move it away")
            handles.remove(stage, name)
    handles.remove_folder(root, STAGING)


def _written(roots: Mapping[str, Folder], changes: Sequence[Change]) -> Iterator[Put]:
    """Write the new files; return what moves each into its place."""
    with ExitStack() as stack:
        stages = {n: stack.enter_context(below(root, (STAGING,))) for n, root in roots.items()}
        for number, change in enumerate(changes):
            handles.write(stages[change.file.root], str(number), change.data)
            yield Put(change.file, str(number), change.before, digest(change.data))
        for stage in stages.values():
            handles.sync(stage)


def _is_there(roots: Mapping[str, Folder], stage: Stage, home: Folder) -> bool:
    """Return whether a stage stands. Raises Unwritable where it is not the one of the journal."""
    root = roots.get(stage.root)
    if root is None or not handles.exists(root, STAGING):
        return False
    found = handles.is_folder(root, STAGING)
    if found is None or found[1] != stage.inode:
        journal = home.called(JOURNAL)
        raise Unwritable(f"{journal}: this journal was not written in this folder: remove it")
    return True


def _done(roots: Mapping[str, Folder], step: Step) -> bool:
    """Take a step that may have been taken already; return False for a file edited since."""
    root = roots.get(step.file.root)
    if root is None:
        raise ValueError("a root without a stage")
    *way, name = names_of(step.file.path)
    found = _found(root, way, name)
    match step:
        case Put(staged=staged, before=before, after=after):
            with below(root, (STAGING,)) as stage:
                if not handles.exists(stage, staged):
                    return found == after
                if found not in (before, after):
                    return False
                with below(root, way, make=True) as place:
                    handles.move(stage, staged, place, name)
        case Remove(before=before):
            if found is None:
                return True
            if found != before:
                return False
            with below(root, way) as place:
                handles.remove(place, name)
            _prune(root, way)
        case _:
            assert_never(step)
    return True


def _found(root: Folder, way: Sequence[str], name: str) -> str | None:
    """Return the digest of a file, and None where there is none, or not even a folder for it."""
    try:
        with below(root, way) as place:
            return handles.state(place, name)
    except FileNotFoundError:
        return None


def _prune(root: Folder, way: Sequence[str]) -> None:
    """Remove folders that have become empty, up to the one that the user named."""
    with suppress(OSError):  # what is not empty
        for count in range(len(way), 0, -1):
            with below(root, way[: count - 1]) as above:
                handles.remove_folder(above, way[count - 1])


def _sync(roots: Mapping[str, Folder], steps: Iterable[Step]) -> None:
    """Have all that was moved written to the disk itself, before the journal goes."""
    touched = {(step.file.root, *names_of(step.file.path)[:-1]): None for step in steps}
    for root, *way in touched:
        with suppress(FileNotFoundError), below(roots[root], way) as place:
            handles.sync(place)


def _note(home: Folder, journal: Journal) -> None:
    handles.remove(home, _NEW)
    handles.write(home, _NEW, printed(journal))
    handles.move(home, _NEW, home, JOURNAL)
    handles.sync(home)


def _journal(home: Folder) -> Journal | None:
    """Return what the journal says. Raises OSError, ValueError, TypeError and RecursionError."""
    if not handles.exists(home, JOURNAL):
        return None
    data = handles.read(home, JOURNAL, _LONGEST + 1)
    if len(data) > _LONGEST:
        raise ValueError("endless")
    return parse(data)
