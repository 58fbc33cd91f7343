"""What is counted of inputs, and what is kept of those that found something."""

from __future__ import annotations

import json
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass
class Tally:
    inputs: int = 0
    read: int = 0
    """Of how many the reader made a tree."""
    lowered: int = 0
    """How many were sound enough to be lowered to the model."""
    made: int = 0
    """Of how many a package was made; and, of these, how many were imported."""
    imported: int = 0

    @classmethod
    def of(cls, file: Path) -> Tally:
        """Return what was written last; nothing, where nothing was."""
        return cls(**json.loads(file.read_text("utf-8"))) if file.exists() else cls()

    def write(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self)), "utf-8")


def keep(error: Exception, data: bytes, folder: Path) -> None:
    """Keep an input that came to grief: one for each place in the code, whatever led there."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "specloom" in f.filename]
    where = f"{Path(frames[-1].filename).stem}-{frames[-1].lineno}" if frames else "trial"
    found = folder / f"found-{type(error).__name__}-{where}"
    if not found.exists():
        found.write_bytes(data)
