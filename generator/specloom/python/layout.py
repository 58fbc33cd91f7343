"""The tree of a statement: how it is broken where black would break it.

A statement is built as a tree and laid out once; black (26, default mode) then changes
nothing. All rules are black's, as its own formatter applies them:

* what fits in 88 columns is one line;
* else a `Group` breaks at its brackets: the items on one line without a trailing comma if
  they fit there, one by one with it if not, and at once for a display of two items or more;
* `Alternatives` that stand after `=`, `return` or the colon of an annotation go into
  parentheses; as an item of a call, a subscript or a display they break without;
* a value after an annotation goes to a line of its own, in parentheses, where the
  annotation fits; else the annotation breaks, and the value follows its end.

Supported: a signature (`def f(`, `comma=True`, its return annotation a name, or a subscript
that fits beside the bracket), a class with bases, an import (`from m import (`, a display
with `comma=True`), `return`, `raise`, `await`, `for`, `if` or an assignment before a call,
a subscript or a display (the target short enough for the line to reach that bracket), a
type alias, an annotated field with or without a value (`Declaration` where the value is a
call), and any nesting of groups as items, with `name=` or `key: ` in front.

Not to be emitted where they may not fit, as black has rules of its own for them: `lambda`,
chains of calls, two trailers that could both break, operators other than `|`, a ternary, a
comparison, a comprehension, `assert`, `del`, `with`, `*args: A | B`, a return annotation with two
arguments; ever: comments inside brackets, strings in a row, backslash continuations. `|`
between subscripts that are too long themselves wants an alias.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from specloom.code import Code
from specloom.python.width import LIMIT, width

_STEP = 4
_NOTHING = Code("")


@dataclass(frozen=True, slots=True)
class Group:
    """`head` ends with an opening bracket, `tail` begins with its closing one."""

    head: Code
    items: tuple[Doc, ...]
    tail: Code
    display: bool = False
    """A list, dict, set or tuple of its own, not a call or a subscript."""
    comma: bool = False
    """A signature or an import: even a lone item takes a comma where it breaks."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """`head`, then `variants` with `|` between them, or a lone name or string, then `tail`."""

    head: Code
    variants: tuple[Code, ...]
    tail: Code = _NOTHING


@dataclass(frozen=True, slots=True)
class Declaration:
    """An annotated name and its value: a whole statement. The annotation has no tail."""

    annotation: Group | Alternatives
    value: Group | Code


Doc: TypeAlias = Code | Group | Alternatives
"""A part of a statement. `Code` is never broken."""


def flat(doc: Doc | Declaration) -> Code:
    """Return the statement, or a part of one, on one line."""
    match doc:
        case Group():
            written = ", ".join(map(flat, doc.items)) + ("," if _one_tuple(doc) else "")
            if _import(doc):
                return Code(doc.head[:-1] + written + doc.tail[1:])
            return Code(doc.head + written + doc.tail)
        case Alternatives():
            return Code(doc.head + " | ".join(doc.variants) + doc.tail)
        case Declaration():
            return Code(f"{flat(doc.annotation)} = {flat(doc.value)}")
        case _:
            return doc


def lines(doc: Doc | Declaration, indent: int) -> tuple[Code, ...]:
    """Return the finished lines of a statement at `indent` blanks, each already indented."""
    return tuple(map(Code, _statement(doc, indent)))


def block(doc: Doc | Declaration, indent: int) -> Code:
    """Return the lines as one text, its first line to be printed at `indent`."""
    return Code("\n".join(_statement(doc, indent))[indent:])


def _statement(doc: Doc | Declaration, indent: int) -> Iterator[str]:
    line = " " * indent + flat(doc)
    if width(line) <= LIMIT:
        return iter((line,))
    match doc:
        case Group():
            return _declaration(told, indent) if (told := _told(doc)) else _group(doc, indent, "")
        case Alternatives():
            told = _told(doc)
            return _declaration(told, indent) if told else _parenthesised(doc, indent, "")
        case Declaration():
            return _declaration(doc, indent)
        case _:
            return iter((line,))


def _told(doc: Group | Alternatives) -> Declaration | None:
    """Return `name: annotation = value` as such, if the tail is one."""
    closing, equals, value = doc.tail.partition(" = ")
    if not equals or closing not in {"", "]"}:
        return None
    if isinstance(doc, Group):
        return Declaration(Group(doc.head, doc.items, Code(closing)), Code(value))
    return Declaration(Alternatives(doc.head, doc.variants), Code(value))


def _declaration(doc: Declaration, indent: int) -> Iterator[str]:
    """Break after the `=` if the annotation allows it, else the annotation."""
    annotation, value = doc.annotation, doc.value
    pad = " " * indent
    target = f"{flat(annotation)} = "
    if isinstance(value, Group) and width(pad + target + value.head) <= LIMIT:
        return _group(replace(value, head=Code(target + value.head)), indent, "")
    if width(f"{pad}{target}(") <= LIMIT:
        inner = _statement(value, indent + _STEP)
        return chain((f"{pad}{target}(",), inner, (f"{pad})",))
    match annotation:
        case Group():
            broken = _group(annotation, indent, " = ")
        case Alternatives():
            broken = _parenthesised(annotation, indent, " = ")
    *above, last = broken
    return chain(above, _behind(last, value, indent))


def _behind(start: str, value: Group | Code, indent: int) -> Iterator[str]:
    """Break a value at the end of a line that is full only with it."""
    line = f"{start}{flat(value)}"
    if isinstance(value, Group) and width(line) > LIMIT:
        return _group(replace(value, head=Code(start.lstrip(" ") + value.head)), indent, "")
    return iter((line,))


def _group(doc: Group, indent: int, suffix: str) -> Iterator[str]:
    pad, inner = " " * indent, " " * (indent + _STEP)
    if not doc.items:
        yield f"{pad}{doc.head}{doc.tail}{suffix}"
        return
    lone = len(doc.items) == 1
    comma = "," if not lone or doc.comma or _one_tuple(doc) else ""
    yield pad + doc.head
    body = inner + ", ".join(map(flat, doc.items))
    if (lone or not doc.display) and width(body + (comma if lone else "")) <= LIMIT:
        yield body + (comma if lone else "")
    else:
        for item in doc.items:
            yield from _item(item, indent + _STEP, comma, signature=doc.comma)
    yield f"{pad}{doc.tail}{suffix}"


def _item(doc: Doc, indent: int, comma: str, *, signature: bool) -> Iterator[str]:
    line = f"{' ' * indent}{flat(doc)}{comma}"
    match doc:
        case _ if width(line) <= LIMIT:
            yield line
        case Group():
            yield from _group(doc, indent, comma)
        case Alternatives() if signature:
            yield from _parenthesised(doc, indent, comma)
        case Alternatives():
            yield from _ladder(doc, indent, comma)
        case _:
            yield line


def _parenthesised(doc: Alternatives, indent: int, suffix: str) -> Iterator[str]:
    pad, inner = " " * indent, " " * (indent + _STEP)
    body = inner + " | ".join(doc.variants)
    fits = width(body) <= LIMIT
    if len(doc.variants) == 1 and not fits:
        yield f"{pad}{flat(doc)}{suffix}"  # parentheses would not help
        return
    yield f"{pad}{doc.head}("
    if fits:
        yield body
    else:
        yield from _ladder(Alternatives(_NOTHING, doc.variants), indent + _STEP, "")
    yield f"{pad}){doc.tail}{suffix}"


def _ladder(doc: Alternatives, indent: int, suffix: str) -> Iterator[str]:
    pad = " " * indent
    first, *others = doc.variants
    rungs = [f"{pad}{doc.head}{first}", *(f"{pad}| {variant}" for variant in others)]
    rungs[-1] += doc.tail + suffix
    yield from rungs


def _one_tuple(doc: Group) -> bool:
    return doc.display and len(doc.items) == 1 and doc.head.endswith("(") and not _import(doc)


def _import(doc: Group) -> bool:
    """The brackets of an import are not written where it fits."""
    return doc.head.endswith(" import (")
