"""What a hostile document does: all that people do with one, and with what is made of it, watched.

It is generated with its tests, explained, and printed as a model; its package is imported, read,
used, called and type-checked, and passes its tests. Nothing may be done besides.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from .checks import BIN, digest
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
    is_used: bool
    """Whether all uses were tried, or only generation."""

    @property
    def is_generated(self) -> bool:
        return not self.rule


def seen(document: Path, folder: Path, cache: Path, *, quickly: bool = False) -> Seen:
    """Do everything with a document, in a folder; checkers share what they know in another.

    What was seen of the uses of a package is kept there by what the package holds. Done `quickly`,
    only what is kept is known of them.
    """
    box = Sandbox(folder / "box", (folder / "made", cache))
    (folder / "made").mkdir()
    command: list[str | Path] = [SPECLOOM, "generate", document.resolve(), "-o", folder / "made"]
    command += ["--package", _PACKAGE]
    made = run(command, folder, box.variables())
    faults = list(_faults("generate", made, (0, 1), box))
    error = _ERROR.search(made.said)
    if made.status and error is None:
        faults.append(f"generate: refused without a place: {made.said.strip()[-200:]!r}")
    rule, said = ("", "") if not made.status or error is None else error.groups()
    kept = cache.parent / "uses" / f"{_key(document, rule, folder / 'made')}.json"
    if not kept.is_file() and not quickly:
        words: list[str | Path] = [PYTHON, "-c", _TOLD, document.resolve(), str(made.status)]
        told = run(words, folder, box.variables())
        used = list(_faults("explain and lower", told, (0,), box))
        if not made.status:
            tested = run([*command, "--tests", folder / "made" / "tests"], folder, box.variables())
            used += _faults("generate --tests", tested, (0,), box)
            used += _uses(folder / "made", box, cache)
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_text(json.dumps(used), "utf-8")
        part.replace(kept)  # whole, or not at all
    if is_used := kept.is_file():
        faults += json.loads(kept.read_text("utf-8"))
    return Seen(
        rule=rule,
        said=said,
        is_bounded=made.seconds <= LONGEST and made.megabytes <= LARGEST,
        faults=tuple(faults),
        is_used=is_used,
    )


def _key(document: Path, rule: str, made: Path) -> str:
    """Return a digest of a document, of what was made of it, and of what looks at that."""
    state = sha256(document.read_bytes() + rule.encode() + digest(made).encode())
    for looks in ("harm.py", "using.py", "sandbox.py"):
        state.update(Path(__file__).with_name(looks).read_bytes())
    return state.hexdigest()[:32]


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
