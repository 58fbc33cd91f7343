"""Two packages compared, file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from specloom.difference.surface import Surface, read_client, read_models
from specloom.difference.wording import clipped, lines
from specloom.shown import escaped

_READERS: Mapping[str, Callable[[str], Surface]] = {
    "models.py": read_models,
    "client.py": read_client,
}
_WIDEST = 98
"""With the indentation that lines are printed with, a hundred columns."""
_MOST = 40


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return a line for each type and method that is different, of files that both have."""
    told = [clipped(escaped(line), _WIDEST) for line in _told(before, after)]
    more = len(told) - _MOST
    return (*told[:_MOST], f"... and {more} more") if more > 0 else tuple(told)


def _told(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for file, read in _READERS.items():
        if file not in before or file not in after or before[file] == after[file]:
            continue
        match _surface(read, before[file]), _surface(read, after[file]):
            case None, _:
                yield f"{file}: it cannot be told what changed, as the old file cannot be read"
            case _, None:
                yield f"{file}: it cannot be told what changed, as the new file cannot be read"
            case old, new:
                yield from lines(old, new, _WIDEST)


def _surface(read: Callable[[str], Surface], text: str) -> Surface | None:
    """Return None for what is not Python, or is nested deeper than Python follows."""
    try:
        return read(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
