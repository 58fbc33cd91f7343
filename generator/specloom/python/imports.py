"""The import statements of a module, computed from the names that it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from specloom.code import Code
from specloom.python.layout import Group, block
from specloom.python.literals import literal

Natural: TypeAlias = tuple[tuple[str, int], ...]
_NAME = re.compile(r"(?<![\w.])[A-Za-z_][A-Za-z_0-9]*")
"""A name that stands for itself: after a dot it is somebody's attribute."""
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'')
_DIGITS = re.compile(r"([0-9]+)")

DATES = Code("import datetime as dt")
"""A field may be called `date`, and be one: within its class the name means the field."""


def used(parts: Iterable[Code]) -> frozenset[str]:
    """Return the names in some code, but for what stands in a string."""
    return frozenset[str]().union(*(_NAME.findall(_STRING.sub('""', part)) for part in parts))


def statements(
    wanted: frozenset[str],
    homes: Mapping[str, str],
    modules: Mapping[str, str],
    *,
    folder: str = "",
    indent: int = 0,
) -> tuple[Code, ...]:
    """Return the imports of the names in `wanted`, a block of each origin apart, as isort does.

    `homes` says which module has a name: `UUID` is at home in `uuid`, a type in `.models`, from the
    package on. `modules` says which runtime module an alias means (`read` is `_read`). `folder` is
    the one that the importing module is in, below the package.
    """
    root = "." if not folder else ".."
    by_home: dict[str, list[str]] = {}
    for name in wanted:
        if name in homes:
            by_home.setdefault(within(folder, homes[name]), []).append(name)
    standard = [h for h in by_home if not h.startswith(".")]
    local = [h for h in by_home if h.startswith(".")]
    lines = [DATES] if "dt" in wanted else []
    lines += [_from(home, by_home[home], indent) for home in sorted(standard)]
    if lines:
        lines.append(Code(""))
    aliases = sorted((m, a) for a, m in modules.items() if a in wanted)
    lines += [Code(f"from {root} import {m} as {a}") for m, a in aliases if m != a]
    plain = [m for m, a in aliases if m == a]
    lines += [_from(root, plain, indent)] if plain else []
    lines += [_from(home, by_home[home], indent) for home in sorted(local, key=_natural)]
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def within(folder: str, home: str) -> str:
    """Return what a module in a folder of the package calls another one of the package."""
    if not folder or not home.startswith("."):
        return home
    own = f".{folder}."
    return home.removeprefix(own[:-1]) if home.startswith(own) else f".{home}"


def exports(names: Iterable[str]) -> tuple[Code, ...]:
    """Return the members of `__all__`."""
    return tuple(literal(str(name)) for name in sorted(names, key=in_order))


def pairs(homes: Mapping[str, str]) -> tuple[Code, ...]:
    """Return names and their modules as the members of a dict, by module."""
    ordered = sorted(homes.items(), key=lambda pair: (pair[1], pair[0]))
    return tuple(Code(f"{literal(str(name))}: {literal(home)}") for name, home in ordered)


def _from(home: str, names: Iterable[str], indent: int) -> Code:
    return import_from(home, sorted(names, key=_isort), indent)


def import_from(home: str, names: Iterable[str], indent: int = 0) -> Code:
    """Return the statement that imports names, in the order in which they come."""
    taken = tuple(map(Code, names))
    group = Group(Code(f"from {home} import ("), taken, Code(")"), display=True, comma=True)
    return block(group, indent)


def _isort(name: str) -> tuple[int, Natural, Natural]:
    """Return the key of the order of isort: it looks at the case last."""
    kind, natural = in_order(name)
    return kind, _natural(name.lower()), natural


def in_order(name: str) -> tuple[int, Natural]:
    """Return the key of the order of names: constants, classes, the rest; `A2` before `A10`."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, _natural(name)


def _natural(name: str) -> Natural:
    words = _DIGITS.split(name)
    return tuple(
        (word, 0) if index % 2 == 0 else ("", int(word)) for index, word in enumerate(words)
    )
