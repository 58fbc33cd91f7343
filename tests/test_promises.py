"""A promise names the test that keeps it, and the test is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from .support import ROOT

TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROW = re.compile(r"^\| (GR-\d\d) \|.*\|$", re.MULTILINE)
PAGES = sorted(
    path
    for path in (*(ROOT / "docs").glob("*.md"), ROOT / "SECURITY.md")
    if path.exists() and TEST.search(path.read_text("utf-8"))
)


@cache
def known_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_is_named_is_there(page: Path) -> None:
    named = TEST.findall(page.read_text("utf-8"))
    assert [(path, name) for path, name in named if name not in known_in(path)] == []


def test_every_situation_is_told_of() -> None:
    text = (ROOT / "docs" / "ROBUSTNESS.md").read_text("utf-8")
    rows = {match[1]: match[0] for match in ROW.finditer(text)}
    assert list(rows) == [f"GR-{number:02}" for number in range(1, 23)]
    assert [row for row in rows.values() if not TEST.search(row)] == []
