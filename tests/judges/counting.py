"""A plugin of pytest that counts what generated tests try; the file named by COUNTED gets it as JSON.

Generated tests are rows under few functions, so the rows say what is tried: which operation is
called, and which of its documented answers is read.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path
from typing import cast

import pytest

_SENDING = "test_sends"
_ANSWERS = ("test_returns", "test_described_failure", "test_described_miss")


class Counter:
    """The calls that were tried and passed, by name, and the answers, by method and path."""

    def __init__(self) -> None:
        self.sent: set[str] = set()
        self.read: dict[str, set[int]] = defaultdict(set)
        self.passed = 0
        self.failed = 0
        self.rows: dict[str, tuple[str, int | None]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            call = getattr(item, "callspec", None)
            params: dict[str, object] = {} if call is None else call.params
            operation = params.get("operation")
            if operation is None or not isinstance(item, pytest.Function):
                continue
            name = f"{getattr(operation, 'method', '')} {getattr(operation, 'path', '')}"
            if item.originalname == _SENDING:
                # two operations may have one path, told apart by a fragment that is not sent
                name = f"{item.path.name} {getattr(operation, 'name', '')}"
                self.rows[item.nodeid] = (name, None)
            elif item.originalname in _ANSWERS and (status := _status(params)):
                self.rows[item.nodeid] = (name, status)

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Print nothing of what has passed: a dot that is flushed takes as long as its test."""
        return ("passed", "", "") if report.when == "call" and report.passed else None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed += 1
        if report.when != "call" or not report.passed:
            return
        self.passed += 1
        name, status = self.rows.get(report.nodeid, ("", None))
        if name and status is None:
            self.sent.add(name)
        elif name and status is not None:
            self.read[name].add(status)

    def pytest_sessionfinish(self) -> None:
        counted = {
            "passed": self.passed,
            "failed": self.failed,
            "called": len(self.sent),
            "read": {name: sorted(statuses) for name, statuses in self.read.items()},
        }
        Path(os.environ["COUNTED"]).write_text(json.dumps(counted), "utf-8")


def _status(params: dict[str, object]) -> int:
    """Return the status of the JSON answer that a row is about; 0 where it holds something else."""
    status, hope = params.get("status"), params.get("hope", params.get("miss"))
    if isinstance(status, int):
        return status
    if not isinstance(hope, tuple):
        return 0
    answer: object = cast("tuple[object, ...]", hope)[0]
    headers = cast("dict[str, str]", getattr(answer, "headers", {}))
    is_json = "json" in headers.get("Content-Type", "")
    return int(getattr(answer, "status_code", 0)) if is_json else 0


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Counter(), "specloom-counter")
