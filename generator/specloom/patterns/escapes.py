"""What a backslash means in a regular expression, and what square brackets hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specloom.patterns.ranges import DIGITS, SPACE, WORD, Ranges, complement
from specloom.patterns.syntax import Node, One, Property

# Whatever is not complete comes out as a backslash and one character, and is refused.
ESCAPE = (
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u\{[0-9a-fA-F]+\}"
    r"|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|k<[^>]*>|[0-9]+|[^0-9])"
)
_MEMBER = re.compile(rf"(?P<escape>{ESCAPE})|(?s:.)")
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
        return Property(at)
    point = _point(escape, at)
    return One(((point, point),))


def bracketed(text: str, at: int) -> Node:
    """Return what a class matches, `[…]` with its brackets."""
    negated = text.startswith("[^")
    begin = 2 if negated else 1
    members = list(_members(text[begin:-1], at + begin))
    ranges: list[tuple[int, int]] = []
    i = 0
    while i < len(members):
        found, here = members[i]
        if found is None:
            return Property(at)
        ends = members[i + 2][0] if _is_range(members, i) else None
        if ends is None or not (_single(found) and _single(ends)):
            # Annex B, B.1.2.8.1: a hyphen beside a set (`[\w-.]`) is a hyphen.
            ranges.extend(found)
            i += 1
        elif found[0][0] <= ends[0][0]:
            ranges.append((found[0][0], ends[0][0]))
            i += 3
        else:
            raise Mistake("a range ends before it begins", here)
    return One(tuple(ranges), negated)


def _is_range(members: list[tuple[Ranges | None, int]], i: int) -> bool:
    return i + 2 < len(members) and members[i + 1][0] == ((0x2D, 0x2D),)


def _single(ranges: Ranges) -> bool:
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]


def _members(text: str, at: int) -> Iterator[tuple[Ranges | None, int]]:
    """Yield each member of a class and where it stands; None for a property of Unicode."""
    for match in _MEMBER.finditer(text):
        here = at + match.start()
        if not match["escape"]:
            yield ((ord(match[0]), ord(match[0])),), here
        elif match[0] == r"\b":
            yield ((0x08, 0x08),), here
        else:
            node = one(match[0], here)
            yield (None if isinstance(node, Property) else _written(node)), here


def _written(node: One) -> Ranges:
    return complement(node.ranges) if node.negated else node.ranges


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
