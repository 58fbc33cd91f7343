"""What a package has to be: whole, the same twice, importable, typed, laid out, and tested."""

from __future__ import annotations

import filecmp
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from .checks import NOT_MADE, checked
from .commands import Done, run
from .document import Json, items, members
from .environments import ROOT
from .packages import SPECLOOM

_SUMMARY = re.compile(r"(\d+) operations?, (\d+) types?;")
_UNSUPPORTED = re.compile(r"^  unsupported +([0-9,]+)$", re.MULTILINE)
_WARNINGS = re.compile(r": warning: ([a-z0-9-]+): ")
_ERRORS = re.compile(r"^(\S*?:\d+:\d+): error: ([a-z0-9-]+): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualities:
    """What was seen of one document."""

    document: str
    refused: str = ""
    """By which rule, and where: nothing was generated then, and nothing else was looked at."""
    operations: int = 0
    types: int = 0
    seconds: float = 0.0
    """Of CPU, for generating it with its tests."""
    megabytes: int = 0
    """The most memory that this took."""
    lines: int = 0
    """Of the package, without its tests."""
    warnings: int = 0
    unsupported: int = 0
    """Nodes of the document of which the ledger says so."""
    answers: int = 0
    """The documented answers that hold JSON."""
    called: int = 0
    """The operations of which a request is tested, byte for byte."""
    read: int = 0
    """The documented answers that are read in a test."""
    tests: int = 0
    faults: Mapping[str, str] = field(default_factory=dict[str, str])
    """By quality, what is wrong."""

    @property
    def is_well(self) -> bool:
        return not self.refused and not self.faults


def qualities(document: Path, name: str, folder: Path, kept: Path, *, again: bool) -> Qualities:
    """Generate a document twice into a folder, and look at all that came out.

    What was seen of a package is kept in another folder, and looked at anew if it is to be again.
    """
    package = re.sub(r"\W", "_", document.stem).lower()
    package = package if package[:1].isalpha() else f"api_{package}"
    made = _generated(document, package, folder / "first", "1")
    if made.status:
        return Qualities(document=name, refused=_refusal(made.said))
    twice = _twice(document, package, folder)
    found = checked(folder / "first", package, kept, again=again)
    answers, read = _answers(document, found.read)
    seen = replace(
        _summary(name, made),
        lines=_lines(folder / "first" / package),
        unsupported=_unsupported(document),
        answers=answers,
        called=found.called,
        read=read,
        tests=found.passed,
    )
    untested = " ".join(_untested(seen, found.failed))
    return replace(seen, faults=_wrong({"same twice": twice, "tests": untested, **found.faults}))


def _wrong(faults: Mapping[str, str]) -> dict[str, str]:
    return {quality: fault for quality, fault in faults.items() if fault}


def _untested(seen: Qualities, failed: int) -> Iterator[str]:
    if failed:
        yield f"{failed} failed."
    if seen.called < seen.operations:
        yield f"{seen.operations - seen.called} operations are called by no test."
    if seen.read < seen.answers:
        yield f"{seen.answers - seen.read} documented answers are read by no test."


def _generated(document: Path, package: str, out: Path, seed: str) -> Done:
    command: list[str | Path] = [
        SPECLOOM,
        "generate",
        document.resolve(),
        "-o",
        out,
        "--package",
        package,
    ]
    return run([*command, "--tests", out / "tests"], ROOT, {"PYTHONHASHSEED": seed})


def _refusal(said: str) -> str:
    """Return the first error of what the generator said, and how many there are."""
    found = _ERRORS.findall(said)
    if not found:
        return said.strip()[-300:] or "no reason"
    place, rule, message = found[0]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    line = place.split(":", 1)[1] if ":" in place else place
    return f"{line}: {rule}: {message}{more}"


def _summary(name: str, made: Done) -> Qualities:
    counts = _SUMMARY.search(made.said)
    operations, types = counts.groups() if counts else ("0", "0")
    rules = _WARNINGS.findall(made.said)
    return Qualities(
        document=name,
        operations=int(operations),
        types=int(types),
        seconds=round(made.seconds, 1),
        megabytes=made.megabytes,
        warnings=len(rules),
    )


def _lines(package: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in package.rglob("*.py"))


def _twice(document: Path, package: str, folder: Path) -> str:
    again = _generated(document, package, folder / "second", "2")
    if again.status:
        return _refusal(again.said)
    return " ".join(_differences(filecmp.dircmp(folder / "first", folder / "second")))


def _differences(compared: filecmp.dircmp[str]) -> Iterator[str]:
    yield from (name for name in compared.diff_files if name not in NOT_MADE)
    yield from (
        name for name in (*compared.left_only, *compared.right_only) if name not in NOT_MADE
    )
    for inner in compared.subdirs.values():
        yield from _differences(inner)


def _unsupported(document: Path) -> int:
    told = run([SPECLOOM, "explain", document.resolve(), "--ledger"], ROOT).said
    counted = _UNSUPPORTED.search(told)
    assert counted is not None, told[-300:]
    return int(counted[1].replace(",", ""))


def _answers(document: Path, read: Mapping[str, list[int]]) -> tuple[int, int]:
    """Return how many answers of operations are documented as JSON, and how many are `read`."""
    lowered = run([SPECLOOM, "lower", document.resolve()], ROOT, said=subprocess.DEVNULL)
    model = members(cast("Json", json.loads(lowered.said)))
    all_, found = 0, 0
    for operation in map(members, items(model.get("operations"))):
        answers = [members(answer) for answer in items(operation.get("responses"))]
        documented = {_status(answer) for answer in answers if _holds_json(answer)}
        statuses = {_status(answer) for answer in answers}
        tried = read.get(f"{operation.get('method')} {operation.get('path')}", [])
        all_ += len(documented)
        found += len(documented & {_described(code, statuses) for code in tried})
    return all_, found


def _holds_json(answer: Mapping[str, Json]) -> bool:
    return any(members(of).get("codec") == "json" for of in items(answer.get("contents")))


def _status(answer: Mapping[str, Json]) -> str:
    """Return a status as a document has it: one code, a hundred of them, all others."""
    status = members(answer.get("status"))
    if "code" in status:
        return str(status["code"])
    return f"{status['hundred']}XX" if "hundred" in status else "default"


def _described(code: int, statuses: set[str]) -> str:
    """Return by which of them an answer is described (OpenAPI 3.1.1, "Responses Object")."""
    ways = (str(code), f"{code // 100}XX")
    return next((way for way in ways if way in statuses), "default")
