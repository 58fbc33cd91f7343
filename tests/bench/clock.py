"""What a command costs, and runs of several in turn so that each meets the same machine."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """A command that did not do what is measured, in a sentence."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds: `cpu` is user and system time of the process and of the children it waited for."""

    cpu: float
    wall: float
    megabytes: int = 0
    """MiB: the most memory that the process, or one of its children, took."""


def environment(*, paths: Sequence[Path] = (), programs: Path | None = None) -> dict[str, str]:
    """Return ours without the settings of Python, with where modules and programs come from."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if paths:
        kept["PYTHONPATH"] = os.pathsep.join(map(str, paths))
    if programs is not None:
        kept["PATH"] = os.pathsep.join([str(programs), kept.get("PATH", os.defpath)])
    return kept


def spend(command: Sequence[str | Path], *, cwd: Path, env: dict[str, str]) -> Cost:
    """Run a command to its end and return what it took. Raises Failed."""
    words = [str(word) for word in command]
    # into a file: to read a pipe meanwhile would cost the machine something, too
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            words, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)  # Popen did not wait for it
        if process.returncode:
            said.seek(0)
            words[0] = Path(words[0]).name
            told = said.read().decode(errors="replace").strip()
            raise Failed(f"`{' '.join(words)}` exited with {process.returncode}: {told}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss // 1024)


def least(rounds: int, *runs: Callable[[], Cost]) -> list[Cost]:
    """Run each in turn, `rounds` times, and return the least that each took.

    The least, since a busy machine only ever adds. A round before them warms the caches.
    """
    for run in runs:
        run()
    spent = [[run() for run in runs] for _ in range(rounds)]
    return [
        Cost(cpu=min(cost.cpu for cost in costs), wall=min(cost.wall for cost in costs))
        for costs in zip(*spent, strict=True)
    ]
