"""Import statements: modules that templates name, and those of the package itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from specloom.audit.found import Found, Imported
from specloom.audit.wrong import Wrong, line


def is_future(node: ast.stmt) -> bool:
    """Return whether a statement is the one that puts annotations off."""
    match node:
        case ast.ImportFrom(
            module="__future__", level=0, names=[ast.alias(name="annotations", asname=None)]
        ):
            return True
        case _:
            return False


def imports(node: ast.Import | ast.ImportFrom, found: Found) -> frozenset[str]:
    """Read an import and return the names that it binds. Raise Wrong for one that none makes."""
    match node:
        case ast.Import(names=names):
            return frozenset(_whole(node, alias, found) for alias in names)
        case ast.ImportFrom(level=0, module=str(module), names=names) if module != "__future__":
            return frozenset(_outside(node, module, alias, found) for alias in names)
        case ast.ImportFrom(level=1 | 2 as level, module=module, names=names):
            return frozenset(_inside(node, level, module or "", names, found))
        case _:
            raise Wrong(node, f"imports from {'.' * node.level}{node.module or ''}")


def _whole(node: ast.Import, alias: ast.alias, found: Found) -> str:
    known = found.grammar.modules.get(alias.name)
    if known is None or known.alias != (alias.asname or alias.name):
        raise Wrong(node, f"imports {alias.name}")
    found.modules[known.alias] = alias.name
    return known.alias


def _outside(node: ast.ImportFrom, module: str, alias: ast.alias, found: Found) -> str:
    if alias.name not in found.grammar.imports.get(module, ()):
        raise Wrong(node, f"imports {alias.name} from {module}")
    if alias.asname is not None:
        raise Wrong(node, f"imports {alias.name} as {alias.asname}")
    if (whole := f"{module}.{alias.name}") in found.grammar.modules:
        found.modules[alias.name] = whole
    return alias.name


def _inside(
    node: ast.ImportFrom, level: int, module: str, names: list[ast.alias], found: Found
) -> Iterator[str]:
    for alias in names:
        bound = alias.asname or alias.name
        if alias.name == "*" or bound.startswith("__") or (module and bound != alias.name):
            raise Wrong(node, f"imports {alias.name} as {bound}")
        if not module:
            found.modules[bound] = f"{'.' * level}{alias.name}"
        found.imported.append(Imported(level, module, alias.name, bound, line(node)))
        yield bound
