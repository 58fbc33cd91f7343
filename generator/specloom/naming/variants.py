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
    step: str
    """What stands for its position in a list."""
    marks: tuple[str, ...]
    """All that it may have been known by, the best first."""
    is_home: bool
    """Whether it stands in the schema of this union, not in that of one within it."""


def inline(api: ir.Api) -> Iterator[Inline]:
    """Return the variants that stand within their unions, each with what it is known by."""
    definitions = {d.id: d for d in api.definitions}
    for definition in api.definitions:
        if isinstance(definition.shape, ir.Union):
            yield from _of_union(definition.id, definition.shape, definitions)


def _of_union(
    id_: ir.TypeId, union: ir.Union, definitions: Mapping[ir.TypeId, ir.Definition]
) -> Iterator[Inline]:
    by_tag, by_key = tags(union.verdict.choice), keys(union.verdict.choice)

    def known_by(number: int) -> Iterator[str]:
        """Return the values of its tag, its title, the member that decides, the kind of values."""
        type_ = union.variants[number].type
        yield from map(_tag, by_tag.get(number, ()))
        if isinstance(type_, ir.Ref):
            yield from _said(definitions[type_.target].hints)
        if number in by_key:
            yield by_key[number].raw
        yield "object" if isinstance(type_, ir.Ref) else variant_step(union, number)

    marks = {
        number: tuple(dict.fromkeys(known_by(number)))
        for number, variant in enumerate(union.variants)
        if not isinstance(variant.type, ir.Ref) or variant.type.target.address == variant.at.pointer
    }
    steps = dict(_steps(marks))
    for number, of in marks.items():
        variant = union.variants[number]
        yield Inline(
            pointer=variant.at.pointer,
            position=number,
            target=variant.type.target if isinstance(variant.type, ir.Ref) else None,
            step=steps.get(number, variant.at.pointer.rpartition("/")[2]),
            marks=of,
            is_home=variant.at.pointer.startswith(f"{id_.address}/"),
        )


def _steps(marks: Mapping[int, tuple[str, ...]]) -> Iterator[tuple[int, str]]:
    """Return the best mark of each that is not the best, or the next best, of another."""
    best = Counter(of[0] for of in marks.values())
    chosen = {
        number: of[0] if best[of[0]] == 1 else next((m for m in of if not best[m]), of[0])
        for number, of in marks.items()
    }
    counts = Counter(chosen.values())
    yield from ((number, mark) for number, mark in chosen.items() if counts[mark] == 1)


def _tag(value: Json) -> str:
    """Return a string as it is, and 1 as another mark than "1"."""
    return value.value if isinstance(value.value, str) else f"({value.raw})"


def _said(hints: tuple[ir.Hint, ...]) -> Iterator[str]:
    match hints[-1]:
        case ir.Under(_, (*_, word)) if not _BY_POSITION.fullmatch(word.raw):
            yield word.raw
        case _:
            pass
