"""The transport on the standard library, as a module of a package that has another one."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

RUNTIME = Path(__file__).parents[1] / "templates" / "runtime"


def standard(package: ModuleType) -> Any:
    """Return the module `transport` of the runtime: its requests and errors are the package's."""
    package.__path__.append(str(RUNTIME))
    try:
        return import_module(f"{package.__name__}.transport")
    finally:
        package.__path__.pop()
