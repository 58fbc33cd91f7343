"""What checkers and its own tests say of a package: that follows from its files alone."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from .commands import Done, run
from .environments import ROOT

BIN = Path(sys.executable).parent
NOT_MADE = frozenset(("specloom.lock", "__pycache__"))
"""What a folder has besides a package: the lock says where its folder stands."""
_CHECKERS = ("mypy", "black", "pytest")
_IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
for name in package.__all__:
    getattr(package, name)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was seen of a package. A quality holds what is wrong; nothing, where it is well."""

    called: int = 0
    """The operations of which a request is tested, byte for byte."""
    read: Mapping[str, list[int]] = field(default_factory=dict[str, list[int]])
    """By method and path, the statuses of which JSON is read in a test."""
    passed: int = 0
    failed: int = 0
    faults: Mapping[str, str] = field(default_factory=dict[str, str])
    """By quality, what is wrong."""

    @classmethod
    def of(cls, text: str) -> Checked:
        return cls(**json.loads(text))

    def text(self) -> str:
        return json.dumps(asdict(self), indent=1)


def checked(folder: Path, package: str, kept: Path, *, again: bool) -> Checked:
    """Return what is seen of the package in a folder, with its tests.

    It is kept in another folder, and taken from there for the very same files.
    """
    known = kept / f"{digest(folder)}.json"
    if known.is_file() and not again:
        return Checked.of(known.read_text("utf-8"))
    seen = _look(folder, package)
    kept.mkdir(parents=True, exist_ok=True)
    part = known.with_suffix(".part")
    part.write_text(seen.text(), "utf-8")
    part.replace(known)  # whole, or not at all: whoever interrupts may do so here
    return seen


def _look(folder: Path, package: str) -> Checked:
    faults = {
        "imports": _tail(run([sys.executable, "-c", _IMPORT_ALL, package], folder)),
        "mypy": _mypy(package, folder),
        "black": _black(folder),
    }
    counted = _tests(folder, folder.with_name("counted.json"))
    if isinstance(counted, str):
        return Checked(faults={**faults, "tests": counted})
    return replace(counted, faults=faults)


def digest(folder: Path) -> str:
    """Return a digest of a package with its tests, and of what looks at them."""
    state = sha256("\0".join(f"{name} {version(name)}" for name in _CHECKERS).encode())
    for looks in (Path(__file__), Path(__file__).with_name("counting.py")):
        state.update(sha256(looks.read_bytes()).digest())
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        way = path.relative_to(folder)
        if not NOT_MADE.intersection(way.parts):
            state.update(f"{way.as_posix()}\0".encode() + sha256(path.read_bytes()).digest())
    return state.hexdigest()[:32]


def _mypy(package: str, folder: Path) -> str:
    said = run(
        [BIN / "mypy", "--strict", "--no-incremental", "--config-file=", package, "tests"], folder
    )
    return said.said.strip().splitlines()[-1][-300:] if said.status else ""


def _black(folder: Path) -> str:
    return _tail(run([BIN / "black", "--quiet", "--check", "--config", os.devnull, "."], folder))


def _tests(folder: Path, counted: Path) -> Checked | str:
    plugin = f"{__package__}.counting"
    quiet = ["-q", "--no-header", "--tb=no", "-p", "no:cacheprovider", "-p", plugin]
    path = os.pathsep.join([str(folder), str(ROOT)])
    variables = {"PYTHONPATH": path, "COUNTED": str(counted)}
    done = run([sys.executable, "-m", "pytest", *quiet, "tests"], folder, variables)
    if not counted.is_file() or done.status not in (0, 1):  # 1: some have failed
        return f"not run: {done.said.strip()[-300:]}"
    return Checked.of(counted.read_text("utf-8"))


def _tail(done: Done) -> str:
    return (done.said.strip()[-300:] or f"exit {done.status}") if done.status else ""
