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
with `comma=True`), `return`, `raise`, `await`, `for`, `if` or an assignment before a call, a
subscript or a display (its bracket within the line), an alias, an annotated field with or
without a value, and any nesting. A part that comes as `Code` is read when it is too long.

Not to be emitted where they may not fit, as black has rules of its own for them: `lambda`,
chains of calls, two trailers that could both break, operators other than `|`, a ternary, a
comparison, a comprehension, `assert`, `del`, `with`, `*args: A | B`, a return annotation with
two arguments, a tuple of one call as the default of a field. Never to be emitted: comments
inside brackets, strings in a row, backslash continuations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, repeat
from typing import NamedTuple, TypeAlias

from specloom.code import NOTHING, Code
from specloom.python.width import LIMIT, width

_STEP = 4


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
    tail: Code = NOTHING


@dataclass(frozen=True, slots=True)
class Declaration:
    """An annotated name and its value: a whole statement. The annotation has no tail."""

    annotation: Group | Alternatives
    value: Group | Code


Doc: TypeAlias = Code | Group | Alternatives
"""A part of a statement. `Code` that is too long is read: see `_opened`."""


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
    broken = doc if isinstance(doc, Declaration) else _told(_opened(doc))
    match broken:
        case Alternatives(head="") if isinstance(doc, str):
            return iter((line,))  # a statement of another kind that happens to hold a `|`
        case Declaration():
            return _declaration(broken, indent)
        case Group():
            return _group(broken, indent, "")
        case Alternatives():
            return _parenthesised(broken, indent, "")
        case _:
            return iter((line,))


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
    annotation, value = _opened(doc.annotation), _opened(doc.value)
    pad = " " * indent
    target = f"{flat(annotation)} = "
    if isinstance(value, Group) and width(pad + target + value.head) <= LIMIT:
        return _group(replace(value, head=Code(target + value.head)), indent, "")
    if width(f"{pad}{target}(") <= LIMIT:
        if isinstance(value, Alternatives):
            return _parenthesised(replace(value, head=Code(target + value.head)), indent, "")
        inner = _statement(value, indent + _STEP)
        return chain((f"{pad}{target}(",), inner, (f"{pad})",))
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
    match opened := _opened(doc):
        case Group():
            return _group(opened, indent, comma)
        case Alternatives():
            return (_parenthesised if signature else _ladder)(opened, indent, comma)
        case _:
            return iter((line,))


def _parenthesised(doc: Alternatives, indent: int, suffix: str) -> Iterator[str]:
    pad, inner = " " * indent, " " * (indent + _STEP)
    body = inner + " | ".join(doc.variants)
    if width(body) <= LIMIT:
        return iter((f"{pad}{doc.head}(", body, f"{pad}){doc.tail}{suffix}"))
    if len(doc.variants) == 1:  # parentheses would not help
        return iter((f"{pad}{flat(doc)}{suffix}",))
    rungs = _ladder(Alternatives(NOTHING, doc.variants), indent + _STEP, "")
    return chain((f"{pad}{doc.head}(",), rungs, (f"{pad}){doc.tail}{suffix}",))


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


# --- opening what is one piece -----------------------------------------------------------
_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_TOKEN = re.compile(
    rf"(?P<string>{_STRING})|(?P<open>[\[({{])|(?P<close>[\])}}])|(?P<comma>,[ ]?)|(?P<bar>[ ]\|[ ])"
    r"""|(?P<value>[ ]=[ ]|^return[ ])|(?P<head>=|:[ ])|[^"'\[\](){},=: ]+|."""
)
_HEAD = re.compile(rf"|return |(?!(?:lambda|else|try|finally)\b)[\w.]+(?:=| = |: )|{_STRING}: ")
"""What an expression follows, so that parentheses around it are no mistake."""


def _opened(doc: Doc) -> Doc:
    """Return a piece of code as what it is, so that it can be broken at its brackets.

    That is: one call, subscript, display or union, perhaps after `name=`, `key: ` or
    `name: ` and before a default. Anything else is returned as it came.
    """
    match doc:
        case Alternatives(head, (variant,), tail) if isinstance(one := _opened(variant), Group):
            return replace(one, head=Code(head + one.head), tail=Code(one.tail + tail))
        case str():
            return _read(doc)
        case _:
            return doc


def _read(code: Code) -> Doc:
    marks = list(_marks(code))
    outer = [mark for mark in marks if mark.depth == 0]
    heads = [mark for mark in outer if mark.kind == "head"]
    values = [mark for mark in outer if mark.kind == "value"]
    start = next((mark.end for mark in (heads or values)), 0)
    if any(mark.kind == "comma" for mark in outer) or not _HEAD.fullmatch(code, 0, start):
        return code
    end = values[0].start if heads and values else len(code)
    head, tail = Code(code[:start]), Code(code[end:])
    within = [mark for mark in outer if start <= mark.start < end]
    match [mark for mark in within if mark.kind in {"bar", "open", "close"}]:
        case []:
            return Alternatives(head, (Code(code[start:end]),), tail) if start else code
        case [_Mark("open", start=opening), _Mark("close", start=closing)]:
            commas = [m for m in marks if m.depth == 1 and opening < m.start < closing]
            return _bracketed(code, opening, closing, commas) if closing + 1 == end else code
        case several:
            bars = [mark for mark in several if mark.kind == "bar"]
            return Alternatives(head, _cut(code, start, bars, end), tail) if bars else code


def _bracketed(code: Code, opening: int, closing: int, marks: list[_Mark]) -> Doc:
    items = _cut(code, opening + 1, [mark for mark in marks if mark.kind == "comma"], closing)
    display = not (code[:opening] and (code[opening - 1].isalnum() or code[opening - 1] == "_"))
    tuple_ = display and code[opening] == "("
    if tuple_ and len(items) == 2 and not items[1]:
        items = items[:1]
    elif "" in items or (tuple_ and len(items) == 1):  # nothing, a magic comma, parentheses
        return code
    return Group(Code(code[: opening + 1]), items, Code(code[closing:]), display)


def _cut(code: Code, start: int, marks: list[_Mark], end: int) -> tuple[Code, ...]:
    starts = [start, *(mark.end for mark in marks)]
    ends = [*(mark.start for mark in marks), end]
    return tuple(Code(code[one:other]) for one, other in zip(starts, ends, strict=True))


class _Mark(NamedTuple):
    kind: str
    depth: int
    start: int
    end: int


def _marks(code: Code) -> Iterator[_Mark]:
    """Yield brackets, each at the depth around it, and what separates parts of a piece."""
    depth = 0
    for token in _TOKEN.finditer(code):
        kind = token.lastgroup or ""
        depth -= kind == "close"
        if kind not in {"", "string"}:
            yield _Mark(kind, depth, *token.span())
        depth += kind == "open"
