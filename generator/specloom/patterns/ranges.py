"""Sets of characters, as ranges of code points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TypeAlias

Range: TypeAlias = tuple[int, int]
"""The first and the last of them."""
Ranges: TypeAlias = tuple[Range, ...]

LAST = 0x10FFFF
ALL: Ranges = ((0, LAST),)
SCALARS: Ranges = ((0, 0xD7FF), (0xE000, LAST))
"""What texts are made of: RFC 7493, section 2.1, keeps lone surrogates out of JSON."""

# ECMA-262, sections 22.2.2.9 (CharacterClassEscape), 12.2 (WhiteSpace), 12.3 (LineTerminator).
DIGITS: Ranges = ((0x30, 0x39),)
WORD: Ranges = ((0x41, 0x5A), (0x61, 0x7A), (0x30, 0x39), (0x5F, 0x5F))
LINE_ENDS: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
SPACE: Ranges = (
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)


def normal(ranges: Iterable[Range]) -> Ranges:
    """Return the same set in order, its ranges apart from one another."""
    merged: list[Range] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def complement(ranges: Iterable[Range]) -> Ranges:
    """Return all other code points."""
    gaps: list[Range] = []
    free = 0
    for first, last in normal(ranges):
        if first > free:
            gaps.append((free, first - 1))
        free = last + 1
    return (*gaps, (free, LAST)) if free <= LAST else tuple(gaps)


def contains(ranges: Ranges, point: int) -> bool:
    """Return whether a set in normal form has this code point."""
    at = bisect_right(ranges, (point, LAST)) - 1
    return at >= 0 and point <= ranges[at][1]
