"""The environments of peers: one for each, made once, and again when its pins change."""

from __future__ import annotations

import sys
from pathlib import Path

from .clock import environment, spend

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
MADE = ROOT / ".bench"


def peer(name: str) -> Path:
    """Return the folder of the programs of a peer, installed as `peers/NAME.txt` pins it."""
    pins = PEERS / f"{name}.txt"
    folder = MADE / name
    programs = folder / "bin"
    ready = folder / ".ready"
    # what an environment depends on: its place, its Python and its pins
    wanted = f"in {folder}: {sys.version}\n{pins.read_text('utf-8')}"
    if ready.is_file() and ready.read_text("utf-8") == wanted:
        return programs
    bare = environment()
    MADE.mkdir(exist_ok=True)
    spend([sys.executable, "-m", "venv", "--clear", folder], cwd=ROOT, env=bare)
    install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    spend([programs / "python", *install, "--requirement", pins], cwd=ROOT, env=bare)
    ready.write_text(wanted, "utf-8")  # last: it vouches for all before it
    return programs
