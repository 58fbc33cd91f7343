"""Trying what a ledger says: a node gets another legal value, and the document is made again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from specloom.ledger import Bucket, Entry
from specloom.values import Place

from .changes import Leaf, changed, leaves, put
from .effects import Effect, Made, effect

WANTED: Mapping[Bucket, tuple[Effect, ...]] = {
    Bucket.GENERATED: (Effect.CODE, Effect.REFUSAL),
    Bucket.DOCUMENTATION: (Effect.PROSE,),
    Bucket.IGNORED: (Effect.NONE,),
    Bucket.UNSUPPORTED: (Effect.NONE,),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """A node that can be changed, and what the ledger says of it."""

    document: Made
    leaf: Leaf
    entry: Entry

    @property
    def kind(self) -> tuple[str, ...]:
        """Return what it has in common with others: object, field, bucket and rule."""
        return (self.leaf.noun, self.leaf.field, self.entry.bucket.value, self.entry.reason)

    def lie(self) -> str:
        """Return what is not so about the entry; empty where it holds."""
        other = changed(self.leaf, self.entry.reason)
        found = effect(self.document, put(self.document.root.value, self.leaf.path, other))
        if found in WANTED[self.entry.bucket]:
            return ""
        words = " ".join(filter(None, self.kind))
        return f"{self.leaf.pointer} ({words}): another value moves {found.value}"


def trials(document: Made) -> Iterator[Trial]:
    """Return all that can be tried of a document."""
    entries = document.ledger.entries
    for leaf in leaves(document.root.value):
        trial = Trial(document, leaf, entries[Place(document.root.at.file, leaf.pointer)])
        if changed(leaf, trial.entry.reason) is not None:
            yield trial


def chosen(
    document: Made, random: Random, most: int, tried: Counter[tuple[str, ...]]
) -> Iterator[Trial]:
    """Return some trials, of those kinds first of which the fewest were tried; count them."""
    all_ = [(random.random(), trial) for trial in trials(document)]
    for _ in range(min(most, len(all_))):
        best = min(all_, key=lambda each: (tried[each[1].kind], each[0]))
        all_.remove(best)
        tried[best[1].kind] += 1
        yield best[1]
