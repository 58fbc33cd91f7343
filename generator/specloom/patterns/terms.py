"""What regular expressions are asked by, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Pattern:
    """The texts in which an ECMA-262 regular expression finds something."""

    text: str


@dataclass(frozen=True, slots=True)
class Format:
    """The texts of a format. One that is not in `EXPRESSIONS` asserts nothing."""

    name: str


Language: TypeAlias = Pattern | Format


@dataclass(frozen=True, slots=True)
class Empty:
    """A proof that there is none."""


@dataclass(frozen=True, slots=True)
class Example:
    """One of the shortest. Where it is not `exact`, it may fulfil less than was asked."""

    text: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class GaveUp:
    """There may be some or none: it would have taken too many steps to find out."""

    reason: str


Meeting: TypeAlias = "Empty | Example | GaveUp"


@dataclass(frozen=True, slots=True)
class Untranslatable:
    """What Python does not say, and where it stands in the pattern."""

    reason: str
    offset: int
