"""What lowering yields on its way: definitions that still lack their usage, and findings."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from specloom import ir
from specloom.diagnostics import Diagnostic
from specloom.document.root import Document
from specloom.values import Place, Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A definition, before it is known which way it travels."""

    id: ir.TypeId
    hints: tuple[ir.Hint, ...]
    shape: ir.Shape
    nullable: bool = False
    docs: ir.Docs = ir.NO_DOCS
    at: Place = field(compare=False)
    read_only: tuple[Place, ...] = field(default=(), compare=False)
    write_only: tuple[Place, ...] = field(default=(), compare=False)


Lowering: TypeAlias = Generator[Draft | Diagnostic, None, T]
"""Returns a value, and yields the definitions and findings that came up on the way to it."""


def each(lowerings: Iterable[Lowering[T]]) -> Lowering[tuple[T, ...]]:
    """Run several lowerings, one after another."""
    values: list[T] = []
    for lowering in lowerings:
        value = yield from lowering
        values.append(value)
    return tuple(values)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a schema is mentioned: what an inline type in it is named after."""

    document: Document
    owner: ir.TypeId | ir.OperationId
    words: tuple[Text, ...] = ()

    def within(self, *words: Text) -> Site:
        return Site(self.document, self.owner, (*self.words, *words))

    def inside(self, owner: ir.TypeId) -> Site:
        return Site(self.document, owner)

    @property
    def hint(self) -> ir.Under:
        return ir.Under(self.owner, self.words)
