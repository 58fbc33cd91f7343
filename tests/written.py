"""A package that was made in memory, as files."""

from __future__ import annotations

from pathlib import Path

from specloom.pipeline import Made


def write(made: Made, folder: Path, tests: str = "tests") -> None:
    """Write a package into a folder, and its tests into one below."""
    for (where, path), content in made.files.items():
        file = folder / (tests if where else "") / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
