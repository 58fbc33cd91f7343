"""Folders that targets have for themselves: none may be within one of another target."""

from __future__ import annotations

import os
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from specloom.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Folder(NamedTuple):
    """A folder whose files are ours."""

    path: str
    target: str
    key: str
    """The key that puts it there."""

    def holds(self, path: str) -> bool:
        """Return whether a path is this folder, or within it."""
        return f"{_identity(path)}{os.sep}".startswith(f"{_identity(self.path)}{os.sep}")


def of(folder: str, target: str, texts: Mapping[str, str]) -> Iterator[Folder]:
    """Return the folders of a target, whose configuration stands in `folder`."""
    for key, kind in (("output", ""), ("tests", "_tests")):
        if key in texts:
            path = os.path.join(folder, texts[key], f"{texts['package']}{kind}")
            yield Folder(os.path.normpath(path), target, key)


def held(
    folder: str, texts: Mapping[str, str], overlays: Sequence[str] = ()
) -> Iterator[tuple[str, str]]:
    """Return the keys of a target that lead into the package that it makes, and what is wrong."""
    own = {one.key: one for one in of(folder, "", texts)}
    if "output" not in own:
        return
    package = own["output"]
    what = f"in `{shown(package.path)}`, which is generated"
    if "spec" in texts and package.holds(os.path.join(folder, texts["spec"])):
        yield "spec", f"the document is {what}"
    if any(package.holds(os.path.join(folder, path)) for path in overlays):
        yield "overlays", f"an overlay is {what}"
    if "tests" in own and package.holds(own["tests"].path):
        yield "tests", f"the tests are {what}"


def overlapping(folders: Sequence[Folder]) -> Iterator[tuple[Folder, Folder]]:
    """Return the pairs of different targets of which one folder holds the other."""
    for one, other in combinations(folders, 2):
        if one.target != other.target and (one.holds(other.path) or other.holds(one.path)):
            yield one, other


def _identity(path: str) -> str:
    """Return what two names of one file have in common; case is nothing on some machines."""
    try:
        return os.path.realpath(path).casefold()
    except ValueError:  # with a NUL in it, which is a mistake of its own
        return path
