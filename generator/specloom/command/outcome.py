"""What is asked of a run, and what came of it."""

from __future__ import annotations

from typing import NamedTuple

from specloom.lock.text import Entry


class Wishes(NamedTuple):
    strict: bool = False
    """Refuse documents with warnings."""
    force: bool = False
    """Overwrite what was edited by hand."""


class Outcome(NamedTuple):
    """What came of one target."""

    entry: Entry | None
    """None: it was refused, and the messages say why."""
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    messages: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    """What is different for callers, line by line."""
