"""What a package has to be: whole, the same twice, importable, typed, laid out, and tested."""

from __future__ import annotations

import filecmp
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import cast

from .document import Json, items, members
from .environments import ROOT, bare
from .packages import SPECLOOM

BIN = Path(sys.executable).parent
PATIENCE = 3600
"""Seconds of CPU for one command: a checker of types takes minutes for the largest package."""
_SUMMARY = re.compile(r"(\d+) operations?, (\d+) types?;")
_WARNINGS = re.compile(r": warning: ([a-z0-9-]+): ")
_ERRORS = re.compile(r"^(\S*?:\d+:\d+): error: ([a-z0-9-]+): (.*)$", re.MULTILINE)
_IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
for name in package.__all__:
    getattr(package, name)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualities:
    """What was seen of one document. A quality holds what is wrong; nothing, where it is well."""

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
    left_out: int = 0
    """Content types that stand beside one that says the same."""
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

    def text(self) -> str:
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def of(cls, text: str) -> Qualities:
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Done:
    status: int
    said: str
    seconds: float
    megabytes: int


def qualities(document: Path, name: str, folder: Path) -> Qualities:
    """Generate a document twice into a folder, and look at all that came out."""
    package = re.sub(r"\W", "_", document.stem).lower()
    package = package if package[:1].isalpha() else f"api_{package}"
    made = _generated(document, package, folder / "first", "1")
    if made.status:
        return Qualities(document=name, refused=_refusal(made.said))
    seen = replace(_summary(name, made), lines=_lines(folder / "first" / package))
    first = folder / "first"
    faults = {
        "same twice": _twice(document, package, folder),
        "imports": _tail(_run([sys.executable, "-c", _IMPORT_ALL, package], first)),
        "mypy": _mypy(package, first),
        "black": _black(first),
        "tests": "",
    }
    counted = _tests(first, folder / "counted.json")
    if isinstance(counted, str):
        return replace(seen, faults=_wrong({**faults, "tests": counted}))
    seen = replace(
        seen,
        answers=_answers(document),
        tests=counted["passed"],
        called=counted["called"],
        read=counted["answers"],
    )
    faults["tests"] = " ".join(_untested(seen, counted["failed"]))
    return replace(seen, faults=_wrong(faults))


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
    return _run([*command, "--tests", out / "tests"], ROOT, {"PYTHONHASHSEED": seed})


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
        left_out=rules.count("content-type-left-out"),
    )


def _lines(package: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in package.rglob("*.py"))


def _twice(document: Path, package: str, folder: Path) -> str:
    again = _generated(document, package, folder / "second", "2")
    if again.status:
        return _refusal(again.said)
    return " ".join(_differences(filecmp.dircmp(folder / "first", folder / "second")))


def _differences(compared: filecmp.dircmp[str]) -> Iterator[str]:
    ignored = {"specloom.lock", "__pycache__"}  # the lock says where its folder stands
    yield from (name for name in compared.diff_files if name not in ignored)
    yield from (name for name in (*compared.left_only, *compared.right_only) if name not in ignored)
    for inner in compared.subdirs.values():
        yield from _differences(inner)


def _mypy(package: str, folder: Path) -> str:
    said = _run(
        [BIN / "mypy", "--strict", "--no-incremental", "--config-file=", package, "tests"], folder
    )
    return said.said.strip().splitlines()[-1][-300:] if said.status else ""


def _black(folder: Path) -> str:
    return _tail(_run([BIN / "black", "--quiet", "--check", "--config", os.devnull, "."], folder))


def _tests(folder: Path, counted: Path) -> dict[str, int] | str:
    plugin = f"{__package__}.counting"
    quiet = ["-q", "--no-header", "--tb=no", "-p", "no:cacheprovider", "-p", plugin]
    path = os.pathsep.join([str(folder), str(ROOT)])
    variables = {"PYTHONPATH": path, "COUNTED": str(counted)}
    done = _run([sys.executable, "-m", "pytest", *quiet, "tests"], folder, variables)
    if not counted.is_file() or done.status not in (0, 1):  # 1: some have failed
        return f"not run: {done.said.strip()[-300:]}"
    return cast("dict[str, int]", json.loads(counted.read_text("utf-8")))


def _answers(document: Path) -> int:
    """Return how many documented answers of operations hold JSON of a type."""
    lowered = _run([SPECLOOM, "lower", document.resolve()], ROOT, said=subprocess.DEVNULL)
    model = members(cast("Json", json.loads(lowered.said)))
    return sum(
        any(members(content).get("codec") == "json" for content in items(answer.get("contents")))
        for operation in map(members, items(model.get("operations")))
        for answer in map(members, items(operation.get("responses")))
    )


def _tail(done: Done) -> str:
    return (done.said.strip()[-300:] or f"exit {done.status}") if done.status else ""


def _run(
    command: list[str | Path],
    folder: Path,
    variables: Mapping[str, str] | None = None,
    *,
    said: int = subprocess.STDOUT,
) -> Done:
    """Run a command to its end, and return what it said and took."""
    environment = {**bare(), "NO_COLOR": "1", **(variables or {})}
    with subprocess.Popen(
        list(map(str, command)),
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=said,
        preexec_fn=_in_bounds,
    ) as process:
        assert process.stdout is not None
        out = process.stdout.read().decode("utf-8", "replace")
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Done(process.returncode, out, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def _in_bounds() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
