"""Assignments whose target can break as well: those with an annotation, or to a member."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from specloom.code import Code
from specloom.python.layout.broken import STEP, between, flat, group, item, parenthesised
from specloom.python.layout.pieces import STRING, Alternatives, Declaration, Doc, Group, opened
from specloom.python.layout.width import LIMIT, width

_UNLISTED = 4
"""Lines above the last parenthesis, where the items of a subscript share one."""
_TARGET = re.compile(rf"([\w.]+: .+|\w+\[{STRING}\]) = (\S*)")
"""A target with brackets, or which an annotation may need, and where the value begins."""
_ANNOTATED = re.compile(r"[\w.]+: ")


def told(doc: Doc, indent: int) -> Doc | Declaration:
    """Return `name: annotation = value` as such, if the head or the tail says so."""
    if isinstance(doc, str):
        return doc
    closing, equals, value = doc.tail.partition(" = ")
    if equals and closing in {"", "]"}:
        return Declaration(replace(doc, tail=Code(closing)), Code(value))
    beyond = isinstance(doc, Alternatives) or width(" " * indent + doc.head) > LIMIT
    declared = _TARGET.fullmatch(doc.head) if beyond else None
    annotation = None if declared is None else opened(Code(declared[1]))
    if declared is None or annotation is None or isinstance(annotation, str):
        return doc
    if isinstance(doc, Alternatives) and len(doc.variants) == 1:
        return Declaration(annotation, doc.variants[0])
    return Declaration(annotation, replace(doc, head=Code(declared[2])))


def declaration(doc: Declaration, indent: int) -> Iterator[str]:
    """Return the lines: broken after the `=` if the target fits beside it, else the target is."""
    target, value = opened(doc.annotation), opened(doc.value)
    said, pad = f"{flat(target)} = ", " " * indent
    if width(f"{pad}{said}(") <= LIMIT:
        if isinstance(value, Group) and value.items and width(pad + said + value.head) <= LIMIT:
            return group(replace(value, head=Code(said + value.head)), indent, "")
        return between(said, item(value, indent + STEP, ""), "", indent)
    if isinstance(target, Group) and width(pad + target.head) > LIMIT:
        found = forced(target, value, indent)
        if found:
            return iter(found)
    *above, last = _annotated(target, indent)
    return chain(above, _behind(above[:1], f"{last.lstrip(' ')} = ", value, indent))


def _annotated(annotation: Doc, indent: int) -> Iterator[str]:
    """Break at the brackets of an annotation, or put it between parentheses of its own."""
    match annotation:
        case Group():
            return group(annotation, indent, "")
        case Alternatives():
            return parenthesised(annotation, indent, "")
        case _:
            return iter((f"{' ' * indent}{annotation}",))


def forced(target: Group, value: Doc | None, indent: int) -> tuple[str, ...]:
    """Put an annotation between parentheses whose bracket is beyond the line, if all lines fit."""
    name = _ANNOTATED.match(target.head)
    if name is None:
        return ()
    inner = item(Code(flat(target)[name.end() :]), indent + STEP, "")
    *above, last = between(name[0], inner, "", indent)
    end = f"{last} = "
    match value:
        case None:
            below = [last]
        case Group(items=(_, *_)):
            head, *below = group(replace(value, head=Code(f") = {value.head}")), indent, "")
            # what is within the value is broken apart from this
            return (*above, head, *below) if _fit((*above, head)) else ()
        case Code() if len(above) <= _UNLISTED and width(f"{end}({value})") <= LIMIT:
            below = [f"{end}({value})"]
        case _:
            below = [*between(") = ", item(value, indent + STEP, ""), "", indent)]
    return (*above, *below) if _fit((*above, *below)) else ()


def _fit(lines: Iterable[str]) -> bool:
    return all(width(line) <= LIMIT for line in lines)


def _behind(first: list[str], end: str, value: Doc, indent: int) -> Iterator[str]:
    """Put a value behind the last line of a target: in one line with it if that is possible."""
    pad = " " * indent
    said = f"({flat(value)})" if isinstance(value, Alternatives) else flat(value)
    fits = width(f"{pad}{end}{said}") <= LIMIT
    if fits and (isinstance(value, str) or _fit(first)):
        return iter((f"{pad}{end}{said}",))
    match value:
        case Group(items=(_, *_)):
            return group(replace(value, head=Code(end + value.head)), indent, "")
        case Code() if width(f"{pad}{' ' * STEP}{value}") > LIMIT:
            return iter((f"{pad}{end}{value}",))
        case _:
            return between(end, item(value, indent + STEP, ""), "", indent)
