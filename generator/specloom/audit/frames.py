"""Generated tests: the frame is copied line by line, and what stands in it is judged as code is."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from specloom.audit.bodies import Local, body
from specloom.audit.copies import lines_of_tests
from specloom.audit.definitions import is_docstring, statement
from specloom.audit.found import Found
from specloom.audit.imports import is_future
from specloom.audit.wrong import Wrong


def frame(text: str, statements: Sequence[ast.stmt], found: Found) -> None:
    """Read the statements of a module of tests. Raise Wrong for what no template makes."""
    lines = text.split("\n")
    for node in statements:
        if isinstance(node, ast.Import | ast.ImportFrom):
            if not is_future(node):
                statement(node, found)
        elif is_docstring(node):
            pass
        elif _is_copied(lines, _first(node), node.end_lineno):
            for name in _bound(node):
                found.define(name, node)
        elif isinstance(node, ast.FunctionDef):
            found.define(node.name, node)
            _within(lines, node, found, set())
        elif not isinstance(node, ast.ClassDef):
            statement(node, found)
        else:
            raise Wrong(node, f"has a class {node.name}")


def _within(
    lines: list[str], node: ast.FunctionDef | ast.AsyncFunctionDef, found: Found, local: Local
) -> None:
    """Read a function of which some lines are not copied: these hold simple statements."""
    first = node.body[0]
    if not _is_copied(lines, _first(node), _first(first) - 1):
        raise Wrong(node, f"has a function {node.name}")
    local = local | {argument.arg for argument in node.args.args}
    for inner in node.body:
        if _is_copied(lines, _first(inner), inner.end_lineno):
            local.update(_bound(inner))
        elif isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            _within(lines, inner, found, local)
        elif isinstance(inner, ast.Expr | ast.Assign):
            seen = found.seen()
            body([inner], seen, local, found, awaits=False)
            found.note(seen, frozenset(local))
        else:
            raise Wrong(inner, f"has {type(inner).__name__} in a function")


def _first(node: ast.stmt) -> int:
    """Return the line on which a statement begins, its decorators included."""
    decorators: Sequence[ast.expr] = getattr(node, "decorator_list", ())
    return min((node.lineno, *(decorator.lineno for decorator in decorators)))


def _is_copied(lines: list[str], first: int, last: int | None) -> bool:
    return lines_of_tests().issuperset(lines[first - 1 : last])


def _bound(node: ast.stmt) -> Sequence[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return (name,)
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return (name,)
        case _:
            return ()
