"""What makes the output besides documents and configuration: this program, and its templates."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

from specloom import __version__
from specloom.digest import digest, digest_of_file

_PROGRAM = os.path.dirname(os.path.abspath(__file__))
_INSTALLED = os.path.join(_PROGRAM, "templates")
_CHECKOUT = os.path.join(os.path.dirname(os.path.dirname(_PROGRAM)), "templates")


@cache
def version() -> str:
    """Return the version; in a checkout, where code changes without it, with a digest of the code.

    The digest is a local version label (PEP 440).
    """
    if os.path.isdir(_INSTALLED):
        return __version__
    return f"{__version__}+{_digest_below(_PROGRAM, ('.py',)).partition(':')[2][:12]}"


def templates() -> str:
    """Return the folder of templates: within the installed package, or beside it in a checkout."""
    return _INSTALLED if os.path.isdir(_INSTALLED) else _CHECKOUT


@cache
def digest_of_templates() -> str:
    return _digest_below(templates(), (".py", ".jinja"))


def _digest_below(folder: str, extensions: tuple[str, ...]) -> str:
    lines = (
        f"{os.path.relpath(path, folder).replace(os.sep, '/')} {digest_of_file(path)}\n"
        for path in sorted(_files(folder))
        if path.endswith(extensions)
    )
    return digest("".join(lines).encode())


def _files(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        else:
            yield entry.path
