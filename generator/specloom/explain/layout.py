"""Titles, facts and tables: aligned for a terminal, and no wider than a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from textwrap import wrap
from typing import TypeAlias

from specloom.python.layout.width import width

Lines: TypeAlias = Iterable[str]
Cell: TypeAlias = str | int
Row: TypeAlias = tuple[Cell, ...]
"""Numbers stand to the right, words to the left."""

_WIDEST = 100
_INDENT = "  "
_GAP = "  "


def apart(*parts: Lines) -> Iterator[str]:
    """Return the parts that have lines, with an empty line between two."""
    is_first = True
    for part in parts:
        for number, line in enumerate(part):
            if number == 0 and not is_first:
                yield ""
            is_first = False
            yield line


def title(words: str) -> Iterator[str]:
    first, *others = _wrapped(words, _WIDEST - len(_INDENT))
    yield from (first, *(f"{_INDENT}{line}" for line in others))


def indented(lines: Lines) -> Iterator[str]:
    """Return lines that are not to be broken: who copies one wants all of it."""
    return (f"{_INDENT}{line}" for line in lines)


def facts(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Return words behind their labels; a row without a label goes on with the one before."""
    kept = tuple(rows)
    margin = max((len(label) for label, _ in kept), default=0)
    room = _WIDEST - len(_INDENT) - margin - len(_GAP)
    for label, words in kept:
        for start, line in zip_longest((label,), _wrapped(words, room), fillvalue=""):
            yield f"{_INDENT}{start.ljust(margin)}{_GAP}{line}"


def section(heading: str, lines: Lines) -> Iterator[str]:
    """Return lines under a heading; nothing where there are none."""
    for number, line in enumerate(lines):
        if number == 0:
            yield f"{_INDENT}{heading}"
        yield line


def table(header: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Return rows in columns; nothing without rows, and no column that is empty in all of them."""
    body = tuple(rows)
    columns = [i for i in range(len(header)) if any(row[i] != "" for row in body)]
    shown = [tuple(row[i] for i in columns) for row in (header, *body)] if body else []
    widths = _widths(shown)
    for row in shown:
        wrapped = (_wrapped(str(c), room) for c, room in zip(row, widths, strict=True))
        for parts in zip_longest(*wrapped, fillvalue=""):
            padded = map(_padded, parts, row, widths)
            yield f"{_INDENT}{_GAP.join(padded)}"


def _padded(text: str, cell: Cell, columns: int) -> str:
    blanks = " " * (columns - width(text))
    return f"{blanks}{text}" if isinstance(cell, int) else f"{text}{blanks}"


def _widths(rows: list[Row]) -> list[int]:
    """Return the width of each column; where they are too wide together, the widest gives way."""
    widths = [max(width(str(cell)) for cell in column) for column in zip(*rows, strict=True)]
    room = _WIDEST - len(_INDENT) - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wrapped(words: str, columns: int) -> list[str]:
    return wrap(words, columns, break_on_hyphens=False) or [""]
