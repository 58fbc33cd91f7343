"""The environments of judges, from npm or PyPI: one for each, made once, and again when its pins change."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from functools import partial
from pathlib import Path

from tests.bench.environments import installed

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
MADE = ROOT / ".judges"
LOOPBACK = HERE / "loopback.cjs"
PATIENCE = 600
"""Seconds for one command of a set-up."""


class Failed(Exception):
    """What keeps a judge from judging, in a sentence that says what to do."""


def environment(name: str) -> Path:
    """Return the folder in which the packages of `pins/NAME.txt` are installed. Raises Failed."""
    with _alone(name):
        return _environment(name)


@contextmanager
def _alone(name: str) -> Generator[None]:
    """Wait for another judge that installs the same."""
    MADE.mkdir(exist_ok=True)
    with (MADE / f"{name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def _environment(name: str) -> Path:
    pins = (HERE / "pins" / f"{name}.txt").read_text("utf-8")
    folder = MADE / name
    ready = folder / ".ready"
    wanted = f"in {folder}\n{pins}"
    if ready.is_file() and ready.read_text("utf-8") == wanted:
        return folder
    if shutil.which("npm") is None:
        raise Failed("npm is missing: install Node.js 20 or newer, with npm")
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{"name": "judge", "private": true}\n', "utf-8")
    quiet = ("--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund")
    run(folder, "npm", "install", *quiet, *pins.split())
    ready.write_text(wanted, "utf-8")  # last: it vouches for all before it
    return folder


def interpreter(name: str) -> Path:
    """Return a Python that has the packages of `pins/NAME.txt`, from PyPI. Raises Failed."""
    with _alone(name):
        return installed(HERE / "pins" / f"{name}.txt", MADE / name, partial(run, ROOT)) / "python"


def repository(folder: Path) -> None:
    """Make the folder a git repository of one commit: Spector asks for its commit."""
    if (folder / ".git").is_dir():
        return
    # by name, so that git can never take the repository around it for this one
    ours = ("git", f"--git-dir={folder / '.git'}", f"--work-tree={folder}")
    author = ("-c", "user.name=judge", "-c", "user.email=judge@localhost")
    run(folder, *ours, "init", "--quiet")
    run(folder, *ours, *author, "commit", "--quiet", "--allow-empty", "--message", "empty")


def run(folder: Path, *command: str) -> None:
    """Run a command to its end. Raises Failed with what it said."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=bare(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(f"`{' '.join(command[:2])}`: {error}") from None
    if done.returncode:
        told = (done.stderr or done.stdout).strip()[-600:]
        raise Failed(f"`{' '.join(command[:2])}` exited with {done.returncode}: {told}")


def bare() -> dict[str, str]:
    """Return our environment without the settings of Python, Node.js and git."""
    prefixes = ("PYTHON", "NODE_", "GIT_")
    return {name: value for name, value in os.environ.items() if not name.startswith(prefixes)}
