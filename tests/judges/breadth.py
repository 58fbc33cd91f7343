"""What becomes of many documents: `python -m tests.judges.breadth FOLDER … [--every N]`.

Each is made into a package, in memory, which the gate before publication judges, and each file of
that compiled; with `--tests`, so are the tests of the package. A document is made, or is refused
with a place; anything else is a fault, and so is one that takes too long, or that the gate stops.
With `--named`, nothing below a folder called `pass` may be refused, unless for what lies outside of
the document, and nothing below one called `fail` may pass without a word. Exits with 2 where there
is no document.
"""

from __future__ import annotations

import argparse
import gc
import re
import signal
import sys
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from time import process_time
from types import FrameType
from typing import Never

from specloom.config import Target
from specloom.pipeline import Made, Refused, make

from .corpora import ENDINGS

_LONGEST = 10.0
"""Seconds of the processor that a document may take: those of the clock depend on what else runs."""
_LARGE = 1_000_000
"""Bytes of a document that may take twice as long: where much else runs, the processor is slower."""
_PLACED = re.compile(r":[0-9]+:[0-9]+: (error|warning): ([a-z0-9-]+): ")
_TAINTED = "no template makes this"
_LATER = "not-supported-yet"
_OUTSIDE = "foreign-reference"
"""What no document can be accepted with: nothing is fetched."""


class Outcome(StrEnum):
    MADE = "made"
    WARNED = "warned"
    LATER = "later"
    """Refused, for what a later version can do."""
    REFUSED = "refused"
    TAINTED = "tainted"
    """Stopped by the gate: what was made is not what templates make."""
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Verdict:
    document: Path
    outcome: Outcome
    seconds: float
    rules: frozenset[str] = frozenset()
    """Of the errors."""
    said: str = ""
    """The first error, or what is wrong with us."""
    files: int = 0
    """What the gate let pass."""


class TooLong(Exception):
    """Ends a document that takes longer than it may."""


def judged(document: Path, name: str, tests: str | None = None) -> Verdict:
    """Make a document into a package, and into tests of it where they have a folder."""
    start = process_time()
    longest = 2 * _LONGEST if document.stat().st_size > _LARGE else _LONGEST
    if tests is not None:
        longest *= 2
    try:
        with _bounded(longest):
            found = _made(document, name, tests)
    except TooLong:
        found = Verdict(document, Outcome.FAULT, 0, said=f"takes more than {longest:g} s")
    except Exception as error:
        said = f"{type(error).__name__}: {error}"[:200]
        found = Verdict(document, Outcome.FAULT, 0, said=said)
    return replace(found, seconds=process_time() - start)


def _made(document: Path, name: str, tests: str | None) -> Verdict:
    made = make(Target("judged", str(document), "out", name, tests))
    match made:
        case Refused(messages):
            return _refused(document, messages)
        case Made(files=files, warnings=warnings):
            for (_, path), content in files.items():
                compile(content, path, "exec", dont_inherit=True)
            outcome = Outcome.WARNED if warnings else Outcome.MADE
            return Verdict(document, outcome, 0, files=len(files))


def _refused(document: Path, messages: Sequence[str]) -> Verdict:
    placed = [found for message in messages if (found := _PLACED.search(message))]
    rules = frozenset(found[2] for found in placed if found[1] == "error")
    said = next((m for m in messages if ": error: " in m), "").partition("\n")[0]
    if _TAINTED in said:
        return Verdict(document, Outcome.TAINTED, 0, said=said)
    if not rules:
        return Verdict(document, Outcome.FAULT, 0, said=f"refused without a place: {said}")
    outcome = Outcome.LATER if _LATER in rules else Outcome.REFUSED
    return Verdict(document, outcome, 0, rules, said)


@contextmanager
def _bounded(longest: float) -> Generator[None]:
    def stop(_: int, __: FrameType | None) -> Never:
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, longest)
    gc.disable()  # as the command does, whose time this is
    try:
        yield
    finally:
        gc.enable()
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def is_wrong(verdict: Verdict, *, named: bool) -> bool:
    """Return whether a document has become what it may not."""
    match verdict.outcome:
        case Outcome.FAULT | Outcome.TAINTED:
            return True
        case Outcome.REFUSED | Outcome.LATER:
            return (
                named
                and "pass" in verdict.document.parts
                and verdict.rules != frozenset((_OUTSIDE,))
            )
        case Outcome.MADE:
            return named and "fail" in verdict.document.parts
        case Outcome.WARNED:
            return False


def documents(folder: Path) -> Iterator[Path]:
    """Return the documents of a folder: what the people it is from say of it is none."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in ENDINGS and not path.name.startswith("_"):
            yield path


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="breadth", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take one of so many documents")
    parser.add_argument(
        "--named", action="store_true", help="hold `pass` and `fail` to their names"
    )
    parser.add_argument("--tests", action="store_true", help="make the tests of packages, too")
    parser.add_argument("--all", action="store_true", help="show what is refused, too")
    arguments = parser.parse_args()
    wrong, count = 0, 0
    _say("| folder | documents | files | " + " | ".join(Outcome) + " | wrong | slowest |")
    _say("|---|---:|" + "---:|" * (len(Outcome) + 3))
    told: list[Verdict] = []
    for folder in arguments.folders:
        chosen = list(documents(folder))[:: arguments.every]
        verdicts = [judged(path, "judged", "tests" if arguments.tests else None) for path in chosen]
        counts = Counter(verdict.outcome for verdict in verdicts)
        faults = [verdict for verdict in verdicts if is_wrong(verdict, named=arguments.named)]
        told += [v for v in verdicts if v.said] if arguments.all else faults
        wrong, count = wrong + len(faults), count + len(verdicts)
        slowest = max((verdict.seconds for verdict in verdicts), default=0.0)
        made = sum(verdict.files for verdict in verdicts)
        cells = (
            len(verdicts),
            made,
            *(counts[of] for of in Outcome),
            len(faults),
            f"{slowest:.1f} s",
        )
        _say(f"| {folder.name} | " + " | ".join(map(str, cells)) + " |")
    for verdict in told:
        _say(f"{verdict.outcome}: {verdict.document}: {verdict.said}")
    _say(f"{wrong} wrong")
    return 2 if not count else 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
