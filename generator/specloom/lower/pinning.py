"""The tags of variants: in an object that a tag means, that member has no other value.

Authors write `kind: {type: string}` and leave it to the `discriminator` which text means which
variant. Where all unions agree on that, the member is one of those texts, so that nobody has to
spell what the class says already, and type checkers know the class by its tag.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from specloom import ir
from specloom.graph import exchanged, roots, seen_through, targets
from specloom.lower.draft import SENT
from specloom.unions.ends import reached
from specloom.values import Json, Kind, Text, kind_of
from specloom.verdict import ByTag, tag_of


@dataclass(frozen=True, slots=True)
class _Pin:
    """What one union says of the tag of one object."""

    name: Text
    values: tuple[Json, ...]
    required: bool
    """Whether an object without the tag is another's."""


def pinned(
    definitions: tuple[ir.Definition, ...],
    operations: Iterable[ir.Operation],
    incoming: Iterable[ir.Incoming],
    parents: Collection[str],
) -> tuple[ir.Definition, ...]:
    """Return definitions whose tags have the values that mean them, and no others.

    `parents` are the addresses of those that others inherit from: where one comes without its
    union, it may be an heir that comes, with a tag of its own.
    """
    pins: dict[ir.TypeId, list[_Pin]] = {}
    for definition in definitions:
        for id_, pin in _pins(definition.shape):
            pins.setdefault(id_, []).append(pin)
    elsewhere = frozenset(_elsewhere(definitions, operations, incoming))
    told = pins.keys() - {i for i in elsewhere if i.address.removesuffix(SENT) in parents}
    known = {definition.id: definition for definition in definitions}
    return tuple(
        (
            _narrowed(one, pins[one.id], known, is_variant=one.id not in elsewhere)
            if one.id in told
            else one
        )
        for one in definitions
    )


def _pins(shape: ir.Shape) -> Iterator[tuple[ir.TypeId, _Pin]]:
    tag = tag_of(shape.verdict.choice) if isinstance(shape, ir.Union) else None
    if tag is None or not isinstance(shape, ir.Union):
        return
    untold = reached(tag.absent) if tag.absent else ()
    for number, values in _values(tag).items():
        match shape.variants[number].type:
            case ir.Ref(target):
                yield target, _Pin(tag.name, values, required=number not in untold)
            case _:
                pass


def _values(tag: ByTag) -> Mapping[int, tuple[Json, ...]]:
    """Return the values that mean each variant, but for those that take values of no list."""
    found: dict[int, tuple[Json, ...]] = {}
    for values, of in tag.cases:
        for number in reached(of):
            found[number] = (*found.get(number, ()), *values)
    unlisted = reached(tag.others) if tag.others else ()
    return {number: values for number, values in found.items() if number not in unlisted}


def _elsewhere(
    definitions: Iterable[ir.Definition],
    operations: Iterable[ir.Operation],
    incoming: Iterable[ir.Incoming],
) -> Iterator[ir.TypeId]:
    """Return what may come where no tag has been looked at."""
    for definition in definitions:
        told = {id_ for id_, _ in _pins(definition.shape)}
        yield from (id_ for id_ in targets(definition.shape) if id_ not in told)
    for operation in operations:
        yield from roots(operation)
    for request in incoming:
        yield from exchanged(request)


def _narrowed(
    definition: ir.Definition,
    pins: list[_Pin],
    known: Mapping[ir.TypeId, ir.Definition],
    *,
    is_variant: bool,
) -> ir.Definition:
    shape, pin = definition.shape, pins[0]
    if not isinstance(shape, ir.Object) or any(_said(other) != _said(pin) for other in pins):
        return definition
    if not any(p.wire_name == pin.name for p in shape.properties):
        added = _added(definition, pin) if is_variant and pin.required and not shape.closed else ()
        return replace(definition, shape=replace(shape, properties=(*added, *shape.properties)))
    properties = tuple(
        (
            replace(p, type=_pinned(seen_through(p.type, known), pin.values, is_variant) or p.type)
            if p.wire_name == pin.name and (p.default is None or p.default.value in pin.values)
            else p
        )
        for p in shape.properties
    )
    return replace(definition, shape=replace(shape, properties=properties))


def _said(pin: _Pin) -> tuple[Text, frozenset[Json], bool]:
    return pin.name, frozenset(pin.values), pin.required


def _added(definition: ir.Definition, pin: _Pin) -> tuple[ir.Property, ...]:
    """Return the tag of an object that forgot to declare it: without one it would not be read."""
    type_ = ir.Literal(pin.values, tag=True)
    return (ir.Property(wire_name=pin.name, type=type_, required=True, at=definition.at),)


def _pinned(type_: ir.Type, values: tuple[Json, ...], is_variant: bool) -> ir.Literal | None:
    """Return the type of a tag. Where its object comes without the union, an enum may still grow."""
    match type_:
        case ir.Anything():
            return ir.Literal(values, tag=is_variant)
        case ir.Scalar(ir.ScalarKind.STRING) if _are_texts(values):
            return ir.Literal(values, tag=is_variant)
        case ir.Literal(listed) if left := tuple(value for value in listed if value in values):
            return ir.Literal(left, tag=is_variant)
        case _:
            return None


def _are_texts(values: tuple[Json, ...]) -> bool:
    return all(kind_of(value.value) is Kind.STRING for value in values)
