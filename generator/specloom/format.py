"""black, for what the layout cannot vouch for."""

from __future__ import annotations

from collections.abc import Mapping

from specloom.python.layout.width import LIMIT

_LONGEST = 2_000
"""Lines. More of them are left as the layout made them: black takes a second for as many."""


def formatted(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files as black leaves them, by its default style and no configuration file.

    Lines of ASCII that fit are the layout's own, which is measured against black on all documents
    of the tests: black is not loaded for these, which takes as long as much of a small package.
    """
    if sum(text.count("\n") for text in files.values()) > _LONGEST:
        return dict(files)
    return {path: text if _is_plain(path, text) else _format(text) for path, text in files.items()}


def _is_plain(path: str, text: str) -> bool:
    if not path.endswith(".py"):
        return True
    return text.isascii() and all(len(line) <= LIMIT for line in text.split("\n"))


def _format(text: str) -> str:
    import black

    return black.format_str(text, mode=black.Mode())
