"""What pip-audit says is a finding, a silence that is told, or all well."""

from __future__ import annotations

import json

import pytest

from .judges.advisories import Advice, advice
from .judges.commands import Done


def said(*pins: object, before: str = "") -> Done:
    return Done(0, f"{before}{json.dumps({'dependencies': pins, 'fixes': []})}\n", 1.0, 1)


def pin(*known: tuple[str, list[str]]) -> dict[str, object]:
    vulns = [{"id": id_, "fix_versions": versions} for id_, versions in known]
    return {"name": "a", "version": "1", "vulns": vulns}


SKIPPED: dict[str, object] = {"name": "b", "skip_reason": "Dependency not found: b (2)"}
SOUND = pin()
KNOWN = pin(("PYSEC-1", ["1.1", "2"]), ("X-2", []))


@pytest.mark.parametrize(
    ("done", "wanted"),
    [
        (said(SOUND), Advice(1)),
        (said(SOUND, SKIPPED), Advice(1, unasked=("Dependency not found: b (2)",))),
        (said(SKIPPED), Advice(0, trouble="Dependency not found: b (2)")),
        (said(), Advice(0, trouble="it was asked of nothing")),
        (Done(1, "Traceback\nConnectionError: no name\n", 1.0, 1), Advice(0, trouble="ConnectionError: no name")),
        (
            said(KNOWN, before="Found 2 known vulnerabilities in 1 package\n"),
            Advice(1, ("a 1: PYSEC-1, mended in 1.1, 2", "a 1: X-2, mended in no release")),
        ),
    ],
    ids=["sound", "one not asked", "none asked", "no pins", "unreachable", "known"],
)  # fmt: skip
def test_what_is_known_is_never_taken_for_silence(done: Done, wanted: Advice) -> None:
    assert advice(done) == wanted
