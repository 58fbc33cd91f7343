"""`responses = "closed"` makes errors of values and variants that a document does not list."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from specloom.cli import main

from .project import TARGET, Project
from .support import ROOT, run

CORPUS = ROOT / "tests" / "corpus"
PROGRAM = """\
from unions import codecs, errors

EVENTS = [
    {"type": "opened", "at": 1, "new": [1]},
    {"type": "vanished"},
    {"type": "opened", "at": 1, "cause": {"type": "vanished"}},
]
for event in EVENTS:
    try:
        print(codecs.encode_event(codecs.decode_event(event)))
    except errors.DecodeError as error:
        print(error)
"""
LISTED = '"vanished" is not one of opened, reopened, closed, moved'
SAID = {
    "open": """\
{'new': [1], 'type': 'opened', 'at': 1}
{'type': 'vanished'}
{'type': 'opened', 'at': 1, 'cause': {'type': 'vanished'}}
""",
    "closed": f"""\
{{'new': [1], 'type': 'opened', 'at': 1}}
$.type: {LISTED}
$.cause.type: {LISTED}
""",
}


def make(feature: str, folder: Path, *options: str) -> None:
    """Generate the package of a feature with its tests; nothing else is in the folder."""
    spec = CORPUS / feature / "spec.yaml"
    where = ("-o", str(folder), "--package", feature, "--tests", str(folder / "tests"))
    assert main(["generate", str(spec), *where, *options]) == 0


@pytest.mark.parametrize("responses", ["open", "closed"])
def test_what_nobody_listed_is_kept_or_an_error(tmp_path: Path, responses: str) -> None:
    """Members that nobody declared are kept in either case."""
    make("unions", tmp_path, "--responses", responses)
    done = run(sys.executable, "-c", PROGRAM, cwd=tmp_path, paths=(tmp_path,))
    assert (done.stdout, done.stderr) == (SAID[responses], "")


@pytest.mark.parametrize("feature", ["unions", "enums", "nullables"])
def test_a_closed_package_knows_of_nothing_unknown(tmp_path: Path, feature: str) -> None:
    """Its own tests, in which what is unknown is refused, pass."""
    make(feature, tmp_path, "--responses", "closed")
    package = tmp_path / feature
    assert not (package / "_unknown.py").exists()
    for file in ("models.py", "codecs.py"):
        assert "Unknown" not in (package / file).read_text("utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=line")
    env = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = run(*command, "-c", "pytest.ini", "tests", cwd=tmp_path, paths=(tmp_path,), env=env)
    assert done.returncode == pytest.ExitCode.OK, done.stdout


def test_a_target_that_is_closed_is_made_anew_and_told_so(project: Project) -> None:
    document = (CORPUS / "unions" / "spec.yaml").read_text("utf-8")
    project.spec.write_text(document, "utf-8")
    project.generate()
    project.configure(f'{TARGET}responses = "closed"\n')
    assert "~ Event: - UnknownVariant" in project.generate()
    assert main(["explain", "polar", "Event"]) == 0
    told = project.said.readouterr().out
    assert "another value is an error: the target asks for closed responses" in told
