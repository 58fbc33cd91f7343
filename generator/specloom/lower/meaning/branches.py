"""The unions among the parts of a schema: those of types, and those that only narrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.meaning.parts import Part
from specloom.lower.meaning.requirements import is_requirement
from specloom.lower.meaning.restricted import restricted
from specloom.values import Json

_DEEPEST = 8
_UNEVALUATED = frozenset(("unevaluatedProperties", "unevaluatedItems"))


@dataclass(frozen=True, slots=True)
class Branch:
    """A union, and the part that it stands in."""

    part: Part
    keyword: str

    @property
    def alternatives(self) -> tuple[Schema, ...]:
        return self.part.schema.one_of if self.keyword == "oneOf" else self.part.schema.any_of


@dataclass(frozen=True, slots=True)
class Branches:
    of_types: tuple[Branch, ...]
    held: tuple[Schema, ...]
    """Schemas of nothing but a union that only narrows what stands around it."""
    listed: tuple[tuple[Json, ...], ...]
    """The values of unions of constants, where others are listed beside them."""


_NONE = Branches((), (), ())


def branches(found: tuple[Part, ...], document: Document) -> Branches:
    """Return the unions of all parts, in order."""
    bearing = tuple(_branches(found))
    if not bearing:
        return _NONE
    leaves = tuple(part.schema for part in found)
    finite = any(leaf.const is not None or leaf.enum is not None for leaf in leaves)
    # what looks at all that stands beside it cannot be had without the union
    whole = any(not _UNEVALUATED.isdisjoint(leaf.node.keys) for leaf in leaves)
    of_types: list[Branch] = []
    held: list[Schema] = []
    listed: list[tuple[Json, ...]] = []
    for branch in bearing:
        constants = _constants(branch.alternatives, document) if finite else None
        if constants is not None:
            listed.append(constants)
        elif finite or whole or is_requirement(branch.alternatives, leaves):
            held.append(restricted(branch.part.schema, frozenset((branch.keyword,))))
        else:
            of_types.append(branch)
    return Branches(tuple(of_types), tuple(held), tuple(listed))


def _branches(found: tuple[Part, ...]) -> Iterator[Branch]:
    for part in found:
        if part.schema.one_of:
            yield Branch(part, "oneOf")
        if part.schema.any_of:
            yield Branch(part, "anyOf")


def _constants(
    alternatives: tuple[Schema, ...], document: Document, depth: int = 0
) -> tuple[Json, ...] | None:
    """Return the values of a union of constants; None where it is of anything else."""
    found: list[Json] = []
    for alternative in alternatives:
        schema = document.schema(alternative) or alternative
        if schema.const is not None:
            found.append(schema.const)
        elif schema.enum is not None:
            found += schema.enum
        else:
            within = schema.one_of or schema.any_of
            values = (
                _constants(within, document, depth + 1) if within and depth < _DEEPEST else None
            )
            if values is None:
                return None
            found += values
    return tuple(found)
