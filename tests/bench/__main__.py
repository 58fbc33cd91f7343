"""The benchmark: `python -m tests.bench` measures all, and with names of measures those."""

from __future__ import annotations

import argparse
import os
import platform
import sys

from .clock import Failed
from .measures import MEASURES
from .rows import Row
from .table import table


def main() -> int:
    """Print the table and return the exit status: 1 if a target is missed or a measure fails."""
    rows: list[Row] = []
    failed: list[str] = []
    for name in _names():
        _progress(f"{name} ...")
        try:
            rows += MEASURES[name]()
        except Failed as failure:
            failed.append(f"{name}: {failure}")
    sys.stdout.write(table(rows))
    sys.stdout.write(f"\nPython {platform.python_version()}, {os.cpu_count()} CPUs\n")
    sys.stdout.flush()
    for line in failed:
        sys.stderr.write(f"{line}\n")
    return 1 if failed or any(row.missed for row in rows) else 0


def _names() -> list[str]:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Ours against peers, as ratios of one run."
    )
    parser.add_argument(
        "measures", metavar="MEASURE", nargs="*", help=f"all by default: {', '.join(MEASURES)}"
    )
    names: list[str] = parser.parse_args().measures
    for name in names:
        if name not in MEASURES:
            parser.error(f"there is no measure `{name}`: there are {', '.join(MEASURES)}")
    return names or list(MEASURES)


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
