"""Two packages compared, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from specloom.difference.surface import Surface, read_client, read_models, read_module
from specloom.difference.wording import clipped, lines
from specloom.shown import escaped

_READERS: Mapping[str, Callable[[Sequence[str]], Surface]] = {
    "models": read_models,
    "client": read_client,
    "oauth": read_module,
    "webhooks": read_module,
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
    for part, read in _READERS.items():
        texts, now = _texts(part, before), _texts(part, after)
        if not texts or not now or texts == now:
            continue
        match _surface(read, texts), _surface(read, now):
            case None, _:
                yield f"{part}.py: it cannot be told what changed, as the old file cannot be read"
            case _, None:
                yield f"{part}.py: it cannot be told what changed, as the new file cannot be read"
            case old, new:
                yield from lines(old, new, _WIDEST)


def _texts(part: str, files: Mapping[str, str]) -> list[str]:
    """Return the texts of a part: of its module, or of those that it is split into."""
    return [
        text for path, text in files.items() if path == f"{part}.py" or path.startswith(f"{part}/")
    ]


def _surface(read: Callable[[Sequence[str]], Surface], texts: Sequence[str]) -> Surface | None:
    """Return None for what is not Python, or is nested deeper than Python follows."""
    try:
        return read(texts)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
