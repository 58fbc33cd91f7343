"""Documents to begin with: those of the features, and those that found something."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from specloom.source import Unreadable, read
from specloom.values import Tree

from .mutation import Donors

TESTS = Path(__file__).parents[1]


def files() -> tuple[Path, ...]:
    """Return the documents of the features, of mistakes and of what was found, in their order."""
    folders = ("corpus/*/*.yaml", "negative/*.yaml", "found/*.yaml")
    found = (path for folder in folders for path in TESTS.glob(folder))
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def trees() -> tuple[Tree, ...]:
    """Return those that can be read."""
    found: list[Tree] = []
    for path in files():
        try:
            found.append(read(path)[0].tree)
        except Unreadable:
            continue
    return tuple(found)


@cache
def donors() -> Donors:
    return Donors.of(trees())


def written(tree: Tree) -> bytes:
    """Return a tree as a file: JSON, which is YAML as well."""
    return json.dumps(tree, ensure_ascii=True).encode()
