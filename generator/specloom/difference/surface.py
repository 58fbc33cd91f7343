"""What callers see of a generated package, read from its source.

The source may be that of another version, or edited: what is not looked for is passed over.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Type:
    """An annotation: the order of its members is nothing to callers."""

    text: str
    members: tuple[str, ...]
    """Those of a union, each value of a `Literal` being one."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A field or a parameter: what a caller gives a value to."""

    type: Type
    """Without `Unset`, where that is the default."""
    default: str | None
    """None: it is required."""
    positional: bool = False
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Class:
    """A class that is made of keyword arguments."""

    slots: Mapping[str, Slot]


@dataclass(frozen=True, slots=True)
class Alias:
    of: Type


@dataclass(frozen=True, slots=True)
class Exported:
    """A type of the runtime that users find beside their own."""


@dataclass(frozen=True, slots=True)
class Method:
    slots: Mapping[str, Slot]
    returns: Type


@dataclass(frozen=True, slots=True)
class Members:
    """Names of constants, and their values."""

    values: Mapping[str, str]


Thing: TypeAlias = Class | Alias | Exported | Method | Members
Surface: TypeAlias = tuple[Mapping[str, Thing], ...]
"""Things by name, in sections that are told one after the other."""


def read_models(texts: Sequence[str]) -> Surface:
    """Return the types. Their order is that of their names where they are in several files."""
    found = {n: t for text in texts for n, t in _types(ast.parse(text).body) if _is_public(n)}
    return (found if len(texts) == 1 else dict(sorted(found.items())),)


def read_client(texts: Sequence[str]) -> Surface:
    """Return the methods of the groups, and what a client is made of."""
    nodes = (node for text in texts for node in ast.parse(text).body)
    classes = {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}
    return dict(_methods(classes)), dict(_settings(classes))


def read_module(texts: Sequence[str]) -> Surface:
    """Return the classes and functions of `oauth`, or of `webhooks`: async ones are the same."""
    nodes = [node for text in texts for node in ast.parse(text).body]
    classes = {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}
    sources = {
        name: Class(dict(_parameters(start.args)))
        for name in classes
        if not name.startswith("Async")
        for start in _functions(classes, name)
    }
    functions = (n for n in nodes if isinstance(n, ast.FunctionDef) and _is_public(n.name))
    return sources, {f.name: Method(dict(_parameters(f.args)), _type(f.returns)) for f in functions}


def _is_public(name: str) -> bool:
    return not name.startswith("_")


def _types(body: Iterable[ast.stmt]) -> Iterator[tuple[str, Thing]]:
    for statement in body:
        match statement:
            case ast.If(body=[*imports]):
                # of a folder: what it has from elsewhere is of the runtime
                above = (i for i in imports if isinstance(i, ast.ImportFrom) and i.level > 1)
                yield from ((each.name, Exported()) for i in above for each in i.names)
            case ast.ImportFrom(names=names):
                # `import name as name` says that it is an export as well
                yield from ((each.name, Exported()) for each in names if each.asname == each.name)
            case ast.ClassDef(name=name, body=body):
                yield name, Class(dict(_fields(body)))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, Alias(_type(value))
            case _:
                pass


def _methods(classes: Mapping[str, ast.ClassDef]) -> Iterator[tuple[str, Thing]]:
    """Return the methods of the groups by the attributes of a client; async ones are the same."""
    for attribute, group in _groups(classes):
        for function in _functions(classes, group):
            if _is_public(function.name):
                slots = dict(_parameters(function.args))
                slots.pop("timeout", None)  # every method had it, so none is told apart by it
                yield f"{attribute}.{function.name}", Method(slots, _type(function.returns))


def _settings(classes: Mapping[str, ast.ClassDef]) -> Iterator[tuple[str, Thing]]:
    for start in _functions(classes, "Client"):
        if start.name == "__init__":
            slots = dict(_parameters(start.args))
            slots.pop("timeout", None)
            yield "Client", Class(slots)
    if "Server" in classes:
        yield "Server", Members(dict(_constants(classes["Server"])))
    for function in _functions(classes, "Server"):
        name = f"Server.{function.name}"
        yield name, Method(dict(_parameters(function.args)), _type(function.returns))


def _groups(classes: Mapping[str, ast.ClassDef]) -> Iterator[tuple[str, str]]:
    """Return the attributes of a client, and the class of each.

    They are properties; of older packages, what is assigned in `__init__`.
    """
    for function in _functions(classes, "Client"):
        match function:
            case ast.FunctionDef(
                decorator_list=[ast.Name(id="property")], returns=ast.Name(id=group)
            ):
                yield function.name, group
            case _:
                yield from _assigned(function)


def _assigned(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    for statement in function.body:
        match statement:
            case ast.Assign(
                targets=[ast.Attribute(value=ast.Name(id="self"), attr=attribute)],
                value=ast.Call(func=ast.Name(id=group)),
            ):
                yield attribute, group
            case _:
                pass


def _functions(classes: Mapping[str, ast.ClassDef], name: str) -> Iterator[ast.FunctionDef]:
    if name in classes:
        yield from (each for each in classes[name].body if isinstance(each, ast.FunctionDef))


def _constants(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, _text(value)
            case _:
                pass


# --- what is given a value ---------------------------------------------------------------


def _fields(body: list[ast.stmt]) -> Iterator[tuple[str, Slot]]:
    for statement in body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)) if _is_public(name):
                default, secret = _default(statement.value)
                yield name, Slot(_type(statement.annotation, default), default, secret=secret)
            case _:
                pass


def _default(value: ast.expr | None) -> tuple[str | None, bool]:
    """Return the default of a field, and whether the field is kept out of sight."""
    match value:
        case None:
            return None, False
        case ast.Call(func=ast.Name(id="field"), keywords=keywords):
            given = {keyword.arg: keyword.value for keyword in keywords}
            return _given(given), "repr" in given
        case _:
            return _text(value), False


def _given(given: Mapping[str | None, ast.expr]) -> str | None:
    match given.get("default"), given.get("default_factory"):
        case ast.expr() as default, _:
            return _text(default)
        case _, ast.Subscript(value=factory):
            return f"{_text(factory)}()"  # the annotation says of what
        case _, ast.expr() as factory:
            return f"{_text(factory)}()"
        case _:
            return None


def _parameters(arguments: ast.arguments) -> Iterator[tuple[str, Slot]]:
    """Return the parameters of a method, without `self`."""
    given = (*arguments.posonlyargs, *arguments.args)
    values = (*repeat(None, len(given) - len(arguments.defaults)), *arguments.defaults)
    for parameter, value in list(zip(given, values, strict=True))[1:]:
        yield parameter.arg, _parameter(parameter, value, positional=True)
    for parameter, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield parameter.arg, _parameter(parameter, value, positional=False)


def _parameter(parameter: ast.arg, value: ast.expr | None, *, positional: bool) -> Slot:
    default = None if value is None else _text(value)
    return Slot(_type(parameter.annotation, default), default, positional=positional)


# --- annotations -------------------------------------------------------------------------


def _type(annotation: ast.expr | None, default: str | None = None) -> Type:
    """Return an annotation, without `Unset` where the default says as much."""
    if annotation is None:
        return Type("", ())
    implied = "Unset" if default == "UNSET" else None
    parts = {_text(part): part for part in _alternatives(annotation)}
    told = {text: part for text, part in parts.items() if text != implied}
    members = (member for text, part in told.items() for member in _members(text, part))
    return Type(" | ".join(told), tuple(members))


def _alternatives(annotation: ast.expr) -> Iterator[ast.expr]:
    """Return the members of a union: not by recursion, as long ones are nested deeply."""
    pending = [annotation]
    while pending:
        match pending.pop():
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                pending += (right, left)
            case ast.Constant(value=str(quoted)):  # a type that mentions itself
                pending.append(ast.parse(quoted, mode="eval").body)
            case part:
                yield part


def _members(text: str, part: ast.expr) -> Iterator[str]:
    match part:
        case ast.Subscript(value=ast.Name(id="Literal"), slice=ast.Tuple(elts=values)):
            yield from map(_text, values)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=value):
            yield _text(value)
        case ast.Subscript():
            yield _orderly(part)
        case _:
            yield text


def _orderly(part: ast.expr) -> str:
    """Return a type with the members of the unions within it in one order: it is nothing to callers."""
    match part:
        case ast.BinOp(op=ast.BitOr()) | ast.Constant(value=str()):
            return " | ".join(sorted(map(_orderly, _alternatives(part))))
        case ast.Subscript(value=ast.Name(id="Literal" as name), slice=ast.Tuple(elts=values)):
            return f"{name}[{', '.join(sorted(map(_text, values)))}]"
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Tuple(elts=of)) if name != "Literal":
            return f"{name}[{', '.join(map(_orderly, of))}]"
        case ast.Subscript(value=ast.Name(id=name), slice=of) if name != "Literal":
            return f"{name}[{_orderly(of)}]"
        case _:
            return _text(part)


def _text(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):  # most are, and printing is slow
            return name
        case ast.Constant(value=str() | int() | None as value):
            return repr(value)
        case _:
            return ast.unparse(node)
