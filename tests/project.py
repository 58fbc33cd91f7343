"""A project of its own for a test: a document, a target, and what the command line says of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from specloom.cli import main

from .support import ROOT

SPEC = ROOT / "specs" / "polar-oauth2.yaml"
TARGET = """\
[tool.specloom.targets.polar]
spec = "api.yaml"
output = "out"
tests = "checks"
"""
FILES = 50
"""How many files it has, its generated tests included, but not its lock."""
PASSWORD_GRANT = """\
    PasswordTokenRequest:
      type: object
      required: [grant_type, client_id, client_secret, username, password]
      properties:
        grant_type: {type: string, const: password}
        client_id: {type: string}
        client_secret: {type: string}
        username: {type: string}
        password: {type: string}
"""


@dataclass(frozen=True)
class Project:
    """A folder in which commands are run."""

    folder: Path
    said: pytest.CaptureFixture[str]

    @property
    def spec(self) -> Path:
        return self.folder / "api.yaml"

    @property
    def package(self) -> Path:
        return self.folder / "out" / "polar"

    @property
    def lock(self) -> Path:
        return self.folder / "specloom.lock"

    def run(self, *arguments: str) -> tuple[int, str]:
        """Return the exit status of a command, and what it says on standard error."""
        status = main(arguments)
        said = self.said.readouterr()
        assert said.out == ""
        return status, said.err

    def generate(self, *arguments: str) -> str:
        status, said = self.run("generate", *arguments)
        assert status == 0, said
        return said

    def configure(self, text: str) -> None:
        (self.folder / "pyproject.toml").write_text(text, "utf-8")

    def edit(self, old: str, new: str) -> None:
        """Replace a text of the document, which must be there."""
        text = self.spec.read_text("utf-8")
        assert old in text
        self.spec.write_text(text.replace(old, new), "utf-8")

    def add_a_grant(self) -> None:
        """Give the union of grants a fourth variant."""
        reference = "                - $ref: '#/components/schemas/WebTokenRequest'\n"
        self.edit(reference, reference + reference.replace("Web", "Password"))
        self.edit("    WebTokenRequest:\n", f"{PASSWORD_GRANT}    WebTokenRequest:\n")

    def tree(self) -> dict[str, bytes]:
        """Return all files but the inputs, by their path."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path.name not in ("api.yaml", "pyproject.toml")
        }

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Return inode and time of every file that was made."""
        return {
            name: ((self.folder / name).stat().st_ino, (self.folder / name).stat().st_mtime_ns)
            for name in self.tree()
        }
