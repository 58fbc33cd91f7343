"""The statements at the top of a file: constants, classes, functions, imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from specloom.audit.bodies import Local, body
from specloom.audit.expressions import annotation, look
from specloom.audit.found import Found, Imported
from specloom.audit.grammar import FINDERS
from specloom.audit.imports import imports, is_future
from specloom.audit.wrong import Wrong, line

_DECORATORS = frozenset(("overload", "property", "staticmethod"))


def top(statements: Sequence[ast.stmt], found: Found) -> None:
    """Read the statements of a module. Raise Wrong for what no template makes."""
    begun = False
    for node in statements:
        match node:
            case ast.Expr() if is_docstring(node):
                pass
            case ast.ImportFrom() if not begun and is_future(node):
                begun = True
            case _:
                begun = True
                statement(node, found)


def is_docstring(node: ast.stmt) -> bool:
    """Return whether a statement is a string: before or behind what it speaks of."""
    return isinstance(node, ast.Expr) and (
        isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    )


def statement(node: ast.stmt, found: Found) -> None:
    """Read one statement of a module."""
    match node:
        case ast.Import() | ast.ImportFrom():
            for name in imports(node, found):
                found.define(name, node)
        case ast.Assign(targets=[ast.Name(id=name)], value=value, type_comment=None):
            found.define(name, node)
            seen = found.seen()
            look([value], seen)
            found.note(seen)
        case ast.AnnAssign(target=ast.Name(id=name)):
            found.define(name, node)
            _annotated(node, found)
        case ast.FunctionDef(name=name):
            found.define(name, node)
            function(node, found)
        case ast.ClassDef(name=name):
            found.define(name, node)
            _class(node, found)
        case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=then, orelse=other):
            _conditional(then, other, found)
        case _:
            raise Wrong(node, f"has {type(node).__name__} at the top")


def _conditional(then: list[ast.stmt], other: list[ast.stmt], found: Found) -> None:
    """Read imports for type checkers, and what finds the same names when a program asks for them."""
    for node in then:
        if not isinstance(node, ast.ImportFrom):
            raise Wrong(node, f"has {type(node).__name__} for type checkers")
        statement(node, found)
    for node in other:
        match node:
            case ast.ImportFrom():
                statement(node, found)
            case ast.Assign(
                targets=[ast.Name(id="__getattr__")],
                value=ast.Call(
                    func=ast.Name(id=name),
                    args=[ast.Name(id="__name__"), *homes],
                    keywords=[],
                ),
            ) if (
                name in FINDERS
            ):
                found.finders.add(name)
                found.imported += map(_home, homes if name == "lazily" else _values(homes))
            case _:
                raise Wrong(node, f"has {type(node).__name__} for no type checker")


def _values(homes: list[ast.expr]) -> list[ast.expr]:
    match homes:
        case [ast.Dict(values=values)]:
            return values
        case _:
            raise Wrong(homes[0], "looks for names elsewhere")


def _home(node: ast.expr) -> Imported:
    """Return what says that a module has to be in the package: it is imported by its name."""
    match node:
        case ast.Constant(value=str(module)) if (name := module.lstrip(".")).isidentifier():
            return Imported(len(module) - len(name) or 1, "", name, "", line(node))
        case _:
            raise Wrong(node, "looks for names elsewhere")


def _annotated(node: ast.AnnAssign, found: Found) -> None:
    seen = found.seen()
    annotation(node.annotation, seen)
    if isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias" and node.value:
        annotation(_unquoted(node.value), seen)
    elif node.value is not None:
        look([node.value], seen)
    found.note(seen)


def _unquoted(value: ast.expr) -> ast.expr:
    """Return the type that an alias is of: it stands in quotes where it is made of itself."""
    match value:
        case ast.Constant(value=str(text)):
            try:
                return ast.parse(text, mode="eval").body
            except SyntaxError:
                raise Wrong(value, "has an alias of what is no type") from None
        case _:
            return value


# --- classes and functions -----------------------------------------------------------------------


def _class(node: ast.ClassDef, found: Found) -> None:
    _plain(node)
    seen = found.seen()
    for base in node.bases:
        match base:
            case ast.Name() | ast.Subscript(value=ast.Name(), slice=ast.Name()):
                look([base], seen)
            case _:
                raise Wrong(base, f"has a base that is {type(base).__name__}")
    if node.keywords:
        raise Wrong(node, f"has a class with {node.keywords[0].arg or '**'}")
    for decorator in node.decorator_list:
        look([_dataclass(decorator)], seen)
    found.note(seen)
    members: Local = set()
    for member in node.body:
        name = _member(member, found)
        if name is not None:
            if name in members:
                raise Wrong(member, f"defines {name} twice")
            members.add(name)


def _member(node: ast.stmt, found: Found) -> str | None:
    """Read a statement of a class, and return the name that it gives to something."""
    match node:
        case ast.Expr(value=ast.Constant(value=str())) | ast.Pass():
            return None
        case ast.AnnAssign(target=ast.Name(id=name)):
            _annotated(node, found)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str())):
            pass
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            function(node, found)
            if any(isinstance(d, ast.Name) and d.id == "overload" for d in node.decorator_list):
                return None
        case _:
            raise Wrong(node, f"has {type(node).__name__} in a class")
    if name.startswith("_") and name != "__init__":
        raise Wrong(node, f"has a member {name}")
    return name


def function(node: ast.FunctionDef | ast.AsyncFunctionDef, found: Found) -> None:
    """Read a function. Raise Wrong for what no template makes."""
    _plain(node)
    outer = found.seen()
    for decorator in node.decorator_list:
        look([_decorator(decorator)], outer)
    arguments = node.args
    look([value for value in (*arguments.defaults, *arguments.kw_defaults) if value], outer)
    local: Local = set()
    for argument in _arguments(node, arguments):
        if argument.arg in local or argument.arg.startswith("__"):
            raise Wrong(argument, f"has an argument {argument.arg}")
        local.add(argument.arg)
        if argument.annotation is not None:
            annotation(argument.annotation, outer)
    if node.returns is not None:
        annotation(node.returns, outer)
    found.note(outer)
    seen = found.seen()
    body(node.body, seen, local, found, awaits=isinstance(node, ast.AsyncFunctionDef))
    found.note(seen, frozenset(local))


def _plain(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
    if getattr(node, "type_params", None):  # Python 3.12 has them
        raise Wrong(node, "has parameters of types")


def _arguments(node: ast.AST, arguments: ast.arguments) -> Iterator[ast.arg]:
    if arguments.posonlyargs or arguments.vararg:
        raise Wrong(node, "has arguments by position alone")
    yield from arguments.args
    yield from arguments.kwonlyargs
    if arguments.kwarg is not None:
        yield arguments.kwarg


def _decorator(node: ast.expr) -> ast.expr:
    match node:
        case ast.Name(id=name) if name in _DECORATORS:
            return node
        case ast.Attribute(value=ast.Name(id="schema"), attr="named"):
            return node
        case _:
            raise Wrong(node, "has a decorator")


def _dataclass(node: ast.expr) -> ast.expr:
    match node:
        case ast.Call(func=ast.Name(id="dataclass"), args=[]):
            return node
        case _:
            raise Wrong(node, "has a decorator")
