"""What people see, word for word: help, summaries, an error with its caret, and exit statuses.

`pytest tests/test_words.py --record` rewrites the goldens in tests/cli.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from specloom.cli import main

from .project import Project
from .support import ROOT

GOLDENS = ROOT / "tests" / "cli"
SECONDS = re.compile(r"\b[0-9]+\.[0-9]{2} s\b")


def nothing(_: Project) -> None:
    return


def generated(project: Project) -> None:
    project.generate()


def changed(project: Project) -> None:
    project.generate()
    project.add_a_grant()
    project.edit("session_token", "session_key")


def broken(project: Project) -> None:
    project.edit("#/components/schemas/WebTokenRequest", "#/components/schemas/WebTokenReqest")


def edited(project: Project) -> None:
    project.generate()
    (project.package / "models.py").write_text("# mine\n", "utf-8")


def misconfigured(project: Project) -> None:
    project.configure('[tool.specloom.targets.polar]\nspek = "api.yaml"\noutput = "out"\n')


CASES: dict[str, tuple[Callable[[Project], None], str]] = {
    "help": (nothing, "--help"),
    "help-generate": (nothing, "generate --help"),
    "help-check": (nothing, "check --help"),
    "help-explain": (nothing, "explain --help"),
    "help-lower": (nothing, "lower -h"),
    "version": (nothing, "--version"),
    "generate-first": (nothing, "generate"),
    "generate-again": (generated, "generate polar"),
    "generate-changed": (changed, "generate"),
    "generate-broken": (broken, "generate"),
    "generate-edited": (edited, "generate"),
    "generate-forced": (edited, "generate --force"),
    "generate-bare": (nothing, "generate api.yaml -o build"),
    "check-current": (generated, "check"),
    "check-moved": (changed, "check"),
    "check-edited": (edited, "check"),
    "check-never": (nothing, "check"),
    "explain-unknown": (nothing, "explain api.yaml TokenRespone"),
    "usage-nothing": (nothing, ""),
    "usage-command": (nothing, "chekc"),
    "usage-option": (nothing, "generate --forced"),
    "usage-target": (nothing, "generate poler"),
    "usage-output": (nothing, "generate api.yaml"),
    "usage-two": (nothing, "generate api.yaml b.yaml -o out"),
    "usage-mixed": (nothing, "generate polar -o out"),
    "usage-transport": (nothing, "generate api.yaml -o out --transport requests"),
    "usage-responses": (nothing, "generate api.yaml -o out --responses shut"),
    "usage-configuration": (misconfigured, "generate"),
}


@pytest.mark.parametrize(
    ("name", "before", "line"), [(n, *c) for n, c in CASES.items()], ids=list(CASES)
)
def test_words(
    project: Project,
    name: str,
    before: Callable[[Project], None],
    line: str,
    record: bool,
) -> None:
    before(project)
    try:
        status = main(line.split())
    except SystemExit as done:
        status = int(str(done.code))
    said = project.said.readouterr()
    text = f"$ specloom {line}".rstrip() + f"\n{said.out}{said.err}exit {status}\n"
    text = SECONDS.sub("0.00 s", text)
    golden = GOLDENS / f"{name}.txt"
    if record:
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_goldens_are_of_cases() -> None:
    assert {path.stem for path in GOLDENS.iterdir()} == set(CASES)
    statuses = {path.read_text("utf-8").splitlines()[-1] for path in GOLDENS.iterdir()}
    assert statuses == {"exit 0", "exit 1", "exit 2"}


@pytest.mark.parametrize("command", ["generate", "check", "explain", "lower"])
def test_help_names_every_option(command: str) -> None:
    words = (GOLDENS / f"help-{command}.txt").read_text("utf-8")
    edition = {"--allow", "--limit", "--overlay", "--root", "--tag", "--path", "--operation"}
    made = {"--output", "--package", "--tests", "--transport", "--responses"} | edition
    options = {
        "generate": made | {"--force", "--strict"},
        "check": made,
        "explain": edition | {"--ledger", "--strict"},
        "lower": edition | {"--names", "--format", "--strict"},
    }[command]
    told = re.findall(r"^  (?:-o, )?(--[a-z]+(?:, --[a-z]+)*)", words, re.MULTILINE)
    assert {option for options in told for option in options.split(", ")} == options
    assert max(map(len, words.splitlines())) <= 100
