"""What lowering yields on its way: definitions that still lack their usage, and findings."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from specloom import ir
from specloom.diagnostics import Diagnostic
from specloom.document.root import Document
from specloom.unions import Schemas
from specloom.values import Place, Text

T = TypeVar("T")

SENT = "/(sent)"
"""What follows the address of a definition that is another where it is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A definition, before it is known which way it travels."""

    id: ir.TypeId
    hints: tuple[ir.Hint, ...]
    shape: ir.Shape
    nullable: bool = False
    twin: ir.TypeId | None = None
    docs: ir.Docs = ir.NO_DOCS
    at: Place = field(compare=False)


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
    schemas: Schemas = field(repr=False)
    """The same document, as unions are judged."""
    owner: ir.TypeId | ir.OperationId
    words: tuple[Text, ...] = ()
    foreign: bool = False
    """Whether what is mentioned has its definition elsewhere: within a component that is a part."""
    around: tuple[tuple[frozenset[Place], ir.TypeId | None], ...] = ()
    """What is around it and was put together of several schemas: of which, and its definition, if
    it has one."""
    owners: frozenset[ir.TypeId] = frozenset()
    """The types that it is within: a union that holds itself comes by them again."""

    def within(self, *words: Text) -> Site:
        return replace(self, words=(*self.words, *words))

    def inside(self, owner: ir.TypeId, made_of: frozenset[Place] = frozenset()) -> Site:
        around = ((made_of, owner),) if made_of else ()
        return replace(
            self,
            owner=owner,
            words=(),
            around=(*self.around, *around),
            owners=self.owners | {owner},
        )

    def beside(self, made_of: frozenset[Place]) -> Site:
        """Return the same place within a type that has no definition."""
        known = not made_of or any(known == made_of for known, _ in self.around)
        return self if known else replace(self, around=(*self.around, (made_of, None)))

    @property
    def hint(self) -> ir.Under:
        return ir.Under(self.owner, self.words)
