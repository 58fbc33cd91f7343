"""Whatever the bytes are, there is a tree or a sentence."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from specloom.messages import render
from specloom.source import Unreadable, read
from specloom.values import Place, Tree

PAGE = Path(__file__).parent.parent / "corpus" / "markdown" / "request-token.md"
DOCUMENT = Path(__file__).parent.parent.parent / "specs" / "polar-oauth2.yaml"
EXTENSIONS = st.sampled_from([".json", ".yaml", ".md", ".txt"])
PARTS = st.sampled_from(
    [
        *("- ", "? ", ": ", "a", "a: ", '"', "'", "\\", "[", "]", "{", "}", ",", "#", "&a ", "*a "),
        *(
            "!a ",
            "!!int ",
            "|",
            ">",
            "%YAML 1.2",
            "---",
            "...",
            "\n",
            "\r",
            "\t",
            "  ",
            "<<: ",
            "@",
        ),
        *(
            "1e999",
            ".nan",
            "9" * 1001,
            "title: ",
            "\\ud800",
            "\\U0fffffff",
            "\\x",
            "\u2028",
            "\x07",
        ),
        *(
            "openapi: 3\n",
            '{"openapi": ',
            "```yaml\n",
            "> ",
            "~~~",
            "\n\n",
            "é",
            "😀",
            "<a>",
            "NaN",
        ),
    ]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def check(folder: Path, contents: bytes, extension: str) -> None:
    path = folder / f"spec{extension}"
    path.write_bytes(contents)
    try:
        source, warnings = read(path, "spec")
    except Unreadable as refusal:
        lines = render(refusal.findings, {})
        assert any(": error: " in line for line in lines)
    else:
        lines = render(warnings, {})
        assert all(": warning: " in line for line in lines)
        check_tree(source.tree)
        places = [Place("spec", pointer) for pointer in ("", "/a", "/a/0", "/openapi/a", "/info")]
        last = contents.count(b"\n") + contents.count(b"\r") + 1
        assert all(1 <= span.line <= last for span in source.locate(places).values())
    assert all(line.startswith("spec:") for line in lines)
    assert all(part.isprintable() for line in lines for part in line.split("\n"))


def check_tree(tree: Tree) -> None:
    json.dumps(tree, allow_nan=False).encode()
    if isinstance(tree, dict):
        for key, value in tree.items():
            key.encode()
            check_tree(value)
    elif isinstance(tree, list):
        for value in tree:
            check_tree(value)
    elif isinstance(tree, str):
        tree.encode()
    elif isinstance(tree, float):
        assert math.isfinite(tree)


@given(st.binary(), EXTENSIONS)
def test_any_bytes(folder: Path, contents: bytes, extension: str) -> None:
    check(folder, contents, extension)


@given(st.lists(PARTS).map("".join), EXTENSIONS, st.booleans())
def test_any_words_of_the_languages(folder: Path, text: str, extension: str, libyaml: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", libyaml and yaml.__with_libyaml__)
        check(folder, text.encode(), extension)


@given(st.data())
def test_a_document_in_which_something_was_changed(folder: Path, data: st.DataObject) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    tree = read(DOCUMENT)[0].tree
    extension, text = data.draw(
        st.sampled_from(
            [
                (".yaml", document),
                (".md", PAGE.read_text(encoding="utf-8")),
                (".json", json.dumps(tree, indent=1)),
            ]
        )
    )
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 20)))
        text = text[:start] + data.draw(PARTS) + text[end:]
    check(folder, text.encode(), extension)
