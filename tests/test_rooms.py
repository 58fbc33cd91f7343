"""The architecture, as the imports have it: who may import whom, and how long a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "generator" / "specloom"
MODULES = sorted(SOURCES.rglob("*.py"))

# From the ground up: a module imports from its own room and from those before it.
ROOMS = (
    (
        "shown",
        "near",
        "code",
        "pointers",
        "values",
        "diagnostics",
        "messages",
        "digest",
        "regular",
        "signals",
        "limits",
        "page_choices",
    ),
    ("components",),
    ("assertion", "plain", "formats", "tokens", "spelling", "verdict", "ir", "graph", "weight"),
    ("partition",),
    ("rules.table", "rules.ignoring", "rules.unsupported"),
    ("source",),
    ("document",),
    ("patterns",),
    ("jsonpath",),
    ("rules",),
    ("assembly",),
    ("evaluation",),
    ("unions",),
    ("words",),
    ("lower.draft", "lower.budget"),
    ("lower.meaning",),
    ("lower.schemas",),
    ("lower.tokens",),
    ("lower.operations",),
    ("lower.pages",),
    ("lower",),
    ("naming",),
    ("python.layout",),
    ("python",),
    ("python.codecs",),
    ("python.client",),
    ("python.package",),
    ("python.tests",),
    ("installed",),
    ("render", "render_tests", "format", "audit"),
    ("ledger",),
    ("printing",),
    ("explain",),
    ("config",),
    ("pipeline",),
    ("difference",),
    ("disk",),
    ("lock",),
    ("command",),
    ("cli",),
    ("__main__",),
)
LONGEST = 300
# A table: longer apart than together.
LONG_ON_PURPOSE = {
    "document/grammar.py": 380,
}


def room(module: str) -> int:
    """Return the height of a module: the most specific entry that it begins with."""
    found = [
        (len(name), height)
        for height, names in enumerate(ROOMS)
        for name in names
        if module == name or module.startswith(f"{name}.")
    ]
    assert found, f"{module} has no room"
    return max(found)[1]


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCES).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.ImportFrom(module="specloom", names=names):
                yield from (alias.name for alias in names if not alias.name.startswith("__"))
            case ast.ImportFrom(module=str(module)) if module.startswith("specloom."):
                yield module.removeprefix("specloom.")
            case ast.Import(names=names):
                assert not any(alias.name.startswith("specloom") for alias in names)
            case _:
                pass


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_a_module_imports_only_from_rooms_below(path: Path) -> None:
    own = name_of(path)
    if own:
        assert [name for name in imported(path) if room(name) > room(own)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_a_module_is_one_room(path: Path) -> None:
    ceiling = LONG_ON_PURPOSE.get(str(path.relative_to(SOURCES)), LONGEST)
    assert len(path.read_text("utf-8").splitlines()) <= ceiling
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), "says what is in it"


@pytest.mark.parametrize("path", sorted((ROOT / "templates").glob("*.jinja")), ids=lambda p: p.name)
def test_a_template_decides_nothing(path: Path) -> None:
    """Templates loop, test a boolean and print a string: no filter, no comparison, no `set`."""
    for tag in path.read_text("utf-8").split("{%")[1:]:
        words = tag.split("%}")[0].strip("- ").split()
        assert words[0] in ("for", "endfor", "if", "else", "endif", "include"), words
        if words[0] == "if":
            assert len(words) == 2 or words[1:2] == ["not"], words
    for tag in path.read_text("utf-8").split("{{")[1:]:
        expression = tag.split("}}")[0].strip()
        assert expression.replace(".", "").replace("_", "").isalnum(), expression
