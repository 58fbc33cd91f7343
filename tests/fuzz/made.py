"""Whole packages of documents that hypothesis makes.

`python -m tests.fuzz.made TALLY SECONDS SEED [--checked]`: each document goes through all of
Specloom, as a user's would. With `--checked`, those that are made are type-checked and tested by
their own tests, as many as `_TOGETHER` at once.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.judges.commands import run
from tests.written import write

from specloom.config import Target
from specloom.pipeline import Made, make
from specloom.values import Tree

from .documents import documents
from .seeds import written
from .tally import Tally, keep
from .trials import try_made, try_stages

_AT_ONCE = 50
"""Documents that one run of hypothesis makes: more of them would grow ever more alike."""
_TOGETHER = 25
_MYPY = re.compile(r"^(made[0-9]+|tests[0-9]+)[/\\]", re.MULTILINE)


class Trials:
    """What was tried, and the packages that wait to be checked together."""

    def __init__(self, said: Path, *, checked: bool) -> None:
        self.tally = Tally()
        self._said = said
        self._is_checked = checked
        self._waiting: list[tuple[bytes, Made]] = []

    def one(self, document: Tree) -> None:
        """Try a document; keep it where something is wrong with what becomes of it."""
        data = written(document)
        self.tally.inputs += 1
        try:
            with TemporaryDirectory() as folder:
                spec = Path(folder, "api.json")
                spec.write_bytes(data)
                number = len(self._waiting)
                target = Target("made", str(spec), "out", f"made{number}", f"tests{number}")
                made = make(target)
                if isinstance(made, Made):
                    self.tally.lowered += 1
                    self.tally.made += 1
                    try_made(made)
                    if self._is_checked:
                        self._waiting.append((data, made))
                else:
                    self.tally.lowered += try_stages(spec).lowered
        except Exception as error:
            keep(error, data, self._said.parent)

    def check(self) -> None:
        """Check those that wait, if they are enough, and say how far it went."""
        if len(self._waiting) >= _TOGETHER:
            self._checked([*self._waiting])
            self._waiting.clear()
        self.tally.write(self._said)

    def _checked(self, waiting: Sequence[tuple[bytes, Made]]) -> None:
        with TemporaryDirectory() as within:
            folder = Path(within)
            for number, (_, made) in enumerate(waiting):
                write(made, folder, f"tests{number}")
            python = [sys.executable, "-m"]
            typed = run([*python, "mypy", "--strict", "--no-incremental", "."], folder)
            for name in dict.fromkeys(_MYPY.findall(typed.said)):
                self._wrong("mypy", name, typed.said, waiting)
            quiet = ["-q", "-p", "no:cacheprovider", "--import-mode=importlib", "--tb=line"]
            tested = run([*python, "pytest", *quiet], folder, {"PYTHONPATH": str(folder)})
            for name in dict.fromkeys(
                re.findall(r"^(?:FAILED|ERROR) (tests\d+)/", tested.said, re.MULTILINE)
            ):
                self._wrong("tests", name, tested.said, waiting)
            self.tally.imported += len(waiting)

    def _wrong(
        self, what: str, name: str, said: str, waiting: Sequence[tuple[bytes, Made]]
    ) -> None:
        number = int(re.sub(r"\D", "", name))
        lines = [line for line in said.splitlines() if f"{name}/" in line]
        kind = re.sub(r"\W+", "-", re.sub(r"\d+|\S*/\S*", "", lines[0]))[:60] if lines else "?"
        found = self._said.with_name(f"found-{what}{kind}")
        if not found.exists():
            found.write_bytes(waiting[number][0])
            found.with_suffix(".txt").write_text("\n".join(lines[:9]), "utf-8")


def main() -> None:
    kept, seconds, first, *checked = sys.argv[1:]
    trials = Trials(Path(kept), checked=bool(checked))
    end = monotonic() + float(seconds)
    number = int(first)
    while monotonic() < end:
        number += 1

        @seed(number)
        @settings(
            max_examples=_AT_ONCE,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )
        @given(documents)
        def some(document: dict[str, Tree]) -> None:
            if monotonic() < end:
                trials.one(document)

        some()
        trials.check()


if __name__ == "__main__":
    main()
