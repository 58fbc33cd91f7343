"""Regular expressions of ECMA-262 in the language of Python's `re`.

`re.search` with the outcome, and no flags, finds something in the same texts as ECMA-262 with the
flag `u` does, in every version of Python from 3.11 on.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias

from specloom.patterns.categories import category
from specloom.patterns.parse import parsed
from specloom.patterns.ranges import ALL, Range
from specloom.patterns.syntax import (
    Back,
    Boundary,
    Either,
    End,
    Group,
    Look,
    Malformed,
    Node,
    One,
    Property,
    Repeat,
    Sequence,
    Start,
    refers,
)
from specloom.patterns.terms import Untranslatable
from specloom.patterns.widths import width

_MOST = 2**32 - 2
"""Repetitions that `re` can count. No text has as many characters."""
_FARTHEST = 10_000
"""Characters that a look-behind goes back."""
_LAST_GROUP = 99
"""Later ones look like octal escapes."""
_SPECIAL = frozenset(r"\.^$*+?{}[]()|")
_SPECIAL_IN_CLASS = frozenset(r"\]^-[")
_SPECIAL_AT_ENDS = _SPECIAL_IN_CLASS | frozenset("&|~")
"""Of a range. `re` warns where one of them comes twice."""
_CONTROLS = {"\t": r"\t", "\n": r"\n", "\v": r"\v", "\f": r"\f", "\r": r"\r"}


def translated(pattern: str) -> str | Untranslatable:
    """Return what `re.search` takes for a pattern of a document."""
    tree = parsed(pattern)
    if isinstance(tree, Malformed):
        return Untranslatable(tree.reason, tree.offset)
    return written(tree)


def written(tree: Node) -> str | Untranslatable:
    """Return what `re.search` takes for a tree."""
    try:
        return next(_written(tree, frozenset()))
    except StopIteration as end:
        text: str = end.value
        return text


_Writing: TypeAlias = Generator[Untranslatable, None, str]
"""Returns source, and yields what cannot be said in it."""


def _written(tree: Node, matched: frozenset[int]) -> _Writing:
    """Write a tree, given the groups that have matched whenever it is reached."""
    match tree:
        case One() | Start() | End() | Boundary():
            return _atom(tree)
        case Property(at, names):
            if any(category(name) is None for name, _ in names):
                yield Untranslatable("Python knows of no properties but general categories", at)
            return _property(tree)
        case Back(number, at):
            # Where a group has not matched, ECMA-262 goes on with an empty text; `re` fails.
            if number not in matched or number > _LAST_GROUP:
                yield Untranslatable("this goes back to a group that may not have matched", at)
            return rf"(?:\{number})"
        case Look(of, ahead, negated, at):
            if not ahead and not _is_fixed(of):
                yield Untranslatable("Python looks behind by a fixed width only", at)
            if not ahead and refers(of):  # which is matched from right to left
                yield Untranslatable("Python goes back to no group while it looks behind", at)
            inside = yield from _written(of, matched)
            return f"(?{'' if ahead else '<'}{'!' if negated else '='}{inside})"
        case Group(of):
            inside = yield from _written(of, matched)
            return f"({_opening(tree)}{inside})"
        case Repeat(of):
            inside = yield from _written(of, matched)
            return f"{inside}{_count(tree)}{'?' if tree.lazy else ''}"
        case Either(of):
            alternatives: list[str] = []
            for part in of:
                alternative = yield from _written(part, matched)
                alternatives.append(alternative)
            return "|".join(alternatives)
        case Sequence(of):
            parts: list[str] = []
            for part in of:
                written = yield from _written(part, matched)
                parts.append(written)
                matched |= _captured(part)
            return "".join(parts)


def _captured(tree: Node) -> frozenset[int]:
    """Return the groups that have matched wherever the tree has."""
    match tree:
        case Group(of, number):
            return _captured(of) if number is None else _captured(of) | {number}
        case Sequence(of):
            return frozenset[int]().union(*map(_captured, of))
        case _:
            return frozenset()


def _is_fixed(tree: Node) -> bool:
    taken = width(tree)
    return taken is not None and taken <= _FARTHEST


def _opening(group: Group) -> str:
    if group.number is None:
        return "?:"
    # Python takes no `$` in a name; without one, a group keeps its number.
    return f"?P<{group.name}>" if group.name and group.name.isidentifier() else ""


def _count(repeat: Repeat) -> str:
    least = min(repeat.least, _MOST)
    most = None if repeat.most is None or repeat.most > _MOST else repeat.most
    match least, most:
        case 0, None:
            return "*"
        case 1, None:
            return "+"
        case 0, 1:
            return "?"
        case _, None:
            return f"{{{least},}}"
        case _:
            return f"{{{least}}}" if least == most else f"{{{least},{most}}}"


def _atom(tree: One | Start | End | Boundary) -> str:
    match tree:
        case One():
            return _character(tree)
        case Start():
            return "^"
        case End():
            return r"\Z"  # `$` matches before a line feed at the end, too
        case Boundary(negated):
            # By ASCII alone; and before Python 3.14, \B takes no empty text.
            return r"(?!(?a:\b))" if negated else r"(?a:\b)"


def _character(tree: One) -> str:
    if tree.points in ((), ALL):
        return r"[\s\S]" if tree.points else r"[^\s\S]"
    first, last = tree.ranges[0]
    if not tree.negated and len(tree.ranges) == 1 and first == last:
        return _escaped(first, _SPECIAL)
    members = [_member(range_) for range_ in dict.fromkeys(tree.ranges)]
    if members[-1] == r"\-":
        members[-1] = "-"  # nothing follows to which it could be a range
    return f"[{'^' if tree.negated else ''}{''.join(members)}]"


def _property(tree: Property) -> str:
    """Return a class in which categories stand by their short names: `[\\p{Lu}]`.

    `re` does not know them; the runtime puts ranges in their place.
    """
    named = (f"\\{'P' if negated else 'p'}{{{category(name)}}}" for name, negated in tree.names)
    members = "".join((*map(_member, dict.fromkeys(tree.ranges)), *named))
    return f"[{'^' if tree.negated else ''}{members}]"


def _member(range_: Range) -> str:
    first, last = range_
    if first == last:
        return _escaped(first, _SPECIAL_IN_CLASS)
    ends = (_escaped(point, _SPECIAL_AT_ENDS) for point in range_)
    return ("" if first + 1 == last else "-").join(ends)


def _escaped(point: int, special: frozenset[str]) -> str:
    letter = chr(point)
    if letter in special:
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    if letter in _CONTROLS:
        return _CONTROLS[letter]
    sign, digits = ("x", 2) if point < 0x100 else ("u", 4) if point < 0x10000 else ("U", 8)
    return f"\\{sign}{point:0{digits}x}"
