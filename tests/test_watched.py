"""Whoever watches a run sees where it writes: every name leads into the output folder, from anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from .judges.commands import run
from .judges.packages import SPECLOOM
from .judges.sandbox import Sandbox
from .support import ROOT


@pytest.mark.parametrize("feature", ["enums", "large_packages"])
def test_nothing_is_changed_elsewhere(feature: str, tmp_path: Path) -> None:
    """An audit hook is told names alone, never the folder that they are in."""
    spec = ROOT / "tests" / "corpus" / feature / "spec.yaml"
    (tmp_path / "elsewhere").mkdir()
    box = Sandbox(tmp_path / "box", (tmp_path / "out",))
    command: list[str | Path] = [
        SPECLOOM,
        "generate",
        spec,
        "-o",
        tmp_path / "out",
        "--package",
        "made",
    ]
    for more in ("open", "closed"):
        done = run([*command, "--responses", more], tmp_path / "elsewhere", box.variables())
        assert (done.status, box.harm()) == (0, ()), done.said
