"""How values are compared (RFC 9535, section 2.3.5.2.2): what is nothing is equal to nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias

from specloom.jsonpath.steps import Steps
from specloom.values import Tree


class Nothing(Enum):
    """What a query returns that selects no node."""

    NOTHING = "nothing"


Value: TypeAlias = "Tree | Nothing"


def compared(left: Value, operator: str, right: Value, steps: Steps) -> bool:
    match operator:
        case "==":
            return _equal(left, right, steps)
        case "!=":
            return not _equal(left, right, steps)
        case "<":
            return _less(left, right)
        case ">":
            return _less(right, left)
        case "<=":
            return _less(left, right) or _equal(left, right, steps)
        case _:
            return _less(right, left) or _equal(left, right, steps)


def _equal(left: Value, right: Value, steps: Steps) -> bool:
    steps.spend(1)
    match left, right:
        case (bool(), bool()) | (None, None) | (Nothing(), Nothing()) | (str(), str()):
            return left == right
        case (bool(), _) | (_, bool()):
            return False
        case (int() | float(), int() | float()):
            return left == right
        case (Mapping(), Mapping()):
            return left.keys() == right.keys() and all(
                _equal(value, right[key], steps) for key, value in left.items()
            )
        case (list(), list()):
            return len(left) == len(right) and all(
                _equal(one, other, steps) for one, other in zip(left, right, strict=True)
            )
        case _:
            return False


def _less(left: Value, right: Value) -> bool:
    match left, right:
        case (bool(), _) | (_, bool()):
            return False
        case (int() | float(), int() | float()):
            return left < right
        case (str(), str()):
            return left < right
        case _:
            return False
