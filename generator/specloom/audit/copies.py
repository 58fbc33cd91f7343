"""What is copied from templates as it is: runtime modules, and most lines of generated tests."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from specloom.installed import templates

_DEFINED = re.compile(
    r"^(?:(?:async def|def|class) (\w+)|(\w+)(?:: [^=\n]+)? = |from \.\w* import (\w+) as \3$)",
    re.MULTILINE,
)


@cache
def copied(path: str, transport: str) -> str | None:
    """Return the text of a runtime module, or None where a path is of none."""
    if "/" in path or path == "__init__.py":
        return None
    for folder in (Path(templates(), "transports", transport), Path(templates(), "runtime")):
        if (folder / path).is_file():
            return (folder / path).read_text("utf-8")
    return None


@cache
def offered(text: str) -> frozenset[str]:
    """Return what a runtime module defines itself: what it imports is nobody else's."""
    return frozenset(name for groups in _DEFINED.findall(text) for name in groups if name)


@cache
def lines_of_tests() -> frozenset[str]:
    """Return the lines of generated tests in which nothing is of a document."""
    return frozenset(
        line
        for path in sorted(Path(templates()).glob("test_*.jinja"))
        for line in path.read_text("utf-8").split("\n")
        if "{{" not in line and "{%" not in line
    )
