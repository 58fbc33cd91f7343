"""What references of a document of several files mean, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from specloom.document.grammar import A, Grammar, Holds, MapOf
from specloom.values import Place


@dataclass(frozen=True, slots=True)
class Target:
    """A part of another file that the document gets: once, and under a name of its own."""

    at: Place
    holds: Holds


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a reference leads."""

    target: Target | None
    """None: into the file that the user named."""
    pointer: str = ""
    """From the target on, or from the top of that file."""


@dataclass(frozen=True, slots=True)
class Refers:
    """`$ref` becomes a local reference."""

    goal: Goal


@dataclass(frozen=True, slots=True)
class Stands:
    """What is referred to is written out in the place of the reference."""

    at: Place
    holds: Holds


@dataclass(frozen=True, slots=True)
class Means:
    """A word of a discriminator becomes a local reference."""

    goal: Goal


@dataclass(frozen=True, slots=True)
class Implies:
    """A discriminator gets tags that it left to the names of components, with their pointers."""

    tags: tuple[tuple[str, str], ...]


Edit: TypeAlias = "Refers | Stands | Means | Implies"


def sections(grammar: Grammar) -> dict[tuple[str, ...], A]:
    """Return where a dialect keeps what has a name, and what that is."""
    above = () if grammar.home == "document" else (grammar.home,)
    return {
        (*above, field): holds.value
        for field, holds in grammar.nouns[grammar.home].fields.items()
        if isinstance(holds, MapOf) and isinstance(holds.value, A)
    }
