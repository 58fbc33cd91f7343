"""Files of targets that are no more."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.command.run import Work
from specloom.command.terminal import Terminal
from specloom.disk.journal import publish
from specloom.disk.plan import plan
from specloom.lock.file import change
from specloom.lock.text import Lock


def prune(work: Work, lock: Lock, text: str, gone: Sequence[str], terminal: Terminal) -> None:
    """Remove what was generated for targets that have gone, and their part of the lock.

    Files that somebody has edited stay. Raises Unwritable.
    """
    for name in gone:
        others = {
            key for other, entry in lock.entries.items() if other != name for key in entry.outputs
        }
        outputs = lock.entries[name].outputs
        stale = [key for key in outputs if key not in others]
        planned = plan(work.folder, {}, frozenset(), outputs, stale, work.roots)
        lock = Lock(
            {other: entry for other, entry in lock.entries.items() if other != name},
            {other: names for other, names in lock.names.items() if other != name},
        )
        publish(work.folder, planned, change(work.folder, text, lock))
        terminal.say(f"{name}: is no target any more; {len(planned.removals)} files removed")
        for path in planned.kept:
            terminal.say(f"  {path}: was edited, and is kept")
