"""The environments of peers: one for each, made once, and again when its pins change."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from .clock import environment, spend

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
MADE = ROOT / ".bench"


def peer(name: str) -> Path:
    """Return the folder of the programs of a peer, installed as `peers/NAME.txt` pins it."""

    def run(*command: str) -> None:
        spend(command, cwd=ROOT, env=environment())

    return installed(PEERS / f"{name}.txt", MADE / name, run)


def installed(pins: Path, folder: Path, run: Callable[..., None]) -> Path:
    """Return the folder of the programs of an environment, made by `run` unless it is there."""
    programs = folder / "bin"
    ready = folder / ".ready"
    # what an environment depends on: its place, its Python and its pins
    wanted = f"in {folder}: {sys.version}\n{pins.read_text('utf-8')}"
    if ready.is_file() and ready.read_text("utf-8") == wanted:
        return programs
    folder.parent.mkdir(exist_ok=True)
    run(sys.executable, "-m", "venv", "--clear", str(folder))
    install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(str(programs / "python"), *install, "--requirement", str(pins))
    ready.write_text(wanted, "utf-8")  # last: it vouches for all before it
    return programs
