"""Source text that this program vouches for."""

from __future__ import annotations


class Code(str):
    """Python source. Made of our own words, and of what the three doors return; nothing else.

    The renderer refuses any other string, so text of a document cannot reach a file.
    """

    __slots__ = ()


NOTHING = Code("")


class Identifier(Code):
    """A name that `naming` has chosen: an ASCII identifier, no keyword, unique in its scope."""

    __slots__ = ()
