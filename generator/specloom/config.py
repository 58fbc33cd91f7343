"""The targets of a project, as `[tool.specloom]` of its `pyproject.toml` names them."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from specloom.shown import shown
from specloom.words import KEYWORDS

_KEYS = ("spec", "output", "package", "tests")


class Misconfigured(Exception):
    """A mistake in the configuration or on the command line, in a sentence for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One document, and where its package goes."""

    name: str
    spec: str
    """A path as the user wrote it: messages call the document so."""
    output: Path
    """The folder that gets the package."""
    package: str
    tests: Path | None
    """The folder that gets the tests; None: none are written."""


def targets(path: Path) -> tuple[Target, ...]:
    """Return the targets of a `pyproject.toml`, in its order. Raises Misconfigured."""
    try:
        with path.open("rb") as file:
            document: dict[str, object] = tomllib.load(file)
    except FileNotFoundError:
        raise Misconfigured(f"{path}: there is no such file, and no document was named") from None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path}: {shown(str(error))}") from None
    found = _table(_table(document, "tool", path), "specloom", path)
    _check_keys(found, ("targets",), f"{path}: [tool.specloom]")
    named = _table(found, "targets", path)
    if not named:
        raise Misconfigured(f"{path}: [tool.specloom.targets] names no target")
    return tuple(_target(name, named, path) for name in named)


def _table(owner: dict[str, object], key: str, path: Path) -> dict[str, object]:
    value = owner.get(key, {})
    if not _is_table(value):
        raise Misconfigured(f"{path}: `{shown(key)}` must be a table")
    return value


def _is_table(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)  # the keys of TOML are strings


def _check_keys(table: Iterable[str], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f": did you mean `{near[0]}`?" if near else f": known are {', '.join(known)}"
            raise Misconfigured(f"{where} has no key `{shown(key)}`{hint}")


def _target(name: str, named: dict[str, object], path: Path) -> Target:
    table = _table(named, name, path)
    where = f"{path}: [tool.specloom.targets.{shown(name)}]"
    _check_keys(table, _KEYS, where)
    texts: dict[str, str] = {}
    for key, value in table.items():
        if not isinstance(value, str) or not value:
            raise Misconfigured(f"{where}: `{key}` must be a string")
        texts[key] = value
    for key in ("spec", "output"):
        if key not in texts:
            raise Misconfigured(f"{where} has no `{key}`")
    tests = texts.get("tests")
    return Target(
        name=name,
        spec=texts["spec"],
        output=path.parent / texts["output"],
        package=package_name(texts.get("package", name)),
        tests=None if tests is None else path.parent / tests,
    )


def package_name(name: str) -> str:
    """Return `name` if a package can be called so. Raises Misconfigured."""
    if not (name.isascii() and name.isidentifier()) or name in KEYWORDS or name.startswith("__"):
        raise Misconfigured(
            f"`{shown(name)}` is no name for a package: letters, digits and `_` are"
        )
    return name
