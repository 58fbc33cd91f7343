"""What of a request may ask for a page: single parameters of its query, members of its body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specloom import ir
from specloom.lower.pages.listing import Definitions, bare, object_of
from specloom.lower.pages.words import plain

TEXTS = (ir.ScalarKind.STRING, ir.ScalarKind.UUID)
NUMBERS = (ir.ScalarKind.INTEGER, ir.ScalarKind.NUMBER)
CURSORS = (*TEXTS, ir.ScalarKind.INTEGER)
"""What a cursor may be: what is written in one way only."""
_PLAIN = tuple(ir.Styled(style=ir.Style.FORM, explode=explode) for explode in (True, False))


@dataclass(frozen=True, slots=True)
class Asking:
    asked: ir.Asked
    kind: ir.ScalarKind
    of: ir.Parameter | ir.Property

    @property
    def word(self) -> str:
        return plain(self.asked.name.raw)


def asking(operation: ir.Operation, definitions: Definitions) -> Iterator[Asking]:
    """Return what may ask for a page; what has several values does not."""
    for parameter in operation.parameters:
        kind = kind_of(parameter.type, definitions)
        is_query = parameter.location is ir.Location.QUERY and parameter.writing in _PLAIN
        if is_query and kind is not None:
            yield Asking(ir.Asked(parameter.wire_name), kind, parameter)
    for member in _members(operation.body, definitions):
        kind = kind_of(member.type, definitions)
        if kind is not None:
            yield Asking(ir.Asked(member.wire_name, in_body=True), kind, member)


def is_keyed(operation: ir.Operation) -> bool:
    """Return whether a request has a key that says that it is the same as another."""
    return any(p.wire_name.raw.lower() == "idempotency-key" for p in operation.parameters)


def _members(body: ir.Body | None, definitions: Definitions) -> tuple[ir.Property, ...]:
    """Return the members of a body that can only be one object, as JSON."""
    match () if body is None else body.contents:
        case (ir.Content(codec=ir.Codec.JSON, type=ir.TypeId() as type_),):
            shape = object_of(bare(ir.Ref(type_), definitions), definitions)
            return () if shape is None else shape.properties
        case _:
            return ()


def kind_of(type_: ir.Type, definitions: Definitions) -> ir.ScalarKind | None:
    """Return what a text or a number is; of a union of such cursors, that it is a text."""
    found = bare(type_, definitions)
    if isinstance(found, ir.Scalar):
        return found.kind if found.kind in (*TEXTS, *NUMBERS) else None
    shape = definitions[found.target].shape if isinstance(found, ir.Ref) else None
    if not isinstance(shape, ir.Union):
        return None
    variants = (bare(variant.type, definitions) for variant in shape.variants)
    kinds = {v.kind if isinstance(v, ir.Scalar) else None for v in variants}
    return ir.ScalarKind.STRING if kinds.issubset(CURSORS) else None
