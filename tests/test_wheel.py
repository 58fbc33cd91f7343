"""The wheel: what is in it, and that it generates the flagship where there is no checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import dataclass
from email import message_from_string
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest

from .support import PACKAGE, ROOT, run

SPEC = ROOT / "specs" / "polar-oauth2.yaml"
CONSTRAINTS = "constraints.txt"
# Without a folder: pip splits the value of a variable at spaces, and a folder may have some.
PINNED = {"PIP_CONSTRAINT": CONSTRAINTS, "PIP_BUILD_CONSTRAINT": CONSTRAINTS}
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
WHERE = """
import pathlib, specloom, sys
print(pathlib.Path(specloom.__file__).parent)
print(*sys.path, sep="\\n")
"""


@dataclass(frozen=True)
class Installed:
    """A wheel, and an environment that has it and what it needs."""

    files: dict[str, bytes]
    environment: Path


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, apart from caches."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }


def done(process: subprocess.CompletedProcess[str]) -> str:
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    top = tmp_path_factory.mktemp("wheel")
    # a copy is built, since a build leaves things behind; whole, so that too much can be included
    source, environment = top / "source", top / "environment"
    source.mkdir()
    for name in ("generated", "generator", "specs", "templates", "tests"):
        copytree(ROOT / name, source / name, ignore=ignore_patterns("__pycache__"))
    licences = [path.name for path in ROOT.glob("LICENSE*")]
    for name in ("pyproject.toml", ".gitignore", "README.md", CONSTRAINTS, *licences):
        copy(ROOT / name, source)
    done(run(*PIP, "wheel", "--no-deps", "-w", top / "dist", ".", cwd=source, env=PINNED))
    [wheel] = (top / "dist").iterdir()
    done(run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=top))
    into = ("--python", environment / "bin" / "python")
    done(run(*PIP, *into, "install", "--no-compile", wheel, cwd=source, env=PINNED))
    with zipfile.ZipFile(wheel) as file:
        files = {name: file.read(name) for name in file.namelist()}
    return Installed(files, environment)


def below(folder: str, files: dict[str, bytes]) -> dict[str, bytes]:
    return {
        name.removeprefix(folder): content
        for name, content in files.items()
        if name.startswith(folder)
    }


def test_it_has_the_templates(installed: Installed) -> None:
    assert below("specloom/templates/", installed.files) == contents(ROOT / "templates")


def test_it_has_the_generator_and_nothing_else(installed: Installed) -> None:
    generator = contents(ROOT / "generator" / "specloom")
    for name, content in below("specloom/", installed.files).items():
        assert name.startswith("templates/") or generator.pop(name) == content
    assert generator == {}
    folders = {name.partition("/")[0] for name in installed.files}
    assert [name for name in folders if not name.endswith(".dist-info")] == ["specloom"]


def test_it_has_the_licences(installed: Installed) -> None:
    [about] = {name.partition("/")[0] for name in installed.files} - {"specloom"}
    licences = {path.name: path.read_bytes() for path in ROOT.glob("LICENSE*")}
    assert len(licences) == 2
    assert below(f"{about}/licenses/", installed.files) == licences
    said = message_from_string(installed.files[f"{about}/METADATA"].decode())
    assert said["License-Expression"] == "MIT AND 0BSD"


def test_it_generates_the_flagship(installed: Installed, tmp_path: Path) -> None:
    copy(SPEC, tmp_path)
    programs = installed.environment / "bin"
    told = run(programs / "specloom", "generate", SPEC.name, "-o", "out", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert contents(tmp_path / "out" / PACKAGE.name) == contents(PACKAGE)


def test_nothing_of_the_checkout_is_used(installed: Installed, tmp_path: Path) -> None:
    printed = done(run(installed.environment / "bin" / "python", "-c", WHERE, cwd=tmp_path))
    folder, *paths = printed.splitlines()
    assert Path(folder).is_relative_to(installed.environment)
    assert [path for path in paths if Path(path).is_relative_to(ROOT)] == []
