"""The OpenAPI block of a page of Markdown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from specloom.diagnostics import Span
from specloom.limits import DEFAULT
from specloom.messages import render
from specloom.source import Unreadable, read
from specloom.values import Place, Tree

TESTS = Path(__file__).parent.parent
PAGE = TESTS / "corpus" / "markdown" / "request-token.md"
DOCUMENT = TESTS.parent / "specs" / "polar-oauth2.yaml"


def tree(folder: Path, text: str) -> Tree:
    (folder / "spec.md").write_text(text, encoding="utf-8", newline="")
    return read(folder / "spec.md", "spec")[0].tree


def refusal(folder: Path, text: str) -> list[str]:
    with pytest.raises(Unreadable) as caught:
        tree(folder, text)
    return render(caught.value.findings, {})


def test_a_published_page_holds_the_document_that_was_taken_from_it() -> None:
    page, warnings = read(PAGE)
    document, _ = read(DOCUMENT)
    assert warnings == ()
    assert json.dumps(page.tree) == json.dumps(document.tree)


def test_places_are_lines_of_the_page() -> None:
    page, _ = read(PAGE, "page")
    grant = Place("page", "/components/schemas/WebTokenRequest/properties/grant_type/const")
    lines = PAGE.read_text(encoding="utf-8").split("\n")
    first = lines.index("    WebTokenRequest:")
    number = lines.index("          const: web", first) + 1
    assert page.locate([grant, grant.at_key(), Place("page", "")]) == {
        grant: Span("page", number, 18),
        grant.at_key(): Span("page", number, 11),
        Place("page", ""): Span("page", lines.index("openapi: 3.1.0") + 1, 1),
    }


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("```yaml\nopenapi: 3.1.0\na: b\n```\n", "3:4"),
        ("text\n\n~~~~ YML title=x\n# ~~~\nopenapi: 3.1.0\na: b\n~~~~\n", "6:4"),
        ("```\nopenapi: 3.1.0\na: b", "3:4"),
        ("```\n'openapi' : 3.1.0\na: b", "3:4"),
        ("  ```yaml\n  swagger: 3.1.0\n  a: b\n  ```\n", "3:6"),
        ("- 1. ```yaml\n     openapi: 3.1.0\n     a: b\n     ```\n", "3:9"),
        ("> ü\n>\n> - ```yaml\n>   openapi: 3.1.0\n>   a: b\n>   ```\n", "5:8"),
        (">```yaml\n>openapi: 3.1.0\r\n> a: b\n", "3:6"),
        ("```yaml\r\n---\r\n\r\n  openapi: 3.1.0\r\n  a: b\r\n```\r\n", "5:6"),
        ('```json\n{"x": {},\n "openapi": 1, "a": "b"}\n```\n', "3:21"),
        ('```\n\n {"openapi": 1,\n"a": "b"}\n```\n', "4:6"),
        ("```yaml\n{openapi: 3.1.0,\na: b}\n```\n", "3:4"),
        ("```python\nopenapi: 3\n```\n```yaml\nopenapi: 3.1.0\na: b\n```\n", "6:4"),
        ("```yaml\na: {openapi: 3}\n```\n```yaml\nopenapi: 3.1.0\na: b\n```\n", "6:4"),
    ],
)
def test_a_block_is_found_wherever_it_stands(tmp_path: Path, text: str, where: str) -> None:
    (tmp_path / "spec.md").write_text(text, encoding="utf-8", newline="")
    source, _ = read(tmp_path / "spec.md", "spec")
    place = Place("spec", "/a")
    span = source.locate([place])[place]
    assert isinstance(source.tree, dict)
    assert source.tree["a"] == "b"
    assert f"{span.line}:{span.column}" == where


def test_a_mistake_in_the_block_is_told_where_it_is_in_the_page(tmp_path: Path) -> None:
    text = "# T\n\n- é\n\n  ```yaml\n  openapi: 3.1.0\n  é: b: c\n  ```\n"
    (line,) = refusal(tmp_path, text)
    assert line.startswith("spec:7:7: error: yaml-syntax: ")
    (line,) = refusal(tmp_path, '> ```json\n> {"openapi": "é", "a"}\n> ```\n')
    assert line.startswith("spec:2:23: error: json-syntax: ")


@pytest.mark.parametrize(
    "text",
    [
        "# Title",
        "openapi: 3.1.0\n",
        "    openapi: 3.1.0\n",
        "```yaml\n# openapi: 3.1.0\n```\n",
        "```yaml\ninfo:\n  openapi: 3.1.0\n```\n",
        '```json\n{"info": {"openapi": 1}, "a": "openapi"}\n```\n',
        "```python\nopenapi: 3.1.0\n```\n",
        "<!--\n```yaml\nopenapi: 3.1.0\n```\n-->\n",
        "```yaml\n```\n",
    ],
)
def test_a_page_without_a_document_is_refused(tmp_path: Path, text: str) -> None:
    (line,) = refusal(tmp_path, text)
    assert line.startswith("spec:1:1: error: markdown-block: no fenced block holds an OpenAPI")


def test_two_documents_on_a_page_are_not_supported_yet(tmp_path: Path) -> None:
    block = "  ```yaml\n  openapi: 3.1.0\n  ```\n"
    (line,) = refusal(tmp_path, f"{block}\n{block}")
    assert line.startswith("spec:6:3: error: not-supported-yet: a second block with an OpenAPI")


def test_the_lines_of_a_page_are_limited(tmp_path: Path) -> None:
    text = "```yaml\nopenapi: 3.1.0\n```" + "\n" * (DEFAULT.markdown_lines - 3)
    assert tree(tmp_path, text)
    (line,) = refusal(tmp_path, text + "\n")
    assert line.startswith("spec:1:1: error: limit: the page has more than 50,000 lines")
