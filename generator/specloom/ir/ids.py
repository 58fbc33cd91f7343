"""What things are known by, what is said of them, and what they may be called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from specloom.values import EMPTY, Json, Text, Untrusted


@dataclass(frozen=True, slots=True, order=True)
class TypeId(Untrusted):
    """The address of a definition: the JSON pointer of the schema that it was made from."""

    address: str


@dataclass(frozen=True, slots=True, order=True)
class OperationId(Untrusted):
    """The address of an operation: it exists where `operationId` does not."""

    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Docs:
    summary: Text = EMPTY
    description: Text = EMPTY
    deprecated: bool = False
    told: tuple[Told, ...] = ()
    """What is said of single values of an enum."""


@dataclass(frozen=True, slots=True)
class Told:
    value: Json
    label: Text
    description: Text


NO_DOCS = Docs()


@dataclass(frozen=True, slots=True)
class Said:
    """A name that the author wrote."""

    text: Text


@dataclass(frozen=True, slots=True)
class Under:
    """A name made of its owner's final name and some words: order + item."""

    owner: TypeId | OperationId
    words: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """The last words that the names of these have in common: what variants are kinds of."""

    among: tuple[TypeId, ...]


Hint: TypeAlias = Said | Under | Shared
"""Candidates for a name stand in order of merit; the last `Under` is unique by construction."""
