"""Objects as samples: the call of their class, what is received, and what is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from specloom import ir
from specloom.code import Code
from specloom.naming import ADDITIONAL_FIELD
from specloom.python.annotations import World
from specloom.python.layout import Doc, Group
from specloom.python.sample import NULL, Sample, among, prefixed
from specloom.python.tests.members import drops_null, is_fixed, spots, standing_for
from specloom.values import Tree


def constructed(
    definition: ir.Definition,
    chosen: Mapping[str, Sample],
    more: Sample | None,
    world: World,
    is_ambiguous: Callable[[Tree, ir.Type], bool],
) -> Sample:
    """Return an object of samples of its members, and of a map of additional ones.

    `is_ambiguous` says of a default whether strict decoding refuses it: nobody gave it, and it is
    sent.
    """
    received: dict[str, Tree] = {}
    parts = (*chosen.values(), *([more] if more else []))
    ambiguous = False
    always: dict[str, Tree] = {}
    perhaps: dict[str, Tree] = {}
    arguments: list[Doc] = []
    for property_, _ in spots(definition, world):
        wire, standing = property_.wire_name.raw, standing_for(property_, definition, world)
        sample = chosen.get(wire)
        if sample is not None:
            received[wire] = sample.received
            if not is_fixed(property_, definition):
                field = world.names.fields[definition.id, property_.wire_name]
                arguments.append(prefixed(Code(f"{field}="), sample.python))
        if sample is None and standing is not None:
            ambiguous |= is_ambiguous(standing, property_.type)
        if property_.required or standing is not None:
            always[wire] = standing if sample is None else sample.written
        elif sample is not None and (not drops_null(property_, definition) or sample != NULL):
            perhaps[wire] = sample.written
    written = {**always, **perhaps}
    if more is not None and isinstance(more.received, dict) and isinstance(more.written, dict):
        arguments.append(prefixed(Code(f"{ADDITIONAL_FIELD}="), more.python))
        received, written = {**received, **more.received}, {**more.written, **written}
    head = Code(f"models.{world.name(definition.id)}(")
    python = Group(head, tuple(arguments), Code(")"))
    made = among(parts, Sample(received, python, written))
    return replace(made, ambiguous=made.ambiguous or ambiguous)
