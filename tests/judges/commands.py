"""Commands run to their end, within bounds, and what they took."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from .environments import bare

PATIENCE = 3600
"""Seconds of CPU for one command: a checker of types takes minutes for the largest package."""
# A process that is begun has once had the memory of the one that began it: hence a small one between.
_BETWEEN = f"""
import resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_CPU, ({PATIENCE}, {PATIENCE}))
status = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as took:
    print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, file=took)
sys.exit(status)
"""


@dataclass(frozen=True, slots=True)
class Done:
    status: int
    said: str
    seconds: float
    megabytes: int


def run(
    command: list[str | Path],
    folder: Path,
    variables: Mapping[str, str] | None = None,
    *,
    said: int = subprocess.STDOUT,
) -> Done:
    """Run a command to its end, and return what it said and took."""
    with TemporaryDirectory() as kept:
        took = Path(kept, "took")
        done = subprocess.run(
            [sys.executable, "-S", "-c", _BETWEEN, took, *command],
            cwd=folder,
            env={**bare(), "NO_COLOR": "1", **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            check=False,
        )
        seconds, megabytes = took.read_text("utf-8").split()
    return Done(
        done.returncode, done.stdout.decode("utf-8", "replace"), float(seconds), int(megabytes)
    )
