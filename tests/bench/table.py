"""The table of a run, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from .rows import Row

HEADINGS = ("measure", "ours", "other", "ratio", "target", "verdict")


def table(rows: Iterable[Row]) -> str:
    """Return the rows below their headings, in columns as wide as they need."""
    cells = [HEADINGS, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in cells
    ]
    lines.insert(1, " | ".join("-" * width for width in widths))
    return "".join(f"| {line} |\n" for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    if row.limit is None:
        target, verdict = "", ""
    else:
        target, verdict = f"at most {row.limit}", "MISSED" if row.missed else "ok"
    other = row.peer if row.unit == "KiB" else f"{_time(row.other)}, {row.peer}"
    ours = f"{row.ours:.1f} KiB" if row.unit == "KiB" else _time(row.ours)
    return row.measure, ours, other, f"{row.ratio:.2f}", target, verdict


def _time(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms" if seconds >= 1e-4 else f"{seconds * 1e9:.0f} ns"
