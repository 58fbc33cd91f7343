"""Names of any length leave the code of every feature as black has it, before black has seen it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import black
import pytest

from specloom.audit import audit
from specloom.lower.schemas.closing import closed
from specloom.naming import name
from specloom.naming.given import given
from specloom.naming.pins import Pins, Section
from specloom.pipeline import understand
from specloom.python.package.package import package
from specloom.python.tests import tests
from specloom.render import render, runtime
from specloom.render_tests import render_tests

from .support import ROOT, limit, responses

FEATURES = sorted(path.parent for path in (ROOT / "tests" / "corpus").glob("*/spec.yaml"))
_KEPT = (Section.OPERATION_IDS, Section.MODULES)
_LENGTHS = (20, 40, 60, 80)


def longer(pins: Pins, random: Random) -> Pins:
    """Return names of a lock, most of which have grown: no two have the same end."""
    longest = random.choice(_LENGTHS)
    return {
        section: {
            address: f"{name}{_letters(name, random.randint(0, longest))}{number}"
            for number, (address, name) in enumerate(names.items())
        }
        for section, names in pins.items()
        if section not in _KEPT
    }


def _letters(name: str, length: int) -> str:
    return ("X" if name.isupper() else "x") * (length - len(name))


@pytest.mark.parametrize("feature", FEATURES, ids=lambda path: path.name)
def test_black_leaves_a_feature_of_long_names(feature: Path) -> None:
    understood = understand(str(feature / "spec.yaml"))
    assert understood.api is not None
    api = closed(understood.api) if responses(feature) == "closed" else understood.api
    random = Random(feature.name)
    names = name(api, longer(given(api, name(api)), random))
    called = f"{feature.name}{_letters(feature.name, random.choice(_LENGTHS))}"
    made = render(package(api, names, limit=limit(feature)).view)
    audit({**made, **runtime(made, "httpx2")}, "httpx2")
    for path, text in {**made, **render_tests(tests.tests(api, names, called))}.items():
        assert black.format_str(text, mode=black.Mode()) == text, path
