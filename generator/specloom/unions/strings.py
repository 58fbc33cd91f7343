"""What is known of strings by their patterns and formats: the room `patterns`, as unions ask it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

FORMATS: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    source: str


@dataclass(frozen=True, slots=True)
class Format:
    name: str


Language: TypeAlias = Pattern | Format


def none_fits(languages: Sequence[Language], least: int, most: int | None) -> bool:
    """Return whether it is proven that no string of these lengths is in all languages."""
    return False


def refuses(language: Language, text: str) -> bool:
    """Return whether it is proven that a text is not in a language."""
    return False


def found(source: str, text: str) -> bool | None:
    """Return whether a pattern is found in a text, or None where that is not known."""
    if takes(Pattern(source), text):
        return True
    return False if refuses(Pattern(source), text) else None


def takes(language: Language, text: str) -> bool:
    """Return whether it is proven that a text is in a language."""
    return False


def includes(one: Language, other: Language) -> bool:
    """Return whether it is proven that `one` has all strings of `other`."""
    return one == other


def examples(languages: Sequence[Language], least: int, most: int | None) -> tuple[str, ...]:
    """Return texts that are probably in all languages, the shortest first."""
    return ()
