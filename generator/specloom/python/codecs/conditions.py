"""Lines that ask one thing of a value before what is indented below them."""

from __future__ import annotations

from specloom.code import Code
from specloom.python.layout import Alternatives


def unless(value: Code, absent: Code) -> Alternatives:
    """Return `if value is not UNSET:`, or of another value that says that there is none."""
    return _asked(value, Code("is not"), absent)


def having(name: Code, members: Code) -> Alternatives:
    """Return `if "name" in members:`."""
    return _asked(name, Code("in"), members)


def _asked(value: Code, operator: Code, other: Code) -> Alternatives:
    return Alternatives(Code("if "), (value, other), Code(":"), operator)
