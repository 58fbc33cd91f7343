"""A module without all that may come from a document: what is left of its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeAlias, cast

Skeleton: TypeAlias = tuple[str | int, ...]


def skeleton(text: str) -> Skeleton:
    """Return the kinds of nodes in order, how many each list holds, and what kind constants are of."""
    return tuple(_said(ast.parse(text.encode())))


def _said(tree: ast.AST) -> Iterator[str | int]:
    pending: list[object] = [tree]
    while pending:
        node = pending.pop()
        match node:
            case ast.Constant(value=value):
                yield type(value).__name__
            case ast.Subscript(value=of, slice=ast.Tuple(elts=[only])):
                yield "Subscript"  # a comma behind one argument, where that has a line of its own
                pending += (only, of)
            case ast.Subscript(value=of, slice=arguments):
                yield "Subscript"
                pending += (arguments, of)
            case ast.AST():
                yield type(node).__name__
                pending.extend(
                    vars(node)[field] for field in reversed(node._fields) if field in vars(node)
                )
            case list():
                members = cast("list[object]", node)
                yield len(members)
                pending.extend(reversed(members))
            case None:
                yield "nothing"
            case _:
                yield "a name"
