"""The README: its Python runs, its commands work, its excerpts are what is generated."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .oauth_server import GRANTS, Authority, serving
from .support import PACKAGE, ROOT, run

README = ROOT / "README.md"
ELSEWHERE = "Server.SANDBOX"


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of a language; none where there is no README."""
    text = README.read_text("utf-8") if README.exists() else ""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


PROGRAMS = [block for block in blocks("python") if "import " in block]
EXCERPTS = [block for block in blocks("python") if block not in PROGRAMS]
COMMANDS = [
    line.removeprefix("$ ")
    for block in blocks("console")
    for line in block.splitlines()
    if line.startswith("$ ")
]


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    with serving(*GRANTS) as running:
        yield running


def test_it_shows_how_to_begin() -> None:
    assert README.exists(), "there is no README.md"
    assert [block for block in PROGRAMS if "with Client(" in block], "no quick start"
    assert [block for block in PROGRAMS if "async with AsyncClient(" in block], "none to await"
    assert "make generate" in COMMANDS
    assert [command for command in COMMANDS if command.startswith("specloom generate ")]


@pytest.mark.parametrize("program", PROGRAMS)
def test_its_programs_run(program: str, authority: Authority, tmp_path: Path) -> None:
    """Against a server of ours, which knows their client by another secret."""
    assert ELSEWHERE in program, "it would call the real server"
    seen = len(authority.seen)
    here = program.replace(ELSEWHERE, repr(authority.url))
    done = run(sys.executable, "-W", "error", "-c", here, cwd=tmp_path, paths=(PACKAGE.parent,))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(authority.seen) == seen + 1
    assert "invalid_client" in done.stdout, "it says what came of it"
    for printed in re.findall(r"^ *print\(.*?\)  # (.+)$", program, re.MULTILINE):
        assert printed in done.stdout.splitlines()


@pytest.mark.parametrize("excerpt", EXCERPTS)
def test_its_excerpts_are_what_is_generated(excerpt: str) -> None:
    assert [path for path in PACKAGE.glob("*.py") if excerpt in path.read_text("utf-8")]


@pytest.mark.parametrize("shown", blocks("text"))
def test_what_it_shows_is_what_is_said(shown: str) -> None:
    """But for the time that it takes."""
    said = re.sub(r"[0-9.]+ s$", "0.00 s", shown, flags=re.MULTILINE)
    assert [path for path in (ROOT / "tests" / "cli").iterdir() if said in path.read_text("utf-8")]


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.split()[0] == "make"])
def test_its_targets_are_in_the_makefile(command: str) -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    asked = [word for word in command.split()[1:] if "=" not in word and word[0] != "-"]
    assert [target for target in asked if target not in targets] == []


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.split()[0] == "specloom"])
def test_its_commands_work(command: str, tmp_path: Path) -> None:
    for name in ("specs", "generated"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml", "specloom.lock"):
        shutil.copy(ROOT / name, tmp_path)
    words = shlex.split(command)[1:]
    done = run(sys.executable, "-m", "specloom", *words, cwd=tmp_path, paths=(ROOT / "generator",))
    assert done.returncode == 0, done.stderr
