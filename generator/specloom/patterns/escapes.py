"""What a backslash means in a regular expression, and what square brackets hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from specloom.patterns.ranges import DIGITS, SPACE, WORD, Range, Ranges, complement
from specloom.patterns.syntax import One, Property

# Whatever is not complete comes out as a backslash and one character, and is refused.
ESCAPE = (
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u\{[0-9a-fA-F]+\}"
    r"|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|k<[^>]*>|[0-9]+|[^0-9])"
)
_MEMBER = re.compile(rf"{ESCAPE}|(?s:.)")
_SETS = {"d": DIGITS, "w": WORD, "s": SPACE}
_CONTROLS = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D, "0": 0x00}


class Mistake(Exception):
    """Raised where something is no regular expression. It does not leave the parser."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


def one(escape: str, at: int) -> One | Property:
    """Return what an escape stands for that matches one character."""
    kind = escape[1]
    if kind.lower() in _SETS:
        return One(_SETS[kind.lower()], negated=kind.isupper())
    if escape[1:3].lower() == "p{":
        return Property(at, ((escape[3:-1], kind.isupper()),))
    point = _point(escape, at)
    return One(((point, point),))


class _Member(NamedTuple):
    """What stands in a class: a character, or a set that an escape names."""

    node: One | Property
    text: str
    at: int

    @property
    def point(self) -> int | None:
        """The code point of a single character."""
        match self.node:
            case One(((first, last),), False) if first == last:
                return first
            case _:
                return None


def bracketed(text: str, at: int) -> One | Property:
    """Return what a class matches, `[…]` with its brackets."""
    negated = text.startswith("[^")
    begin = 2 if negated else 1
    members = list(_members(text[begin:-1], at + begin))
    names = tuple(name for m in members if isinstance(m.node, Property) for name in m.node.names)
    if names:
        return Property(at, names, tuple(_ranges(members)), negated)
    return One(tuple(_ranges(members)), negated)


def _ranges(members: list[_Member]) -> Iterator[Range]:
    i = 0
    while i < len(members):
        first, last = members[i].point, _end(members, i)
        if first is None or last is None:
            # Annex B, B.1.2.8.1: a hyphen beside a set (`[\w-.]`) is a hyphen.
            yield from _written(members[i].node)
            i += 1
        elif first <= last:
            yield first, last
            i += 3
        else:
            raise Mistake("a range ends before it begins", members[i].at)


def _end(members: list[_Member], i: int) -> int | None:
    """Return the last code point of the range that begins with a member, if one does."""
    begins = i + 2 < len(members) and members[i + 1].text == "-"
    return members[i + 2].point if begins else None


def _members(text: str, at: int) -> Iterator[_Member]:
    for match in _MEMBER.finditer(text):
        letter = "\b" if match[0] == r"\b" else match[0]
        here = at + match.start()
        node = One(((ord(letter), ord(letter)),)) if len(letter) == 1 else one(letter, here)
        yield _Member(node, match[0], here)


def _written(node: One | Property) -> Ranges:
    match node:
        case One(ranges, negated):
            return complement(ranges) if negated else ranges
        case Property():
            return ()


def _point(escape: str, at: int) -> int:
    """Return the code point that an escape stands for (ECMA-262, section 22.2.1)."""
    kind, rest = escape[1], escape[2:]
    if kind in _CONTROLS and not rest:
        return _CONTROLS[kind]
    if kind == "c" and rest:
        return ord(rest) % 32
    if kind in "ux" and rest:
        return _hexadecimal(rest, at)
    if kind.isascii() and kind.isalnum():
        raise Mistake("this escape means nothing in ECMA-262", at)
    return ord(kind)  # Annex B: what has no meaning of its own may be escaped


def _hexadecimal(digits: str, at: int) -> int:
    if "\\" in digits:
        high, low = (int(half, 16) for half in digits.split("\\u"))
        return 0x10000 + (high - 0xD800) * 0x400 + (low - 0xDC00)
    significant = digits.strip("{}").lstrip("0") or "0"
    if len(significant) > 6 or (point := int(significant, 16)) > 0x10FFFF:
        raise Mistake("Unicode has no such code point", at)
    return point
