"""The gate before publication: files made from a document hold only what templates make."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

_MODULES = frozenset(
    (
        *("__future__", "collections.abc", "dataclasses", "datetime", "decimal", "enum", "typing"),
        "uuid",
    )
)
"""What such a file may import. Runtime modules are copied as they are, and import what they like."""
_FORBIDDEN = frozenset(
    (
        "eval",
        "exec",
        "compile",
        "open",
        "input",
        "breakpoint",
        "globals",
        "__import__",
        "__builtins__",
    )
)


class Tainted(Exception):
    """A file is not what the templates make: a mistake of Specloom's, which is never published."""


def audit(files: Mapping[str, str], more: frozenset[str] = frozenset()) -> None:
    """Raise Tainted for a file that does not parse, imports what it may not, or calls `eval`.

    `files` are those made from a document; `more` are modules that they may import besides.
    """
    for path, text in files.items():
        if path.endswith(".py"):
            for complaint in _complaints(path, text, _MODULES | more):
                raise Tainted(f"{path}: {complaint}")


def _complaints(path: str, text: str, modules: frozenset[str]) -> Iterator[str]:
    try:
        tree = ast.parse(text.encode(), path)
    except (SyntaxError, ValueError, RecursionError) as error:
        yield f"does not parse: {type(error).__name__}"
        return
    for node in _nodes(tree):
        match node:
            case ast.Import(names=names):
                yield from (f"imports {a.name}" for a in names if a.name not in modules)
            case ast.ImportFrom(level=0, module=str(module)) if module not in modules:
                yield f"imports from {module}"
            case ast.Name(id=name, ctx=ast.Load()) if name in _FORBIDDEN:
                yield f"mentions {name}"
            case ast.JoinedStr() | ast.Global() | ast.Nonlocal() | ast.Delete():
                yield f"has what no template makes: {type(node).__name__}"
            case _:
                pass


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Return a tree and all that is in it; `ast.walk` takes three times as long."""
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        for value in vars(node).values():
            if isinstance(value, ast.AST):
                pending.append(value)
            elif type(value) is list:
                pending.extend(inner for inner in value if isinstance(inner, ast.AST))
