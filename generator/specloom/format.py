"""black, for what the layout cannot vouch for."""

from __future__ import annotations

from collections.abc import Mapping

_LONGEST = 2_000
"""Lines. More of them are left as the layout made them: black takes a second for as many."""


def formatted(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files as black leaves them, by its default style and no configuration file."""
    if sum(text.count("\n") for text in files.values()) > _LONGEST:
        return dict(files)
    return {path: _format(text) if path.endswith(".py") else text for path, text in files.items()}


def _format(text: str) -> str:
    import black

    return black.format_str(text, mode=black.Mode())
