"""What is said of broken input, where, and that nothing comes of it.

Each case is a document, a configuration (`config-*.toml`, run as `pyproject.toml`), or a folder
of files. The places of its mistakes are marked by hand: in YAML by a caret in a comment on the
line below, elsewhere in `NAME.at`. `NAME.args` is a command other than the usual one.
`pytest tests/test_negative.py --record` rewrites what is printed, `NAME.txt`, but no place.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from specloom.cli import main

NEGATIVE = Path(__file__).parent / "negative"
BESIDE = frozenset((".args", ".at", ".txt"))
CASES = sorted(path for path in NEGATIVE.iterdir() if path.suffix not in BESIDE)
MARK = re.compile(r" *# *\^ here")
LOCATED = re.compile(r"^[^ ].*?:([0-9]+):([0-9]+): (?:error|warning): ", re.MULTILINE)


def beside(case: Path, suffix: str) -> Path:
    """Return a file that belongs to a case; two documents may differ in their extension only."""
    return case.with_name(f"{case.name}{suffix}")


def marked(case: Path) -> set[tuple[int, int]]:
    """Return the line and column of every mistake."""
    if (places := beside(case, ".at")).exists():
        pairs = (line.split(":") for line in places.read_text("utf-8").splitlines())
        return {(int(line), int(column)) for line, column in pairs}
    found: set[tuple[int, int]] = set()
    above = 0
    for number, line in enumerate(case.read_text("utf-8").splitlines(), 1):
        if MARK.fullmatch(line):
            found.add((above, line.index("^") + 1))
        else:
            above = number
    return found


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def laid_out(case: Path, folder: Path) -> list[str]:
    """Copy the input of a case, and return the command."""
    if case.is_dir() and not case.suffix:
        shutil.copytree(case, folder)
    else:
        folder.mkdir()
        name = "pyproject.toml" if case.suffix == ".toml" else case.name
        (shutil.copytree if case.is_dir() else shutil.copyfile)(case, folder / name)
    if (arguments := beside(case, ".args")).exists():
        return shlex.split(arguments.read_text("utf-8"))
    return ["generate"] if case.suffix == ".toml" else ["generate", case.name, "-o", "out"]


def test_there_are_enough_cases() -> None:
    assert len(CASES) > 60


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_mistake_is_told_where_it_is_and_nothing_is_written(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    record: bool,
) -> None:
    arguments = laid_out(case, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    before = tree(tmp_path)
    status = main(arguments)
    printed = capsys.readouterr()
    assert (status, printed.out) == (2 if case.name.startswith(("config-", "lock-")) else 1, "")
    assert tree(tmp_path) == before
    assert all(c == "\n" or c.isprintable() for c in printed.err)
    told = {(int(line), int(column)) for line, column in LOCATED.findall(printed.err)}
    assert told == marked(case)
    if record:
        beside(case, ".txt").write_text(printed.err, "utf-8")
    assert printed.err == beside(case, ".txt").read_text("utf-8")
