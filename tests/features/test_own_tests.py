"""The tests that are generated with a package: each feature passes its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from specloom.cli import main

from .driving import responses, run
from .page import CORPUS, FEATURES

MARKED = [pytest.param(name, marks=pytest.mark.feature(name), id=name) for name in FEATURES]


@pytest.mark.parametrize("name", MARKED)
def test_a_package_passes_its_own_tests(name: str, tmp_path: Path) -> None:
    spec, tests = CORPUS / name / "spec.yaml", tmp_path / "tests"
    where = ("-o", str(tmp_path), "--package", name, "--tests", str(tests))
    options = (*where, "--responses", responses(CORPUS / name))
    assert main(["generate", str(spec), *options]) == 0
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=line")
    env = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = run(*command, "-c", "pytest.ini", "tests", cwd=tmp_path, paths=(tmp_path,), env=env)
    assert done.returncode == pytest.ExitCode.OK, done.stdout
