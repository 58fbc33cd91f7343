"""Streams: what an answer is a series of, and what its items are written in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from specloom.ir.ids import TypeId


class Part(Enum):
    """What of a server-sent event an item is."""

    DATA = "data"
    """Its data, which is JSON."""
    JSON = "json"
    """All of its fields as one object, `data` being JSON."""
    TEXT = "text"
    """The same, `data` being text."""
    EITHER = "either"
    """The same, `data` being JSON where it can be read as such."""


@dataclass(frozen=True, slots=True)
class Events:
    """Server-sent events (WHATWG HTML, section 9.2)."""

    item: TypeId | None
    """None: nothing is known of them, they are taken as they come."""
    part: Part = Part.DATA


@dataclass(frozen=True, slots=True)
class Lines:
    """JSON Lines: a value on each."""

    item: TypeId | None


@dataclass(frozen=True, slots=True)
class Records:
    """A JSON text sequence (RFC 7464)."""

    item: TypeId | None


@dataclass(frozen=True, slots=True)
class Chunks:
    """Octets, however they come."""

    item: TypeId | None = None
    is_told_apart: bool = False
    """Whether something else may come as well, so that the content type has to be looked at."""


Series: TypeAlias = Events | Lines | Records | Chunks
