"""How large a sample of each definition is at least."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from specloom import ir
from specloom.graph import targets
from specloom.python.annotations import World
from specloom.python.tests.fitting import LONGEST


def weights(world: World) -> dict[ir.TypeId, float]:
    """Return how many values the smallest sample of each definition has; infinite: none is finite."""
    users: dict[ir.TypeId, list[ir.TypeId]] = {id_: [] for id_ in world.definitions}
    for id_, definition in world.definitions.items():
        for target in targets(definition.shape):
            users[target].append(id_)
    found = dict.fromkeys(world.definitions, inf)
    pending = list(world.definitions)
    while pending:
        id_ = pending.pop()
        weight = _weight_of(world.definitions[id_], found)
        if weight < found[id_]:
            found[id_] = weight
            pending += users[id_]
    return found


def _weight_of(definition: ir.Definition, known: Mapping[ir.TypeId, float]) -> float:
    match definition.shape:
        case ir.Object(properties=properties):
            return 1 + sum(weight(p.type, known) for p in properties if p.required)
        case ir.Union(variants=variants):
            return min(weight(v.type, known) for v in variants)
        case ir.Alias(of):
            return weight(of, known)


def weight(type_: ir.Type, known: Mapping[ir.TypeId, float]) -> float:
    """Return how many values the smallest sample of a type has."""
    match type_:
        case ir.Checked((ir.Array(of) | ir.Map(of)), checks) if span(checks)[0]:
            return 1 + span(checks)[0] * weight(of, known)
        case ir.Ref(target):
            return known[target]
        case _:
            return 1


def span(checks: tuple[ir.Check, ...]) -> tuple[int, int]:
    """Return how many items, or members, there may be."""
    counts = [c for c in checks if isinstance(c, ir.Count | ir.Size)]
    least = max((c.least for c in counts), default=0)
    return min(least, LONGEST), min((c.most for c in counts if c.most is not None), default=LONGEST)
