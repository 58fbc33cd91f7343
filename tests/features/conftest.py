"""What drives the features, and what remembers which of them work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

import pytest

from specloom.cli import main

from .driving import Drive, responses, transport
from .page import CORPUS, Tally

HERE = Path(__file__).parent
MARKER = "feature(name, line): the directory of tests/corpus that a test drives; the line it shows"
TALLIES = pytest.StashKey[dict[str, Tally]]()
LEFT_OUT = pytest.StashKey[list[str]]()

Make: TypeAlias = Callable[[str], ModuleType]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER)
    config.stash[TALLIES] = {}
    config.stash[LEFT_OUT] = []


def pytest_deselected(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE:
            item.config.stash[LEFT_OUT].append(item.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the test of the page behind those that it counts."""
    items.sort(key=lambda item: item.path == HERE / "test_page.py")
    came = {item.path for item in items}
    absent = (path for path in sorted(HERE.glob("test_*.py")) if path not in came)
    config.stash[LEFT_OUT] += (path.name for path in absent)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    marker = item.get_closest_marker("feature")
    if marker is not None:
        name = "/".join(marker.args)
        tally = item.config.stash[TALLIES].setdefault(name, Tally())
        if report.when == "call" and report.passed:
            tally.passed.add(item.nodeid)
        elif not report.passed:
            tally.failed.add(item.nodeid)
    return report


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """What generates the package of a feature and imports it, once."""
    folder = tmp_path_factory.mktemp("features")

    @cache
    def made(feature: str) -> ModuleType:
        package = f"feature_{feature}"
        spec = CORPUS / feature / "spec.yaml"
        options = ["--package", package, "--responses", responses(CORPUS / feature)]
        options += ["--transport", transport(CORPUS / feature)]
        assert main(["generate", str(spec), "-o", str(folder), *options]) == 0
        return import_module(package)

    sys.path.insert(0, str(folder))
    yield made
    sys.path.remove(str(folder))


@pytest.fixture(params=["sync", "async"])
def drive(request: pytest.FixtureRequest, make: Make) -> Drive:
    """Clients of the feature that the test is marked with."""
    marker = request.node.get_closest_marker("feature")
    return Drive(make(marker.args[0]), is_async=request.param == "async")
