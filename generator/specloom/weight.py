"""How much a model weighs: about what a package of it has in characters, and rarely more.

It is counted before anything is written, for a document can mean much more than it says: a text
that a thousand operations share is told by each of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from types import NoneType
from typing import Final, cast

from specloom.values import Json, Place, Text

_NODE: Final = 40
"""For each part of a model: a line, or some words of one."""
_ADDRESS: Final = 200
"""What an address has beyond this counts: the lock spells them."""
_WEIGHTLESS: Final = frozenset((NoneType, str, int, float, bool))
_WORDS: Final = frozenset((Text, Json))
_GROUPS: Final = frozenset((tuple, frozenset))


def weight(*parts: object) -> int:
    """Return what parts of a model weigh, with all that is within them."""
    total = 0
    pending = [*parts]
    while pending:
        one = pending.pop()
        kind = type(one)
        if kind in _WEIGHTLESS:
            continue
        if kind is Place:
            total += max(0, len(cast("Place", one).pointer) - _ADDRESS)
        elif kind in _WORDS:
            total += len(cast("Text | Json", one).raw)
        elif kind in _GROUPS:
            pending.extend(cast("Iterable[object]", one))
        elif not isinstance(one, Enum):
            total += _NODE
            pending.extend(getattr(one, name) for name in getattr(kind, "__slots__", ()))
    return total
