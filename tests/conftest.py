"""Fixtures of the boundary tests, and what the end of the log says about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.workermanage import WorkerController

from .processes import ByFile
from .project import SPEC, TARGET, Project
from .support import WAYS, Recorder, Way, recording
from .watch import Watch

RAN = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="rewrite the goldens in tests/corpus")


@pytest.fixture
def record(pytestconfig: pytest.Config) -> bool:
    """Whether goldens are to be rewritten, not compared."""
    return bool(pytestconfig.getoption("--record"))


@pytest.fixture(params=WAYS.values(), ids=list(WAYS))
def way(request: pytest.FixtureRequest) -> Way:
    """A way to request a token: sync or async, over each transport."""
    chosen: Way = request.param
    return chosen


@pytest.fixture
def watch() -> Watch:
    """A clock that stands still until somebody waits."""
    return Watch()


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    """A server that gives everyone the same token, and remembers what it was sent."""
    with recording() as running:
        yield running


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    """A project with the flagship as its only target, and nothing generated yet."""
    monkeypatch.chdir(tmp_path)
    project = Project(tmp_path, capsys)
    project.spec.write_bytes(SPEC.read_bytes())
    project.configure(TARGET)
    return project


@pytest.fixture(scope="session")
def ran(pytestconfig: pytest.Config) -> list[str]:
    """What to say about Pythons in the summary of the run."""
    return pytestconfig.stash.setdefault(RAN, [])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    return ByFile(config, log)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what is to be said to the process that prints, where that is another."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["ran"] = session.config.stash.setdefault(RAN, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: WorkerController) -> None:
    if hasattr(node, "workeroutput"):  # it has ended well
        node.config.stash.setdefault(RAN, []).extend(node.workeroutput["ran"])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if RAN in config.stash:
        for line in config.stash[RAN]:
            terminalreporter.write_line(line)
