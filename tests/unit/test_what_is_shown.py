"""Who annotates a function of their own finds a name for whatever a client takes and returns."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WANTED = sorted((ROOT / "tests" / "corpus").glob("*/want"))
OF_PYTHON = {*dir(builtins), "dt", "Literal", "Sequence", "Mapping", "UUID", "Decimal", "Unpack"}


@pytest.mark.parametrize("folder", WANTED, ids=lambda path: path.parent.name)
def test_all_that_stands_in_signatures_can_be_imported(folder: Path) -> None:
    exports = ast.literal_eval((folder / "__init__.py").read_text("utf-8").split("__all__ = ")[1])
    clients = [*folder.glob("client.py"), *folder.glob("client/*.py")]
    names = {name for path in clients for name in of_methods(ast.parse(path.read_text("utf-8")))}
    assert names - OF_PYTHON <= set(exports)


@pytest.mark.parametrize("folder", WANTED, ids=lambda path: path.parent.name)
def test_no_module_is_known_by_a_name_of_the_package_too(folder: Path) -> None:
    """Pyright takes it for a private name of `__init__` then, of which no other may know."""
    own = ast.parse((folder / "__init__.py").read_text("utf-8"))
    shown = {found.module for found in ast.walk(own) if isinstance(found, ast.ImportFrom)}
    others = (ast.parse(path.read_text("utf-8")) for path in folder.rglob("?*.py"))
    every = (found for module in others for found in ast.walk(module))
    whole = {
        alias.name
        for found in every
        if isinstance(found, ast.ImportFrom) and found.module is None
        for alias in found.names
    }
    assert not {name for name in whole if name.startswith("_")} & shown


def of_methods(module: ast.Module) -> Iterator[str]:
    """Yield the names in the annotations of all methods of groups of operations."""
    groups = (c for c in module.body if isinstance(c, ast.ClassDef) and "Group" in bases(c))
    methods = (
        f for g in groups for f in g.body if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    for method in methods:
        arguments = method.args
        every = [*arguments.args, *arguments.kwonlyargs, arguments.kwarg]
        annotations = [method.returns, *(each.annotation for each in every if each is not None)]
        nodes = (node for found in annotations if found is not None for node in ast.walk(found))
        yield from (node.id for node in nodes if isinstance(node, ast.Name))


def bases(group: ast.ClassDef) -> str:
    return " ".join(map(ast.unparse, group.bases))
