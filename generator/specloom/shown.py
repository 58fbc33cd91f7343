"""Words for the eyes of a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.values import Text

_LONGEST = 200
_UNSEEN = frozenset(
    map(
        chr,
        (
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810)),
            *(0x2800, 0x3164, *range(0xFE00, 0xFE10), 0xFFA0, *range(0xE0100, 0xE01F0)),
        ),
    )
)
"""What is printable to Python and takes no ink: `Default_Ignorable_Code_Point`, and one blank."""


def shown(text: Text | str) -> str:
    """Return the text of a document for a terminal: printable ASCII-escaped, and not endless."""
    raw = text if isinstance(text, str) else text.raw
    return escaped(raw if len(raw) <= _LONGEST else raw[:_LONGEST] + "...")


def counted(count: int, noun: str, nouns: str = "") -> str:
    """Return a number of things; `nouns` is the plural where it is not the noun and an s."""
    return f"{count} {noun if count == 1 else nouns or f'{noun}s'}"


def escaped(text: str) -> str:
    """Return a text with escapes for what a terminal would obey, hide or turn around."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c.isprintable() and c not in _UNSEEN else ascii(c)[1:-1] for c in text)
