"""What is unsupported is an error, unless it is allowed by name: then the package says what is missing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from specloom.assembly.omission import without
from specloom.assembly.whole import whole
from specloom.cli import main
from specloom.rules.unsupported import NAMES, UNSUPPORTED
from specloom.source import read
from specloom.values import Place

DOCUMENT = """\
openapi: 3.1.0
info: {title: Gaps, version: "1"}
security: [{digest: []}, {token: []}]
paths:
  /a:
    get:
      operationId: readA
      parameters:
        - {name: one, in: query, schema: {type: string}}
        - {name: filter, in: query, content: {application/xml: {schema: {type: object}}}}
      responses: {"204": {description: ok}}
    put:
      operationId: writeA
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
      responses: {"204": {description: ok}}
components:
  securitySchemes:
    digest: {type: http, scheme: digest}
    token: {type: http, scheme: bearer}
  schemas:
    Thing: {type: object, properties: {name: {type: string}}}
"""
PROSE = """\
A client of the Gaps API, version 1.

What the document has besides, and this package has not:

- a parameter that is written as something else than text or JSON:
  - `/paths/~1a/get`
- credentials that answer a challenge of the server, as those of Digest:
  - `/security/0`"""


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("gaps.yaml").write_text(DOCUMENT, "utf-8")
    return "gaps.yaml"


def test_what_is_unsupported_is_an_error_that_says_how_to_allow_it(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", document, "-o", "out"]) == 1
    said = capsys.readouterr().err
    assert "gaps.yaml:3:13: error: not-supported-yet: " in said
    assert 'hint: allow = ["security-scheme"] in the target, or --allow security-scheme' in said
    assert not Path("out").exists()


def test_one_name_allows_nothing_else(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", document, "-o", "out", "--allow", "security-scheme"]) == 1
    said = capsys.readouterr().err
    assert "gaps.yaml:3:13: warning: not-supported-yet: " in said
    assert "gaps.yaml:10:37: error: not-supported-yet: a parameter of type" in said


def test_what_is_allowed_is_left_out_and_the_package_says_so(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    allowed = ["--allow", "security-scheme", "--allow", "parameter-content"]
    assert main(["generate", document, "-o", "out", *allowed]) == 0
    module = ast.parse(Path("out", "gaps", "__init__.py").read_text("utf-8"))
    assert ast.get_docstring(module, clean=False) == PROSE
    client = Path("out", "gaps", "client.py").read_text("utf-8")
    assert "write_a" in client
    assert "read_a" not in client
    assert "digest" not in client
    assert main(["check", document, "-o", "out", *allowed]) == 0
    capsys.readouterr()
    assert main(["check", document, "-o", "out"]) == 1
    assert "configuration" in capsys.readouterr().err


def test_a_target_allows_by_name(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    table = f'[tool.specloom.targets.gaps]\nspec = "{document}"\noutput = "out"\nallow = '
    Path("pyproject.toml").write_text(f'{table}["security-scheme", "parameter-content"]\n')
    assert main(["generate"]) == 0
    Path("pyproject.toml").write_text(f'{table}["security-schemes"]\n')
    capsys.readouterr()
    assert main(["generate"]) == 2
    said = capsys.readouterr().err
    assert "nothing that is unsupported is called `security-schemes`" in said
    assert "did you mean `security-scheme`?" in said


def test_the_command_line_knows_the_names(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", document, "--allow", "patern"]) == 2
    assert "did you mean `pattern`?" in capsys.readouterr().err


def test_the_ledger_shows_what_nobody_has_allowed(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", document, "--ledger"]) == 1
    said = capsys.readouterr()
    assert "gaps.yaml:3:13: error: not-supported-yet: " in said.err
    assert "  unsupported       20\n" in said.out
    assert re.search(r"^  parameter-content +18  6:5 ", said.out, re.MULTILINE)


def test_names_are_in_order() -> None:
    assert list(NAMES) == sorted(set(NAMES))
    assert all(feature.says and feature.without for feature in UNSUPPORTED)


def test_what_follows_in_a_list_is_still_where_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text("a:\n  - 0\n  - x: {y: 1, z: 2}\n  - 3\nb: 4\n", "utf-8")
    source, _ = read(path)
    document = whole(source)
    gone = [Place(document.file, "/a/0"), Place(document.file, "/a/1/x/y")]
    rest = without(document, gone)
    assert rest.tree == {"a": [{"x": {"z": 2}}, 3], "b": 4}
    places = {p: Place(document.file, p) for p in ("/a/0/x/z", "/a/1", "/b")}
    spans = rest.locate(places.values())
    assert {p: spans[at].line for p, at in places.items()} == {"/a/0/x/z": 3, "/a/1": 4, "/b": 5}
    again = without(rest, [Place(document.file, "/a/0")])
    assert again.tree == {"a": [3], "b": 4}
    three = Place(document.file, "/a/0")
    assert again.locate([three])[three].line == 4
