"""What a hostile document does: all that people do with one, and with what is made of it, watched.

It is generated with its tests, explained, and printed as a model; its package is imported, read,
used, called and type-checked, and passes its tests. Nothing may be done besides.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .checks import BIN
from .commands import Done, run
from .packages import SPECLOOM
from .sandbox import PYTHON, Sandbox

LONGEST = 10.0
"""Seconds of the processor that a document may take."""
LARGEST = 1024
"""MiB that it may take."""
_PACKAGE = "attacked"
_USING = Path(__file__).with_name("using.py")
_TOLD = """
import sys
from specloom.cli import main

for words in (["lower"], ["lower", "--names"], ["explain"], ["explain", "--ledger"]):
    status = main([words[0], sys.argv[1], *words[1:]])
    if status != int(sys.argv[2]):
        sys.exit(f"{' '.join(words)}: exit {status}")
"""
_HIDDEN = re.compile(
    "[^\\n -~\\u00a1-\\u200a\\u2010-\\u2027\\u2030-\\u205f\\u2070-\\ufefe\\uff01-\\uffef\\U00010000-\\U000e0000]"
)
"""What a terminal obeys, hides or turns around."""
_ERROR = re.compile(r": error: ([a-z0-9-]+): (.*)")


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a document."""

    rule: str
    """By which rule it is refused; nothing if it is generated."""
    said: str
    """The first error."""
    is_bounded: bool
    """Whether it took no more time and memory than it may."""
    faults: tuple[str, ...]
    """What is wrong, or was done that nothing should have done, with each use."""

    @property
    def is_generated(self) -> bool:
        return not self.rule


def seen(document: Path, folder: Path, cache: Path) -> Seen:
    """Do everything with a document, in a folder; checkers share what they know in another."""
    box = Sandbox(folder / "box", (folder / "made", cache))
    (folder / "made").mkdir()
    command: list[str | Path] = [SPECLOOM, "generate", document.resolve(), "-o", folder / "made"]
    command += ["--package", _PACKAGE, "--tests", folder / "made" / "tests"]
    made = run(command, folder, box.variables())
    faults = list(_faults("generate", made, (0, 1), box))
    error = _ERROR.search(made.said)
    if made.status and error is None:
        faults.append(f"generate: refused without a place: {made.said.strip()[-200:]!r}")
    told = run([PYTHON, "-c", _TOLD, document.resolve(), str(made.status)], folder, box.variables())
    faults += _faults("explain and lower", told, (0,), box)
    if not made.status:
        faults += _uses(folder / "made", box, cache)
    return Seen(
        rule=error[1] if made.status and error is not None else "",
        said=error[2] if made.status and error is not None else "",
        is_bounded=made.seconds <= LONGEST and made.megabytes <= LARGEST,
        faults=tuple(faults),
    )


def _uses(made: Path, box: Sandbox, cache: Path) -> Iterator[str]:
    """Yield what is wrong with the package in a folder."""
    tests = made / "tests" / f"{_PACKAGE}_tests"
    quiet = ("-q", "--no-header", "--tb=line", "-p", "no:cacheprovider", "-W", "error")
    typed = ("--strict", "--config-file=", "--cache-dir", cache / "mypy")
    alone = ("--isolated", "--no-cache", "--select", "E4,E7,E9,F,W6,PLE,S102,S307")
    uses: dict[str, Sequence[str | Path]] = {
        "use": (PYTHON, "-W", "error", _USING, _PACKAGE, tests),
        "mypy": (BIN / "mypy", *typed, _PACKAGE, "tests"),
        "ruff": (BIN / "ruff", "check", "--quiet", *alone, _PACKAGE, "tests"),
        "black": (BIN / "black", "--quiet", "--check", "--config", os.devnull, _PACKAGE, "tests"),
        "tests": (PYTHON, "-m", "pytest", *quiet, "tests"),
    }
    for name, command in uses.items():
        yield from _faults(name, run([*command], made, box.variables(made)), (0,), box)


def _faults(use: str, done: Done, wanted: Sequence[int], box: Sandbox) -> Iterator[str]:
    if done.status not in wanted or "Traceback (most recent call last)" in done.said:
        yield f"{use}: exit {done.status}: {done.said.strip()[-300:]!r}"
    elif use == "use" and done.said:
        yield f"{use}: {done.said.strip()[-300:]!r}"
    if (hidden := _HIDDEN.search(done.said)) is not None:
        yield f"{use}: prints {hidden[0]!a}"
    yield from (f"{use}: {what}" for what in box.harm())
