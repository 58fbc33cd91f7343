"""docs/FEATURES.md says what works, no more and no less."""

from __future__ import annotations

import pytest

from .conftest import LEFT_OUT, TALLIES
from .page import FEATURES, GROUPS, LINES, PAGE, page

STALE = "docs/FEATURES.md is out of date; `.venv/bin/pytest tests/features --record` renews it"


def test_every_feature_has_a_group() -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == FEATURES


def test_every_line_has_tests(pytestconfig: pytest.Config) -> None:
    """A mark that is misspelt would count for nothing."""
    if pytestconfig.stash[LEFT_OUT]:
        pytest.skip("only some of tests/features ran")
    lines = {f"{name}/{line}" for name, lines in LINES.items() for line in lines}
    assert {name for name in pytestconfig.stash[TALLIES] if "/" in name} == lines


def test_the_page_says_what_works(pytestconfig: pytest.Config, record: bool) -> None:
    if pytestconfig.stash[LEFT_OUT]:
        pytest.skip("only some of tests/features ran")
    made = page(pytestconfig.stash[TALLIES])
    if record:
        PAGE.write_text(made, "utf-8")
    said = PAGE.read_text("utf-8") if PAGE.exists() else ""
    if said != made:
        pytest.fail(STALE)
