"""The tree of a statement: how it is broken where black would break it.

A statement is built as a tree and laid out once; black (26, default mode) then changes
nothing. All rules are black's, as its own formatter applies them:

* what fits in 88 columns is one line;
* else a `Group` breaks at its brackets: the items on one line without a trailing comma if
  they fit there, one by one with it if not, and at once for a display of two items or more;
* `Alternatives` that stand after `=`, `return` or the colon of an annotation go into
  parentheses; as an item of a call, a subscript or a display they break without;
* a value after an annotation goes to a line of its own, in parentheses, where the
  annotation fits; else the annotation breaks, and the value follows its end. The same holds
  for a member that is assigned to (`out["name"] =`).

Supported: a signature (`def f(`, `comma=True`, its return annotation a name, a subscript or a
union), a class with bases, an import (`from m import (`, a display with `comma=True`),
`return`, `raise`, `await`, `for`, `if` or an assignment before a call, a subscript or a display
(whose bracket is within the line), `if` before a comparison, `case` before classes or values,
a ternary that is alone in its brackets (a `Conditional`), an assignment of a name or a text, an
alias, an annotated name with or without a value, and any nesting. A part that comes as `Code` is
read when it is too long.

Not to be emitted where they may not fit, as black has rules of its own for them: `lambda`,
chains of calls, two trailers that could both break, operators other than `|` and one that
compares, any other ternary, a comprehension, `assert`, `del`, `with`, `*args: A | B`, an
annotation without brackets of more than 80 columns, a tuple of one call as the default of a
field. Never to be emitted: comments inside brackets, strings in a row, backslash continuations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from specloom.code import Code
from specloom.python.layout.broken import STEP, between, flat, group, item, parenthesised
from specloom.python.layout.pieces import Alternatives, Conditional, Declaration, Doc, Group, opened
from specloom.python.layout.targets import declaration, forced, told
from specloom.python.layout.width import LIMIT, width

__all__ = ["Alternatives", "Conditional", "Declaration", "Doc", "Group", "block", "flat", "lines"]

_VALUE = re.compile(r"(?:return |[\w.]+ = )(?=[^(])")
"""What stands before an expression that may go into parentheses."""


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
    broken = doc if isinstance(doc, Declaration) else told(opened(doc), indent)
    match broken:
        case Alternatives(head="") if isinstance(doc, str):
            return iter((line,))  # a statement of another kind that happens to hold a `|`
        case Declaration():
            return declaration(broken, indent)
        case Group() if " -> " in broken.tail and _is_beyond(broken, indent):
            return _returning(broken, indent)
        case Group() if not broken.items or width(" " * indent + broken.head) > LIMIT:
            return iter(forced(broken, None, indent) or _lowered(broken, indent))
        case Group():
            return group(broken, indent, "")
        case Alternatives():
            return parenthesised(broken, indent, "")
        case _:
            return iter((line,))


def _is_beyond(signature: Group, indent: int) -> bool:
    """Return whether breaking its parameters does not make room for what a signature returns."""
    return not signature.items or width(" " * indent + signature.tail) > LIMIT


def _returning(doc: Group, indent: int) -> Iterator[str]:
    """Break what a signature returns, which no line holds."""
    closing, _, said = doc.tail.partition(" -> ")
    arrow, returned = Code(f"{closing} -> "), opened(Code(said[:-1]))
    if isinstance(returned, Group) and not returned.display:
        before = f"{' ' * indent}{doc.head}{arrow}"
        is_better = width(f"{before}(") <= LIMIT < width(f"{before}{returned.head}")
        if doc.items or (_is_listed(returned, indent + 2 * STEP) and not is_better):
            return _subscripted(doc, returned, arrow, indent)
    if not doc.items:
        inner = item(returned, indent + STEP, "")
        return between(f"{doc.head}{arrow}", inner, ":", indent)
    variants = returned.variants if isinstance(returned, Alternatives) else (flat(returned),)
    start = replace(doc, tail=arrow)
    line = flat(start)
    if width(f"{' ' * indent}{line}(") <= LIMIT and any(
        _is_listed(opened(variant), indent + 2 * STEP) for variant in variants
    ):
        return parenthesised(Alternatives(line, variants, Code(":")), indent, "")
    *above, _ = group(start, indent, "")
    if len(variants) == 1 and "." in variants[0]:  # black holds that it can be broken at the dot
        return chain(above, between(arrow, item(variants[0], indent + STEP, ""), ":", indent))
    return chain(above, parenthesised(Alternatives(arrow, variants, Code(":")), indent, ""))


def _is_listed(returned: Doc, indent: int) -> bool:
    """Return whether a subscript has a line for each item, and so a comma that forces them."""
    if not isinstance(returned, Group) or returned.display or len(returned.items) == 1:
        return False
    return width(" " * indent + ", ".join(map(flat, returned.items))) > LIMIT


def _subscripted(doc: Group, returned: Group, arrow: Code, indent: int) -> Iterator[str]:
    start = replace(doc, tail=Code(f"{arrow}{returned.head}"))
    line = " " * indent + flat(start)
    fits = width(line) <= LIMIT and len(returned.items) > 1
    above = iter((line,)) if fits else group(start, indent, "")
    items = (item(each, indent + STEP, ",") for each in returned.items)
    return chain(above, *items, (f"{' ' * indent}{returned.tail}:",))


def _lowered(doc: Group, indent: int) -> Iterator[str]:
    """Put a call whose brackets are beyond the line on lines of its own, if all of them fit."""
    value = _VALUE.match(doc.head)
    if value is None or doc.display:
        return group(doc, indent, "")
    call = replace(doc, head=Code(doc.head[value.end() :]))
    broken = tuple(between(value[0], _statement(call, indent + STEP), "", indent))
    if doc.items and any(width(line) > LIMIT for line in broken):
        return group(doc, indent, "")
    return iter(broken)
