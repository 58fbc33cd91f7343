"""A template with a leak: the gate says where, and nothing is published, not even beside it."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from .project import Project
from .support import ROOT

LEAKS = {
    "code-in-models": (
        "models.py.jinja",
        "{{ models.docstring }}\n",
        "exec('1')\n",
        "models.py:2: has Expr",
    ),
    "comment-in-client": (
        "client.py.jinja",
        "{{ client.about }}\n",
        "# words of the document\n{{ client.about }}\n",
        "client.py:21: has # outside of a string",
    ),
    "code-in-tests": (
        "test_group.py.jinja",
        "{{ tests.secrets }}\n",
        "X = __import__('os')\n{{ tests.secrets }}\n",
        "polar_tests/test_polar_oauth2.py:23: mentions __import__",
    ),
}
"""A template, what stands in it, what is put there instead, and what the gate says."""


@pytest.fixture
def templates(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Templates of this test's own, which are taken for those of the program."""
    folder = tmp_path_factory.mktemp("program") / "templates"
    copytree(ROOT / "templates", folder)
    monkeypatch.setattr("specloom.installed._CHECKOUT", str(folder))
    return folder


@pytest.mark.parametrize("is_there", [False, True], ids=["at-first", "again"])
@pytest.mark.parametrize("leak", LEAKS)
def test_nothing_is_published(
    project: Project, templates: Path, leak: str, *, is_there: bool
) -> None:
    template, before, after, said = LEAKS[leak]
    if is_there:
        project.generate()
        project.add_a_grant()
    text = (templates / template).read_text("utf-8")
    assert before in text
    (templates / template).write_text(text.replace(before, after), "utf-8")
    kept = project.tree()
    status, err = project.run("generate")
    assert status == 1
    assert said in err
    assert "it is a mistake of Specloom's, not of the document" in err
    assert project.tree() == kept
    assert bool(kept) == is_there
