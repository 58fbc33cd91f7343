"""Packages of a part of a document: what is in their files, beside the package of the whole."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from .project import Project
from .support import ROOT, run

ZOO = ROOT / "tests" / "subsets.yaml"
BROKEN = ("  /broken:\n", "webhooks:\n"), ("    Unused:", "")
"""What is wrong in the document, from one line to another: it is not chosen anywhere."""
TARGET = """\
[tool.specloom.targets.zoo]
spec = "api.yaml"
output = "out"
tests = "checks"
"""


@pytest.fixture
def zoo(project: Project) -> Project:
    """A project with a document, parts of which are broken."""
    project.spec.write_text(ZOO.read_text("utf-8"), "utf-8")
    project.configure(TARGET)
    return project


def mend(project: Project) -> None:
    """Take out what is wrong in the document."""
    text = project.spec.read_text("utf-8")
    for first, last in BROKEN:
        head, mark, rest = text.partition(first)
        assert mark
        text = head + (last + rest.partition(last)[2] if last else "")
    project.spec.write_text(text, "utf-8")


def definitions(path: Path) -> dict[str, str]:
    """Return what a module defines, by name, as syntax trees."""
    found: dict[str, str] = {}
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                found[name] = ast.dump(node)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found[name] = ast.dump(node)
            case _:
                pass
    return found


@pytest.mark.parametrize(
    ("chosen", "types", "methods"),
    [
        (
            'tags = ["visitors"]',
            {"Order", "Entry", "Ticket", "TicketSeat", "Price"},
            {"buy_ticket"},
        ),
        (
            'operations = ["listAnimals"]',
            {"Animal", "Animals", "Bird", "Parrot", "Word", "Ghost", "Number"},
            {"list_animals"},
        ),
        (
            'paths = ["/animals"]',
            {
                "Animal",
                "Animals",
                "Ghost",
                "Bird",
                "Parrot",
                "Word",
                "NewAnimal",
                "NewBird",
                "NewFish",
                "Number",
            },
            {"list_animals", "add_animal"},
        ),
    ],
)
def test_a_subset_is_what_it_reaches_and_as_it_is_in_the_whole(
    zoo: Project, chosen: str, types: set[str], methods: set[str]
) -> None:
    assert zoo.run("generate")[0] == 1, "the whole is broken"
    zoo.configure(TARGET + chosen)
    zoo.generate()
    package = zoo.folder / "out" / "zoo"
    part = {name: definitions(package / f"{name}.py") for name in ("models", "codecs", "client")}
    zoo.lock.unlink()
    mend(zoo)
    zoo.configure(TARGET)
    zoo.generate("--force")
    whole = {name: definitions(package / f"{name}.py") for name in ("models", "codecs")}
    for name, found in whole.items():
        assert {k: v for k, v in found.items() if k in part[name]} == part[name]
    own = {name for name in part["models"] if not name.startswith("_")}
    assert own == types
    assert {
        m for m in ("buy_ticket", "list_animals", "add_animal") if m in str(part["client"])
    } == methods


def test_the_tests_of_a_subset_pass(zoo: Project) -> None:
    zoo.configure(TARGET + 'tags = ["visitors", "animals", "food"]')
    zoo.generate()
    done = run(
        "python", "-m", "pytest", "-q", "checks", cwd=zoo.folder, paths=(zoo.folder / "out",)
    )
    assert done.returncode == 0, done.stdout


def test_names_stay_when_a_target_becomes_a_subset(zoo: Project) -> None:
    mend(zoo)
    zoo.generate()
    zoo.lock.write_text(zoo.lock.read_text("utf-8").replace('= "Price"', '= "Cost"'), "utf-8")
    zoo.configure(TARGET + 'tags = ["visitors"]')
    assert "  configuration: the target says something else now\n" in zoo.run("check")[1]
    zoo.generate()
    assert "class Cost:" in (zoo.folder / "out" / "zoo" / "models.py").read_text("utf-8")
    assert zoo.run("check")[0] == 0


def test_a_subset_on_the_command_line(zoo: Project) -> None:
    command = ("api.yaml", "-o", "made", "--tag", "visitors", "--path=/animals")
    zoo.generate(*command)
    assert zoo.run("check", *command)[0] == 0
    status, said = zoo.run("check", *command[:-1])
    assert (status, "configuration" in said, "--tag=visitors" in said) == (1, True, True)
    status, said = zoo.run("generate", *command, "--operation", "buyTickets")
    assert (status, "hint: did you mean `buyTicket`?" in said) == (1, True)
    status, said = zoo.run("generate", "--tag", "a")
    assert (status, "--tag goes with a document" in said) == (2, True)
