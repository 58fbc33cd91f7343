"""A target whose document is of several files: each of them is watched, and names stay."""

from __future__ import annotations

import pytest

from .project import Project

API = """\
openapi: 3.1.0
info: {title: Shelter, version: "1"}
paths:
  /cats:
    get:
      operationId: list_cats
      responses:
        "200":
          description: Those that are here
          content:
            application/json:
              schema: {$ref: 'types/cat.yaml'}
"""
CAT = """\
type: object
required: [state]
properties:
  state: {$ref: '#/$defs/State'}
$defs:
  State: {type: string, enum: [asleep, awake]}
"""
TARGET = '[tool.specloom.targets.shelter]\nspec = "specs/api.yaml"\noutput = "out"\n'


@pytest.fixture
def shelter(project: Project) -> Project:
    """A project with a document of two files, which is generated."""
    project.spec.unlink()
    (project.folder / "specs" / "types").mkdir(parents=True)
    write(project, "api.yaml", API)
    write(project, "types/cat.yaml", CAT)
    project.configure(TARGET)
    project.generate()
    return project


def write(project: Project, name: str, text: str) -> None:
    (project.folder / "specs" / name).write_text(text, "utf-8")


def checked(project: Project) -> list[str]:
    status, said = project.run("check")
    assert status == (0 if "up to date" in said else 1)
    return [line.strip() for line in said.splitlines() if line.startswith("  spec")]


def test_a_second_run_writes_nothing(shelter: Project) -> None:
    stamps = shelter.stamps()
    assert "0 files written" in shelter.generate()
    assert shelter.stamps() == stamps
    assert checked(shelter) == []


def test_every_file_is_watched(shelter: Project) -> None:
    cat = shelter.folder / "specs" / "types" / "cat.yaml"
    cat.write_text(CAT.replace("awake", "up"), "utf-8")
    assert checked(shelter) == ["spec: specs/types/cat.yaml has changed"]
    assert "files written" in shelter.generate()
    assert checked(shelter) == []
    cat.unlink()
    assert checked(shelter) == ["spec: specs/types/cat.yaml cannot be read"]
    status, said = shelter.run("generate")
    assert status == 1
    assert said.startswith("specs/api.yaml:12:30: error: broken-reference: `types/cat.yaml`: there")


def test_a_file_that_is_not_referred_to_any_more_is_forgotten(shelter: Project) -> None:
    write(shelter, "api.yaml", API.replace("$ref: 'types/cat.yaml'", "type: string"))
    assert checked(shelter) == ["spec: specs/api.yaml has changed"]
    shelter.generate()
    (shelter.folder / "specs" / "types" / "cat.yaml").unlink()
    assert checked(shelter) == []


def test_a_reference_that_is_added_renames_nothing(shelter: Project) -> None:
    write(shelter, "types/ant.yaml", CAT.replace("asleep", "busy"))
    more = API[API.index("  /cats:") :].replace("cat", "ant")
    write(shelter, "api.yaml", API.replace("paths:\n", f"paths:\n{more}"))
    said = shelter.generate().splitlines()[1:]
    assert [line for line in said if not line.startswith("  +")] == []
    models = (shelter.folder / "out" / "shelter" / "models.py").read_text("utf-8")
    assert 'State: TypeAlias = Literal["asleep", "awake"] | Unknown' in models
    assert 'AntState: TypeAlias = Literal["busy", "awake"] | Unknown' in models


def test_a_root_allows_what_is_beside_the_folder(shelter: Project) -> None:
    write(shelter, "api.yaml", API.replace("types/cat", "../cat"))
    (shelter.folder / "cat.yaml").write_text(CAT, "utf-8")
    status, said = shelter.run("generate")
    assert (status, "--root DIR, or `root` in the target" in said) == (1, True)
    shelter.configure(f'{TARGET}root = "."\n')
    shelter.generate()
    assert checked(shelter) == []
    assert '\n[targets.shelter.parts]\n"cat.yaml" = ' in shelter.lock.read_text("utf-8")
    arguments = ("specs/api.yaml", "-o", "made", "--root", ".")
    shelter.generate(*arguments)
    assert shelter.run("check", *arguments)[0] == 0
    assert '"../cat.yaml" = ' in (shelter.folder / "made" / "specloom.lock").read_text("utf-8")
