"""Which way a type travels, and by which operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from specloom import ir
from specloom.components import reachable
from specloom.explain.facts import Fact, wire
from specloom.explain.subjects import name_of
from specloom.graph import inside, mentioned, targets
from specloom.lower.schemas.media import FORMS
from specloom.printing import status
from specloom.python.annotations import World

_LISTED = 6


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of an operation that types travel in."""

    carrier: str
    """As in "in answer 200 of `jobs.start`"."""
    types: tuple[ir.TypeId, ...]
    is_flat: bool = False
    """Whether it has no null for what stands in it: a form, a query, a path."""


Way: TypeAlias = Callable[[ir.Operation, World], Iterator[Leg]]


def travel_facts(definition: ir.Definition, world: World) -> Iterator[Fact]:
    """Return by which operations a type is sent, and by which it is received."""
    holders = _holders(definition.id, world)
    sent = tuple(_journeys(definition.id, _sent, holders, world))
    received = tuple(_journeys(definition.id, _received, holders, world))
    sent += tuple(_incoming(definition.id, holders, world, is_sent=True))
    received += tuple(_incoming(definition.id, holders, world, is_sent=False))
    yield from _listed("sent", sent)
    yield from _listed("received", received)
    if not (sent or received):
        yield "travels", "no operation reaches it, so it counts as received"


def is_flattened(definition: ir.Definition, world: World) -> bool:
    """Return whether a type is sent as a form or in a URL, by itself or as a variant."""
    unions = {d.id for d in world.api.definitions if isinstance(d.shape, ir.Union)}
    owners = {u for u in unions if definition.id in targets(world.definitions[u].shape)}
    return any(
        leg.is_flat and not owners.union((definition.id,)).isdisjoint(leg.types)
        for operation in world.api.operations
        for leg in _sent(operation, world)
    )


def _sent(operation: ir.Operation, world: World) -> Iterator[Leg]:
    name = f"`{name_of(operation, world)}`"
    for parameter in operation.parameters:
        carrier = f"the parameter `{wire(parameter.wire_name)}` of {name}"
        yield Leg(carrier, tuple(mentioned(parameter.type)), is_flat=True)
    for content in operation.body.contents if operation.body else ():
        is_flat = content.codec in FORMS
        if types := tuple(inside(content)):
            yield Leg(f"the body of {name}", types, is_flat)


def _received(operation: ir.Operation, world: World) -> Iterator[Leg]:
    for response in operation.responses:
        carrier = f"answer {status(response.status)} of `{name_of(operation, world)}`"
        types = [id_ for content in response.contents for id_ in inside(content)]
        if types:
            yield Leg(f"the {carrier}", tuple(types))
        if response.headers is not None:
            yield Leg(f"the headers of the {carrier}", (response.headers.type,))


def _journeys(
    id_: ir.TypeId, way: Way, holders: frozenset[ir.TypeId], world: World
) -> Iterator[str]:
    for operation in world.api.operations:
        for leg in way(operation, world):
            if id_ in leg.types:
                yield f"as {leg.carrier}"
            else:
                outer = next((type_ for type_ in leg.types if type_ in holders), None)
                if outer is not None:
                    yield f"in {leg.carrier}, within {world.name(outer)}"


def _incoming(
    id_: ir.TypeId, holders: frozenset[ir.TypeId], world: World, *, is_sent: bool
) -> Iterator[str]:
    """Return by which webhooks and callbacks a type comes, or by which answers to them it goes."""
    for incoming in world.api.incoming:
        of = "webhook" if incoming.caller is None else "callback"
        carrier = f"the {'answer to' if is_sent else 'payload of'} the {of} `{wire(incoming.key)}`"
        replies = (content for response in incoming.responses for content in response.contents)
        body = incoming.body.contents if incoming.body else ()
        types = [found for content in (replies if is_sent else body) for found in inside(content)]
        if id_ in types:
            yield f"as {carrier}"
        elif outer := next((found for found in types if found in holders), None):
            yield f"in {carrier}, within {world.name(outer)}"


def _holders(id_: ir.TypeId, world: World) -> frozenset[ir.TypeId]:
    """Return the types that a type stands in, itself among them."""
    holding: dict[ir.TypeId, list[ir.TypeId]] = {}
    for definition in world.api.definitions:
        for target in targets(definition.shape):
            holding.setdefault(target, []).append(definition.id)
    return frozenset(reachable((id_,), lambda one: holding.get(one, ())))


def _listed(label: str, journeys: tuple[str, ...]) -> Iterator[Fact]:
    for number, journey in enumerate(journeys[:_LISTED]):
        yield label if number == 0 else "", journey
    if len(journeys) > _LISTED:
        yield "", f"and {len(journeys) - _LISTED} more"
