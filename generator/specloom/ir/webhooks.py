"""What webhooks bring, and how one is told from another."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from specloom.ir.ids import OperationId, TypeId
from specloom.values import Place, Text


@dataclass(frozen=True, slots=True)
class ByPayload:
    """By what they bring, which is of one type: a union whose variants are told apart, or the same."""

    payload: TypeId


@dataclass(frozen=True, slots=True)
class Event:
    """Webhooks of which a header says the same."""

    value: Text
    payload: TypeId
    """Of several: a union whose variants are told apart."""
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHeader:
    """By what a header says first, and then by what they bring."""

    header: Text
    events: tuple[Event, ...]
    is_shown: bool
    """Whether its values are those of examples: the document says nowhere that they are all."""
    parameters: tuple[Place, ...] = field(compare=False)
    """The headers of the webhooks that say so, as parameters."""


@dataclass(frozen=True, slots=True)
class ByAddress:
    """By nothing that is in them: whoever has an address for each knows what comes there."""

    payloads: tuple[tuple[OperationId, TypeId], ...]


Telling: TypeAlias = ByPayload | ByHeader | ByAddress


class Signing(Enum):
    """How a sender says that it is the one."""

    STANDARD = "Standard Webhooks"
    """Also where the document does not say: there its users decide."""
    HUB = "X-Hub-Signature-256"
    OTHER = "another"
    """A header is declared for it that nothing is known of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhooks:
    """Those that bring JSON, as a whole."""

    telling: Telling
    signing: Signing
    signatures: tuple[Place, ...] = field(compare=False)
    """The headers that say so, as parameters."""
    at: Place = field(compare=False)
