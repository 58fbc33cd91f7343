"""What functions do: the statements within one, and the patterns of a `match`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from types import EllipsisType
from typing import TypeAlias

from specloom.audit.expressions import Seen, annotation, look
from specloom.audit.found import Found
from specloom.audit.imports import imports
from specloom.audit.wrong import Wrong

Local: TypeAlias = set[str]
"""Names that a function binds."""


def body(
    statements: Sequence[ast.stmt], seen: Seen, local: Local, found: Found, *, awaits: bool
) -> None:
    """Read the statements of a function. Raise Wrong for what no template makes."""
    for node in statements:
        match node:
            case ast.Assign(targets=[target], value=value, type_comment=None):
                _assign(target, seen, local)
                look([value], seen)
            case ast.Return(value=ast.Await(value=value)) if awaits:
                look([value], seen)
            case ast.Return(value=value):
                look([value] if value is not None else [], seen)
            case ast.If(test=test, body=then, orelse=other):
                look([test], seen)
                body(then, seen, local, found, awaits=awaits)
                body(other, seen, local, found, awaits=awaits)
            case ast.Match(subject=subject, cases=cases):
                look([subject], seen)
                for inner in _cases(cases, seen, local):
                    body(inner, seen, local, found, awaits=awaits)
            case ast.Try(
                body=tried, handlers=[ast.ExceptHandler() as handler], orelse=[], finalbody=[]
            ):
                body(tried, seen, local, found, awaits=awaits)
                _handler(handler, seen, local)
                body(handler.body, seen, local, found, awaits=awaits)
            case _:
                _simple(node, seen, local, found)


def _simple(node: ast.stmt, seen: Seen, local: Local, found: Found) -> None:
    match node:
        case ast.Expr(value=ast.Constant(value=str() | EllipsisType())):
            pass
        case ast.Expr(value=ast.Call() as call):
            look([call], seen)
        case ast.AnnAssign(target=ast.Name() as target, annotation=type_, value=value):
            _assign(target, seen, local)
            annotation(type_, seen)
            look([value] if value is not None else [], seen)
        case ast.Raise(exc=ast.expr() as raised, cause=None | ast.Constant(value=None)):
            look([raised], seen)
        case ast.ImportFrom(level=1 | 2):
            seen.loaded |= imports(node, found)
            local |= seen.loaded - found.modules.keys()
        case _:
            raise Wrong(node, f"has {type(node).__name__} in a function")


def _assign(target: ast.expr, seen: Seen, local: Local) -> None:
    match target:
        case ast.Name(id=name):
            _bind(name, target, local)
        case ast.Attribute() | ast.Subscript():
            look([target], seen)
        case _:
            raise Wrong(target, f"assigns to {type(target).__name__}")


def _bind(name: str, at: ast.AST, local: Local) -> None:
    if name.startswith("__"):
        raise Wrong(at, f"binds {name}")
    local.add(name)


def _handler(handler: ast.ExceptHandler, seen: Seen, local: Local) -> None:
    if not isinstance(handler.type, ast.Name | ast.Attribute):
        raise Wrong(handler, "excepts what is no name")
    look([handler.type], seen)
    if handler.name is not None:
        _bind(handler.name, handler, local)


def _cases(
    cases: Sequence[ast.match_case], seen: Seen, local: Local
) -> Iterator[Sequence[ast.stmt]]:
    """Yield the statements of each case, once its pattern and its guard have been looked at."""
    for case in cases:
        _pattern(case.pattern, seen, local)
        if case.guard is not None:
            look([case.guard], seen)
        elif _takes_all(case.pattern) and case is not cases[-1]:
            raise Wrong(case.pattern, "has a case behind one that takes all")
        yield case.body


def _takes_all(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def _pattern(pattern: ast.pattern, seen: Seen, local: Local) -> None:
    match pattern:
        case ast.MatchAs(pattern=None, name=name):
            if name is not None:
                _bind(name, pattern, local)
        case ast.MatchAs(pattern=ast.MatchOr() as several, name=str(name)):
            _pattern(several, seen, local)
            _bind(name, pattern, local)
        case ast.MatchSingleton():
            pass
        case ast.MatchValue(value=ast.Constant() | ast.Attribute() | ast.UnaryOp() as value):
            look([value], seen)
        case ast.MatchClass(
            cls=ast.Name() | ast.Attribute() as class_, patterns=inner, kwd_attrs=[]
        ) if (len(inner) <= 1):
            look([class_], seen)
            for one in inner:
                _pattern(one, seen, local)
        case ast.MatchOr(patterns=inner):
            for one in inner:
                _pattern(one, seen, local)
                if any(isinstance(part, ast.MatchAs) for part in ast.walk(one)):
                    raise Wrong(one, "binds a name in one of several patterns")
        case _:
            raise Wrong(pattern, f"has {type(pattern).__name__}")
