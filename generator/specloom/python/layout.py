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

Supported: a signature (`def f(`, `comma=True`, its return annotation a name or a subscript),
a class with bases, an import (`from m import (`, a display with `comma=True`), `return`,
`raise`, `await`, `for`, `if` or an assignment before a call, a subscript or a display (whose
bracket is within the line), an alias, an annotated field with or without a value, and any
nesting. A part that comes as `Code` is read when it is too long.

Not to be emitted where they may not fit, as black has rules of its own for them: `lambda`,
chains of calls, two trailers that could both break, operators other than `|`, a ternary, a
comparison, a comprehension, `assert`, `del`, `with`, `*args: A | B`, a tuple of one call as the
default of a field. Never to be emitted: comments inside brackets, strings in a row, backslash
continuations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, repeat

from specloom.code import NOTHING, Code
from specloom.python.pieces import Alternatives, Declaration, Doc, Group, opened
from specloom.python.width import LIMIT, width

__all__ = ["Alternatives", "Declaration", "Doc", "Group", "block", "flat", "lines"]

_STEP = 4
_VALUE = re.compile(r"(?:return |[\w.]+ = )(?=[^(])")
"""What stands before an expression that may go into parentheses."""


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
    broken = doc if isinstance(doc, Declaration) else _told(opened(doc))
    match broken:
        case Alternatives(head="") if isinstance(doc, str):
            return iter((line,))  # a statement of another kind that happens to hold a `|`
        case Declaration():
            return _declaration(broken, indent)
        case Group() if " -> " in broken.tail and _is_beyond(broken, indent):
            return _returning(broken, indent)
        case Group() if not broken.items or width(" " * indent + broken.head) > LIMIT:
            return _lowered(broken, indent)
        case Group():
            return _group(broken, indent, "")
        case Alternatives():
            return _parenthesised(broken, indent, "")
        case _:
            return iter((line,))


def _is_beyond(signature: Group, indent: int) -> bool:
    """Return whether breaking its parameters does not make room for what a signature returns."""
    return not signature.items or width(" " * indent + signature.tail) > LIMIT


def _returning(doc: Group, indent: int) -> Iterator[str]:
    """Break what a signature returns: a subscript that no line holds."""
    closing, arrow, returned = doc.tail.partition(" -> ")
    if not doc.items:
        inner = _statement(Code(returned[:-1]), indent + _STEP)
        return _between(f"{doc.head}{closing}{arrow}", inner, ":", indent)
    subscript = opened(Code(returned[:-1]))
    if not isinstance(subscript, Group) or subscript.display:
        return _group(doc, indent, "")
    start = replace(doc, tail=Code(f"{closing}{arrow}{subscript.head}"))
    line = " " * indent + flat(start)
    fits = width(line) <= LIMIT and len(subscript.items) > 1
    above = iter((line,)) if fits else _group(start, indent, "")
    items = (_item(item, indent + _STEP, ",") for item in subscript.items)
    return chain(above, *items, (f"{' ' * indent}{subscript.tail}:",))


def _lowered(doc: Group, indent: int) -> Iterator[str]:
    """Put a call whose brackets are beyond the line on lines of its own, if all of them fit."""
    value = _VALUE.match(doc.head)
    if value is None or doc.display:
        return _group(doc, indent, "")
    call = replace(doc, head=Code(doc.head[value.end() :]))
    broken = tuple(_between(value[0], _statement(call, indent + _STEP), "", indent))
    if doc.items and any(width(line) > LIMIT for line in broken):
        return _group(doc, indent, "")
    return iter(broken)


def _between(head: str, inner: Iterable[str], tail: str, indent: int) -> Iterator[str]:
    """Put the lines of an expression between parentheses of their own."""
    pad = " " * indent
    return chain((f"{pad}{head}(",), inner, (f"{pad}){tail}",))


def _told(doc: Doc) -> Doc | Declaration:
    """Return `name: annotation = value` as such, if the tail says so."""
    if isinstance(doc, str):
        return doc
    closing, equals, value = doc.tail.partition(" = ")
    if not equals or closing not in {"", "]"}:
        return doc
    return Declaration(replace(doc, tail=Code(closing)), Code(value))


def _declaration(doc: Declaration, indent: int) -> Iterator[str]:
    """Break after the `=` if the annotation allows it, else the annotation."""
    annotation, value = opened(doc.annotation), opened(doc.value)
    pad = " " * indent
    target = f"{flat(annotation)} = "
    if isinstance(value, Group) and width(pad + target + value.head) <= LIMIT:
        return _group(replace(value, head=Code(target + value.head)), indent, "")
    if width(f"{pad}{target}(") <= LIMIT:
        if isinstance(value, Alternatives):
            return _parenthesised(replace(value, head=Code(target + value.head)), indent, "")
        return _between(target, _statement(value, indent + _STEP), "", indent)
    match annotation:
        case Group():
            broken = _group(annotation, indent, " = ")
        case Alternatives():
            broken = _parenthesised(annotation, indent, " = ")
        case _:
            broken = iter((f"{pad}{target}",))
    *above, last = broken
    return chain(above, _behind(last, value, indent))


def _behind(start: str, value: Doc, indent: int) -> Iterator[str]:
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


def _item(doc: Doc, indent: int, comma: str, *, signature: bool = False) -> Iterator[str]:
    line = f"{' ' * indent}{flat(doc)}{comma}"
    if width(line) <= LIMIT:
        return iter((line,))
    match broken := opened(doc):
        case Group():
            return _group(broken, indent, comma)
        case Alternatives():
            return (_parenthesised if signature else _ladder)(broken, indent, comma)
        case _:
            return iter((line,))


def _parenthesised(doc: Alternatives, indent: int, suffix: str) -> Iterator[str]:
    body = " " * (indent + _STEP) + " | ".join(doc.variants)
    is_lone = len(doc.variants) == 1
    is_text = doc.head.endswith(" = ") and doc.variants[0].startswith('"')
    if width(body) <= LIMIT or (is_lone and is_text):
        return _between(doc.head, (body,), f"{doc.tail}{suffix}", indent)
    if is_lone:  # parentheses would not help
        return iter((f"{' ' * indent}{flat(doc)}{suffix}",))
    rungs = _ladder(Alternatives(NOTHING, doc.variants), indent + _STEP, "")
    return _between(doc.head, rungs, f"{doc.tail}{suffix}", indent)


def _ladder(doc: Alternatives, indent: int, suffix: str) -> Iterator[str]:
    """Break before each operator; a lone variant stays."""
    first, *others = doc.variants
    rungs = [Code(doc.head + first), *(Code(f"| {variant}") for variant in others)]
    if not others:
        return iter((f"{' ' * indent}{rungs[0]}{doc.tail}{suffix}",))
    rungs[-1] = Code(rungs[-1] + doc.tail)
    ends = [""] * len(others) + [suffix]
    return chain.from_iterable(map(_item, rungs, repeat(indent), ends))


def _one_tuple(doc: Group) -> bool:
    return doc.display and len(doc.items) == 1 and doc.head.endswith("(") and not _import(doc)


def _import(doc: Group) -> bool:
    """The brackets of an import are not written where it fits."""
    return doc.head.endswith(" import (")
