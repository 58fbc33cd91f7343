"""Which files references may lead to.

A document is often a stranger's, so its references must not read what is none of it. They stay
within the work that it is a part of: below the nearest folder above it that is the top of a
repository or carries a licence, as published ones do; else below its own folder. Nothing wider
than that is ever taken for granted, least of all a home folder, but a user may name a root.
"""

from __future__ import annotations

import os

_REPOSITORIES = frozenset((".git", ".hg"))
_LICENCES = frozenset(("license", "licence", "copying"))


def root_of(document: str, given: str | None = None) -> str:
    """Return the folder that references of a document stay within; all links are resolved."""
    if given is not None:
        return os.path.realpath(given)
    own = os.path.dirname(os.path.realpath(document))
    folder, home = own, os.path.realpath(os.path.expanduser("~"))
    while not holds(folder, home) and os.path.dirname(folder) != folder:
        if _is_top(folder):
            return folder
        folder = os.path.dirname(folder)
    return own


def holds(root: str, path: str) -> bool:
    """Return whether a resolved path is a folder, or within it."""
    return path == root or path.startswith(os.path.join(root, ""))


def is_hidden(root: str, path: str) -> bool:
    """Return whether a path below a folder goes through a name that begins with a dot."""
    return any(name.startswith(".") for name in os.path.relpath(path, root).split(os.sep))


def _is_top(folder: str) -> bool:
    try:
        names = os.listdir(folder)
    except OSError:
        return False
    return any(
        name in _REPOSITORIES or os.path.splitext(name)[0].lower() in _LICENCES for name in names
    )
