"""Every feature is a directory: a small document, and the code that is made from it.

`pytest tests/test_corpus.py --record` rewrites what is wanted; read the diff as a stranger's.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import copyfile

import black
import pytest

from specloom.audit import audit
from specloom.lower.schemas.closing import closed
from specloom.naming import name
from specloom.pipeline import understand
from specloom.python.package.package import package
from specloom.render import render, runtime

from .support import ROOT, limit, responses, transport, wanted

CORPUS = ROOT / "tests" / "corpus"
FEATURES = sorted(path.parent for path in CORPUS.glob("*/spec.yaml"))
REFUSED = sorted(CORPUS.glob("refused/*.yaml"))
MARK = "# here: "


def rendered(feature: Path, spec: Path) -> dict[str, str]:
    """Return the code of a document, made as that of a feature is."""
    understood = understand(str(spec))
    assert understood.api is not None, understood.messages
    api = closed(understood.api) if responses(feature) == "closed" else understood.api
    return render(package(api, name(api), limit=limit(feature)).view)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda path: path.name)
def test_a_feature_becomes_the_code_that_is_wanted(feature: Path, record: bool) -> None:
    made = rendered(feature, feature / "spec.yaml")
    audit({**made, **runtime(made, transport(feature))}, transport(feature))
    want = feature / "want"
    if record:
        for path, text in made.items():
            (want / path).parent.mkdir(parents=True, exist_ok=True)
            (want / path).write_text(text, "utf-8")
    assert made == wanted(feature)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda path: path.name)
def test_a_feature_is_told_as_is_wanted(feature: Path, record: bool) -> None:
    """What a warning says is in `said.txt`; of most features there is nothing to say."""
    messages = understand(str(feature / "spec.yaml")).messages
    said = "".join(f"{message}\n" for message in messages).replace(f"{feature}/", "")
    wanted = feature / "said.txt"
    if record and said:
        wanted.write_text(said, "utf-8")
    assert said == (wanted.read_text("utf-8") if wanted.exists() else "")


@pytest.mark.parametrize("feature", FEATURES, ids=lambda path: path.name)
def test_the_layout_is_blacks_own(feature: Path) -> None:
    """What is rendered is a fixed point of black before black has seen it."""
    for path, text in wanted(feature).items():
        assert black.format_str(text, mode=black.Mode()) == text, path


def test_features_are_typed(tmp_path: Path) -> None:
    """All packages together, and those who call them, as a stranger's type checkers see them."""
    for feature in FEATURES:
        command = [sys.executable, "-m", "specloom", "generate", str(feature / "spec.yaml")]
        hides = feature.name in sys.stdlib_module_names  # as `secrets` would
        package = f"{feature.name}_" if hides else feature.name
        arguments = ["-o", str(tmp_path), "--package", package]
        arguments += ["--responses", responses(feature), "--transport", transport(feature)]
        subprocess.run([*command, *arguments], check=True, capture_output=True)
        if (caller := feature / "caller.py").exists():
            copyfile(caller, tmp_path / f"{feature.name}_caller.py")
    settings = {"include": ["."], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    for checker in (["mypy", "--strict", "--no-incremental", "."], ["basedpyright", "-p", "."]):
        done = subprocess.run(
            [sys.executable, "-m", *checker], cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("document", REFUSED, ids=lambda path: path.stem)
def test_what_is_wrong_is_said_with_its_place(document: Path) -> None:
    """Each `# here: RULE` marks the line of one finding, and there are no others."""
    lines = document.read_text("utf-8").splitlines()
    marked = [
        (number, rule)
        for number, line in enumerate(lines, 1)
        if MARK in line
        for rule in line.partition(MARK)[2].split(", ")
    ]
    said: list[tuple[int, str]] = []
    for message in understand(str(document)).messages:
        _, line, _, _, rule, *_ = message.removeprefix(str(document)).split(":")
        said.append((int(line), rule.strip()))
    assert sorted(said) == sorted(marked)
