"""The parts of a statement as a tree, and source code read as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from specloom.code import NOTHING, Code

STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_TOKEN = re.compile(
    rf"(?P<string>{STRING})|(?P<open>[\[({{])|(?P<close>[\])}}])|(?P<comma>,[ ]?)|(?P<bar>[ ]\|[ ])"
    r"""|(?P<value>[ ]=[ ]|^return[ ])|(?P<head>=|:[ ])|[^"'\[\](){},=: ]+|."""
)
_OR = Code("|")
_HEAD = re.compile(rf"|return |(?!(?:lambda|else|try|finally)\b)[\w.]+(?:=| = |: )|{STRING}: ")
"""What an expression follows, so that parentheses around it are no mistake."""


@dataclass(frozen=True, slots=True)
class Group:
    """`head` ends with an opening bracket, `tail` begins with its closing one."""

    head: Code
    items: tuple[Doc | Conditional, ...]
    tail: Code
    display: bool = False
    """A list, dict, set or tuple of its own, not a call or a subscript."""
    comma: bool = False
    """A signature or an import: even a lone item takes a comma where it breaks."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """`head`, then `variants` with `operator` between them, or a lone name or string, then `tail`."""

    head: Code
    variants: tuple[Code, ...]
    tail: Code = NOTHING
    operator: Code = _OR
    """The same between all of them, or what compares two."""


@dataclass(frozen=True, slots=True)
class Conditional:
    """`value if asked else other`, where all that is `asked` has to hold: alone in its brackets."""

    value: Code
    asked: tuple[Code, ...]
    other: Code


@dataclass(frozen=True, slots=True)
class Declaration:
    """A target, which may have an annotation, and its value: a whole statement.

    The annotation stands for both; it has no tail.
    """

    annotation: Group | Alternatives
    value: Doc


Doc: TypeAlias = Code | Group | Alternatives
"""A part of a statement. `Code` that is too long is read: see `opened`."""


def opened(doc: Doc) -> Doc:
    """Return a piece of code as what it is, so that it can be broken at its brackets.

    That is: one call, subscript, display or union, perhaps after `name=`, `key: ` or
    `name: ` and before a default. Anything else is returned as it came.
    """
    match doc:
        case Alternatives(head, (variant,), tail) if isinstance(one := opened(variant), Group):
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
