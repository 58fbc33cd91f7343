"""Files of targets that are no more."""

from __future__ import annotations

from collections.abc import Collection

from specloom.command.run import Work
from specloom.command.terminal import Terminal
from specloom.disk.journal import publish
from specloom.disk.paths import file_of
from specloom.disk.plan import Plan, Standing, leavings, places_of
from specloom.lock.file import Locked, change
from specloom.lock.text import Lock
from specloom.shown import counted


def prune(work: Work, locked: Locked, gone: Collection[str], terminal: Terminal) -> None:
    """Remove what was generated for targets that have gone, and their part of the lock.

    Files that somebody has edited stay. Raises Unwritable.
    """
    entries, names = locked.lock
    after = Lock(
        {name: entry for name, entry in entries.items() if name not in gone},
        {name: text for name, text in names.items() if name not in gone},
    )
    known = {key: (value,) for name in gone for key, value in entries[name].outputs.items()}
    alive = {key for entry in after.entries.values() for key in entry.outputs}
    standing = Standing(known, [key for key in known if key not in alive])
    places = places_of(work.folder, work.roots)  # before anything is looked at
    removals, kept = leavings(work.folder, standing, [file_of(key, work.roots) for key in alive])
    planned = Plan(removals=removals, places=places)
    publish(work.folder, planned, change(locked, after))
    files = counted(len(removals), "file")
    terminal.say(f"{', '.join(gone)}: no target any more; {files} removed")
    for reason in kept:
        terminal.say(f"  {reason}")
