"""What the variants of a union are known by, wherever they stand in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from specloom import ir
from specloom.graph import variant_step
from specloom.values import Json
from specloom.verdict import keys, tags

_BY_POSITION = re.compile(r"variant [0-9]+")
"""How lowering calls a variant that has no better name."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A variant that stands within its union."""

    pointer: str
    position: int
    target: ir.TypeId | None
    """Its definition, if it has one itself."""
    marks: tuple[str, ...]
    """What it may be known by, the best first; a mark that another variant has as well is none."""
    is_home: bool
    """Whether it stands in the schema of this union, not in that of one within it."""

    @property
    def step(self) -> str:
        """Return what stands for its position in a list."""
        return self.marks[0] if self.marks else self.pointer.rpartition("/")[2]


def inline(api: ir.Api) -> Iterator[Inline]:
    """Return the variants that stand within their unions, each with what it is known by."""
    definitions = {d.id: d for d in api.definitions}
    for definition in api.definitions:
        if isinstance(definition.shape, ir.Union):
            yield from _of_union(definition.id, definition.shape, definitions)


def _of_union(
    id_: ir.TypeId, union: ir.Union, definitions: Mapping[ir.TypeId, ir.Definition]
) -> Iterator[Inline]:
    marks = {
        number: tuple(dict.fromkeys(_marks(union, number, definitions)))
        for number, variant in enumerate(union.variants)
        if not isinstance(variant.type, ir.Ref) or variant.type.target.address == variant.at.pointer
    }
    counts = Counter(mark for of in marks.values() for mark in of)
    for number, of in marks.items():
        variant = union.variants[number]
        yield Inline(
            pointer=variant.at.pointer,
            position=number,
            target=variant.type.target if isinstance(variant.type, ir.Ref) else None,
            marks=tuple(mark for mark in of if counts[mark] == 1),
            is_home=variant.at.pointer.startswith(f"{id_.address}/"),
        )


def _marks(
    union: ir.Union, number: int, definitions: Mapping[ir.TypeId, ir.Definition]
) -> Iterator[str]:
    """Return the values of its tag, its title, the member that decides, the kind of its values."""
    choice, type_ = union.verdict.choice, union.variants[number].type
    yield from map(_tag, tags(choice).get(number, ()))
    if isinstance(type_, ir.Ref):
        yield from _said(definitions[type_.target].hints)
    if number in keys(choice):
        yield keys(choice)[number].raw
    yield "object" if isinstance(type_, ir.Ref) else variant_step(union, number)


def _tag(value: Json) -> str:
    """Return a string as it is, and 1 as another mark than "1"."""
    return value.value if isinstance(value.value, str) else f"({value.raw})"


def _said(hints: tuple[ir.Hint, ...]) -> Iterator[str]:
    match hints[-1]:
        case ir.Under(_, (*_, word)) if not _BY_POSITION.fullmatch(word.raw):
            yield word.raw
        case _:
            pass
