"""What a journal says, and as text."""

from __future__ import annotations

import json
from typing import NamedTuple, TypeAlias

from specloom.disk.paths import File


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


def printed(journal: Journal) -> bytes:
    return json.dumps(journal, indent=1).encode()


def parse(data: bytes) -> Journal:
    """Return what a journal says. Raises ValueError, TypeError and RecursionError."""
    stages, steps = json.loads(data)
    return Journal(tuple(map(_stage, stages)), None if steps is None else tuple(map(_step, steps)))


def _stage(found: list[object]) -> Stage:
    match found:
        case [str(root), int(inode)]:
            return Stage(root, inode)
        case _:
            raise ValueError("stage")


def _step(found: list[object]) -> Step:
    match found:
        case [[str(root), str(path)], str(staged), str() | None as before, str(after)]:
            if not is_staged(staged):
                raise ValueError("staged")
            return Put(File(root, path), staged, before, after)
        case [[str(root), str(path)], str(before)]:
            return Remove(File(root, path), before)
        case _:
            raise ValueError("step")


def is_staged(name: str) -> bool:
    """Return whether a file in a staging folder may be called so: by a number."""
    return name.isascii() and name.isdecimal()
