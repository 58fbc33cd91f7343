"""Where the parts of a statement break: at their brackets, and before their operators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, repeat

from specloom.code import NOTHING, Code
from specloom.python.layout.pieces import Alternatives, Conditional, Declaration, Doc, Group, opened
from specloom.python.layout.width import LIMIT, width

STEP = 4
"""Columns that the inside of brackets is indented by."""


def flat(doc: Doc | Conditional | Declaration) -> Code:
    """Return the statement, or a part of one, on one line."""
    match doc:
        case Code():  # first, since most are
            return doc
        case Group():
            written = ", ".join(map(flat, doc.items)) + ("," if _one_tuple(doc) else "")
            if _import(doc):
                return Code(doc.head[:-1] + written + doc.tail[1:])
            return Code(doc.head + written + doc.tail)
        case Alternatives():
            return Code(doc.head + f" {doc.operator} ".join(doc.variants) + doc.tail)
        case Conditional():
            return Code(f"{doc.value} {flat(_asked(doc))} else {doc.other}")
        case Declaration():
            return Code(f"{flat(doc.annotation)} = {flat(doc.value)}")


def between(head: str, inner: Iterable[str], tail: str, indent: int) -> Iterator[str]:
    """Put the lines of an expression between parentheses of their own."""
    pad = " " * indent
    return chain((f"{pad}{head}(",), inner, (f"{pad}){tail}",))


def group(doc: Group, indent: int, suffix: str) -> Iterator[str]:
    """Return the lines of what breaks at its brackets, the last of them with `suffix`."""
    pad, inner = " " * indent, " " * (indent + STEP)
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
        for each in doc.items:
            yield from item(each, indent + STEP, comma, signature=doc.comma)
    yield f"{pad}{doc.tail}{suffix}"


def item(
    doc: Doc | Conditional, indent: int, comma: str, *, signature: bool = False
) -> Iterator[str]:
    """Return the lines of an item of a broken bracket."""
    line = f"{' ' * indent}{flat(doc)}{comma}"
    if width(line) <= LIMIT:
        return iter((line,))
    if isinstance(doc, Conditional):
        asked = item(_asked(doc), indent, "")
        pad = " " * indent
        return chain((f"{pad}{doc.value}",), asked, (f"{pad}else {doc.other}{comma}",))
    match broken := opened(doc):
        case Group() | Alternatives() if signature and (default := _default(broken, indent)):
            return group(default, indent, comma)
        case Group():
            return group(broken, indent, comma)
        case Alternatives():
            return (parenthesised if signature else _ladder)(broken, indent, comma)
        case _:
            return iter((line,))


def _default(parameter: Group | Alternatives, indent: int) -> Group | None:
    """Return a parameter as the call or display that is its default, if its bracket fits."""
    closing, equals, said = parameter.tail.partition(" = ")
    value = opened(Code(said)) if equals and closing in {"", "]"} else NOTHING
    if not isinstance(value, Group):
        return None
    head = Code(f"{flat(replace(parameter, tail=Code(closing)))} = {value.head}")
    return replace(value, head=head) if width(" " * indent + head) <= LIMIT else None


def parenthesised(doc: Alternatives, indent: int, suffix: str) -> Iterator[str]:
    """Put alternatives between parentheses of their own, if these help."""
    body = flat(replace(doc, head=NOTHING, tail=NOTHING))
    is_lone, fits = len(doc.variants) == 1, width(" " * (indent + STEP) + body) <= LIMIT
    if fits or (is_lone and doc.head == "case "):
        inner = iter((" " * (indent + STEP) + body,))
        return between(doc.head, inner, f"{doc.tail}{suffix}", indent)
    if is_lone:  # parentheses would not help
        return iter((f"{' ' * indent}{flat(doc)}{suffix}",))
    rungs = _ladder(replace(doc, head=NOTHING, tail=NOTHING), indent + STEP, "")
    return between(doc.head, rungs, f"{doc.tail}{suffix}", indent)


def _ladder(doc: Alternatives, indent: int, suffix: str) -> Iterator[str]:
    """Break before each operator; a lone variant stays."""
    first, *others = doc.variants
    rungs = [Code(doc.head + first), *(Code(f"{doc.operator} {one}") for one in others)]
    if not others:
        return iter((f"{' ' * indent}{rungs[0]}{doc.tail}{suffix}",))
    rungs[-1] = Code(rungs[-1] + doc.tail)
    ends = [""] * len(others) + [suffix]
    return chain.from_iterable(map(item, rungs, repeat(indent), ends))


def _asked(doc: Conditional) -> Alternatives:
    return Alternatives(Code("if "), doc.asked, operator=Code("and"))


def _one_tuple(doc: Group) -> bool:
    return doc.display and len(doc.items) == 1 and doc.head.endswith("(") and not _import(doc)


def _import(doc: Group) -> bool:
    """The brackets of an import are not written where it fits."""
    return doc.head.endswith(" import (")
