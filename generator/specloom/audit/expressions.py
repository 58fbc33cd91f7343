"""Expressions: which kinds templates make, and what each may be made of.

What is met often is asked first, and no node is visited that says nothing (a context, an
operator): this runs over every file that is published.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from specloom.audit.grammar import Grammar
from specloom.audit.wrong import Wrong

Pending: TypeAlias = list[ast.expr]


class Seen:
    """What the expressions of one scope mention: names, and what is asked of modules."""

    __slots__ = ("attributes", "called", "grammar", "loaded", "modules", "names")

    def __init__(self, grammar: Grammar, modules: Mapping[str, str]) -> None:
        self.grammar = grammar
        self.modules = modules
        """What names mean modules, so far."""
        self.names: dict[str, int] = {}
        """Each with a line on which it stands."""
        self.called: dict[str, int] = {}
        """Of the names, those that are called."""
        self.loaded: set[str] = set()
        """Names that the scope imports."""
        self.attributes: dict[tuple[str, str], int] = {}


def look(pending: Pending, seen: Seen) -> None:
    """Look at expressions and at all within. Raise Wrong for what no template makes."""
    names, constants = seen.names, seen.grammar.constants
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Constant):
            if type(node.value) not in constants:
                raise Wrong(node, f"has a constant of {type(node.value).__name__}")
        elif isinstance(node, ast.Name):
            names[node.id] = node.lineno
        elif isinstance(node, ast.Attribute):
            _attribute(node, pending, seen)
        elif isinstance(node, ast.Call):
            _call(node, pending, seen)
        elif isinstance(node, ast.Subscript):
            pending += (node.value, node.slice)
        elif type(node) in seen.grammar.expressions:
            pending.extend(_within(node, seen))
        else:
            raise Wrong(node, f"has {type(node).__name__}")


def _attribute(node: ast.Attribute, pending: Pending, seen: Seen) -> None:
    value, name = node.value, node.attr
    if name.startswith("_"):
        _judge_private(node)
    if isinstance(value, ast.Name):
        if value.id in seen.modules:
            seen.attributes[value.id, name] = node.lineno
        else:
            seen.names[value.id] = value.lineno
    elif isinstance(value, ast.Attribute | ast.Call | ast.Subscript):
        pending.append(value)
    else:
        raise Wrong(node, f"asks {type(value).__name__} for {name}")


def _judge_private(node: ast.Attribute) -> None:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr="_session" | "_with"):
            return
        case ast.Attribute(
            value=ast.Call(func=ast.Name(id="super"), args=[], keywords=[]), attr="__init__"
        ):
            return
        case _:
            raise Wrong(node, f"asks for {node.attr}")


def _call(node: ast.Call, pending: Pending, seen: Seen) -> None:
    _judge_callee(node.func, seen)
    pending.append(node.func)
    pending += node.args
    if node.keywords:
        if None in (given := {keyword.arg for keyword in node.keywords}):
            raise Wrong(node, "unpacks arguments")
        if len(given) < len(node.keywords):
            raise Wrong(node, "gives an argument twice")
        pending.extend(keyword.value for keyword in node.keywords)


def _judge_callee(node: ast.expr, seen: Seen) -> None:
    """Raise Wrong unless what is called is a name, of a module, or a method that templates call."""
    match node:
        case ast.Name(id=name):
            seen.called[name] = node.lineno
        case ast.Attribute(value=ast.Name(id=name)) if name in seen.modules:
            pass
        case ast.Subscript(value=ast.Name(id="dict" | "list" as name)):
            seen.called[name] = node.lineno
        case ast.Attribute(attr=name):
            if name not in seen.grammar.methods and _root(node) not in seen.grammar.roots:
                raise Wrong(node, f"calls a method {name}")
        case _:
            raise Wrong(node, f"calls {type(node).__name__}")


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _within(node: ast.expr, seen: Seen) -> Iterator[ast.expr]:
    """Yield what an expression that is met less often is made of."""
    match node:
        case ast.List(elts=items) | ast.Tuple(elts=items):
            yield from items
        case ast.Dict(keys=keys, values=values):
            yield from _keys(node, keys)
            yield from values
        case ast.BinOp(left=left, op=operator, right=right):
            _judge_operators(node, (operator,), seen)
            yield from (left, right)
        case ast.BoolOp(op=operator, values=values):
            _judge_operators(node, (operator,), seen)
            yield from values
        case ast.Compare(left=left, ops=operators, comparators=others):
            _judge_operators(node, operators, seen)
            yield from (left, *others)
        case ast.UnaryOp(op=operator, operand=operand):
            _judge_operators(node, (operator,), seen)
            yield operand
        case ast.IfExp(test=test, body=then, orelse=other):
            yield from (test, then, other)
        case ast.Lambda(args=arguments, body=body):
            _lambda(arguments, body, seen)
        case ast.Starred(value=value):
            yield value
        case ast.Slice(lower=ast.Constant() as lower, upper=ast.Constant() as upper, step=None):
            yield from (lower, upper)
        case _:
            raise Wrong(node, f"has {type(node).__name__}")


def _judge_operators(node: ast.expr, operators: Collection[ast.AST], seen: Seen) -> None:
    for operator in operators:
        if type(operator) not in seen.grammar.operators:
            raise Wrong(node, f"has {type(operator).__name__}")


def _keys(node: ast.Dict, keys: list[ast.expr | None]) -> Iterator[ast.expr]:
    texts = [key.value for key in keys if isinstance(key, ast.Constant)]
    if len(texts) > len({(type(text), text) for text in texts}):
        raise Wrong(node, "has a key twice")
    yield from (key for key in keys if key is not None)


def _lambda(arguments: ast.arguments, body: ast.expr, seen: Seen) -> None:
    plain = ast.arguments([], arguments.args, None, [], [], None, [])
    if any(vars(arguments)[field] != vars(plain)[field] for field in plain._fields):
        raise Wrong(body, "has a lambda of more than plain arguments")
    inner = Seen(seen.grammar, seen.modules)
    look([body], inner)
    own = {argument.arg for argument in arguments.args}
    judge_called(inner, own)
    seen.called.update(inner.called)
    seen.names.update((name, line) for name, line in inner.names.items() if name not in own)
    seen.attributes.update(inner.attributes)


def judge_called(seen: Seen, local: Collection[str]) -> None:
    """Raise Wrong where a function calls what it was given, or has made: a value, maybe any."""
    for name, line in seen.called.items():
        if name in local and name not in seen.grammar.given | seen.loaded:
            raise Wrong(line, f"calls {name}, a value")


# --- annotations -------------------------------------------------------------------------------


def annotation(node: ast.expr, seen: Seen) -> None:
    """Look at an annotation: types, and no text but in `Literal`."""
    pending = [node]
    while pending:
        node = pending.pop()
        match node:
            case ast.Name(id=name):
                seen.names[name] = node.lineno
            case ast.Subscript(value=ast.Name(id="Literal" as name) as value, slice=values):
                seen.names[name] = value.lineno
                _literals(values)
            case ast.Subscript(value=ast.Name() as value, slice=arguments):
                pending += (value, arguments)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                pending += (left, right)
            case ast.Tuple(elts=items) | ast.List(elts=items):
                pending += items
            case ast.Attribute(value=ast.Name()):
                _attribute(node, pending, seen)
            case ast.Constant(value=str(name)) if name in seen.grammar.quoted:
                seen.names[name] = node.lineno
            case ast.Constant(value=None):
                pass
            case _:
                raise Wrong(node, f"has an annotation with {type(node).__name__}")


def _literals(values: ast.expr) -> None:
    for value in values.elts if isinstance(values, ast.Tuple) else [values]:
        match value:
            case ast.Constant(value=str() | int() | None):
                pass
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int())):
                pass
            case _:
                raise Wrong(value, f"has a Literal of {type(value).__name__}")
