"""The four buckets, and what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from specloom.values import Place


class Bucket(Enum):
    """What became of a node of the document; the strongest first."""

    GENERATED = "generated"
    """Another value would be another program."""
    DOCUMENTATION = "documentation"
    """Another value would be other docstrings, and the same program."""
    UNSUPPORTED = "unsupported"
    """It is left out, since the target allows that."""
    IGNORED = "ignored"
    """Another value would be the same package to the byte."""


class Entry(NamedTuple):
    bucket: Bucket
    reason: str = ""
    """The rule by which it is ignored, or what is unsupported; empty in the other buckets."""


GENERATED = Entry(Bucket.GENERATED)
DOCUMENTATION = Entry(Bucket.DOCUMENTATION)
_STRENGTH = {bucket: number for number, bucket in enumerate(Bucket)}


def ignored(rule: str) -> Entry:
    return Entry(Bucket.IGNORED, rule)


def strongest(entries: list[Entry]) -> Entry:
    """Return what an object comes to whose members came to `entries`: at least one."""
    return min(entries, key=lambda entry: _STRENGTH[entry.bucket])


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every node of a document, in its order."""

    entries: Mapping[Place, Entry]

    def within(self, place: Place) -> Iterator[tuple[Place, Entry]]:
        """Return a node and all below it."""
        below = f"{place.pointer}/"
        return (
            (at, entry)
            for at, entry in self.entries.items()
            if at.file == place.file
            and (at.pointer == place.pointer or at.pointer.startswith(below))
        )
