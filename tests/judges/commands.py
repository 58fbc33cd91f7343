"""Commands run to their end, within bounds, and what they took."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .environments import bare

PATIENCE = 3600
"""Seconds of CPU for one command: a checker of types takes minutes for the largest package."""


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
    environment = {**bare(), "NO_COLOR": "1", **(variables or {})}
    with subprocess.Popen(
        list(map(str, command)),
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=said,
        preexec_fn=_in_bounds,
    ) as process:
        assert process.stdout is not None
        out = process.stdout.read().decode("utf-8", "replace")
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Done(process.returncode, out, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def _in_bounds() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
