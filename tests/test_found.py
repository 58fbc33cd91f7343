"""Documents in `found` are those that fuzzing came to grief on, cut down to what it takes.

Each is made into a package that can be imported and is typed, or is refused: `# refused` marks the
lines of its errors.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from specloom.config import Target
from specloom.pipeline import Made, make

from .support import run
from .written import write

FOUND = sorted((Path(__file__).parent / "found").glob("*.yaml"))
MARK = re.compile(r" # refused$")
ERROR = re.compile(r":([0-9]+):[0-9]+: error: ")
IMPORT = """
import importlib, pkgutil, sys
for module in pkgutil.walk_packages(sys.path[:1]):
    importlib.import_module(module.name)
"""


def refused(document: Path) -> set[int]:
    """Return the lines at which a document is wrong."""
    lines = document.read_text("utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if MARK.search(line)}


@pytest.mark.parametrize("document", FOUND, ids=lambda path: path.stem)
def test_what_is_wrong_is_refused_and_nothing_else(document: Path) -> None:
    made = make(Target("made", str(document), "out", "made", "tests"))
    lines = {int(line) for message in made.messages for line in ERROR.findall(message)}
    assert lines == refused(document), made.messages
    assert isinstance(made, Made) == (not lines)


def test_what_is_made_is_typed_imported_and_passes_its_tests(tmp_path: Path) -> None:
    for document in FOUND:
        made = make(Target(document.stem, str(document), "out", document.stem, "tests"))
        if isinstance(made, Made):
            write(made, tmp_path)
    quiet = ("-q", "-p", "no:cacheprovider", "--import-mode=importlib")
    for command in (
        ("-m", "mypy", "--strict", "--no-incremental", "."),
        ("-c", IMPORT),
        ("-m", "pytest", *quiet),
    ):
        done = run(sys.executable, *command, cwd=tmp_path, paths=(tmp_path,), patience=600)
        assert done.returncode == 0, done.stdout + done.stderr
