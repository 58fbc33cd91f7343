"""How much a model weighs: about what a package of it has in characters, and rarely more.

It is counted before anything is written, for a document can mean much more than it says: a text
that a thousand operations share is told by each of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final, cast

from specloom.values import Json, Place, Text

_NODE: Final = 40
"""For each part of a model: a line, or some words of one."""
_ADDRESS: Final = 200
"""What an address has beyond this counts: the lock spells them."""


def weight(*parts: object) -> int:
    """Return what parts of a model weigh, with all that is within them."""
    total = 0
    pending = [*parts]
    while pending:
        one = pending.pop()
        if one is None or isinstance(one, (str, int, float, Enum)):
            continue
        if isinstance(one, Place):
            total += max(0, len(one.pointer) - _ADDRESS)
            continue
        if isinstance(one, (Text, Json)):
            total += len(one.raw)
        elif isinstance(one, (tuple, frozenset)):
            pending.extend(cast("Iterable[object]", one))
        else:
            total += _NODE
            pending.extend(getattr(one, name) for name in getattr(type(one), "__slots__", ()))
    return total
