"""How what was received becomes what is sent, where a schema has a type for each."""

from __future__ import annotations

from specloom import ir
from specloom.code import Code
from specloom.graph import reach
from specloom.python import views
from specloom.python.annotations import World, joined, named
from specloom.python.layout import Group, block


def conversion(definition: ir.Definition, world: World) -> views.Conversion | None:
    """Return the function that leaves out what only comes.

    None where there is no such pair, or where something required only goes: it was not received.
    """
    twin = definition.twin
    if twin is None:
        return None
    if any(_asks_for_more(id_, world) for id_ in reach((definition.id,), world.definitions)):
        return None
    sent, received = world.codec(definition.id), world.codec(twin)
    parameters = (Code(f"value: {joined(named(twin, world))}"),)
    result = joined(named(definition.id, world))
    inner = Code(f"encode_{received}(value)")
    return views.Conversion(
        signature=block(
            Group(Code(f"def to_{sent}("), parameters, Code(f") -> {result}:"), comma=True), 0
        ),
        docstring=Code('"""Return what can be sent of what was received."""'),
        result=block(Group(Code(f"return decode_{sent}("), (inner,), Code(")")), 4),
    )


def _asks_for_more(id_: ir.TypeId, world: World) -> bool:
    definition = world.definitions[id_]
    if definition.twin is None:
        return False
    needed = {p.wire_name for p in definition.properties if p.required}
    return not needed <= {p.wire_name for p in world.definitions[definition.twin].properties}
