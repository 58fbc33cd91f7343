"""How a type was lowered: an object, a union or an alias."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from specloom import ir
from specloom.explain.atlas import Atlas
from specloom.explain.facts import (
    WHERE_STRICT,
    Fact,
    check_facts,
    presence,
    remarks,
    unlisted_facts,
    wire,
)
from specloom.explain.layout import Lines, Row, apart, facts, indented, section, table, title
from specloom.explain.properties import field_annotation
from specloom.explain.subjects import name_of
from specloom.explain.travel import travel_facts
from specloom.explain.unions import decisions, told_apart_by, union_facts, variants
from specloom.naming import ADDITIONAL_FIELD
from specloom.python.annotations import World, joined, takes_null
from specloom.python.defaults import keeps_extra
from specloom.python.models import members_of
from specloom.shown import counted, shown


def explain_type(definition: ir.Definition, atlas: Atlas) -> Lines:
    world = atlas.world
    return apart(
        title(f"{name_of(definition, world)}: {kind(definition, world)}"),
        indented(atlas.address(definition.at)),
        facts(_facts(definition, atlas)),
        _parts(definition, atlas),
    )


def kind(definition: ir.Definition, world: World) -> str:
    """Return in a few words what a definition is."""
    match definition.shape:
        case ir.Object(properties=properties):
            return f"an object with {counted(len(properties), 'property', 'properties')}"
        case ir.Union(variants=listed, verdict=verdict):
            return f"a union of {len(listed)}, told apart by {told_apart_by(verdict)}"
        case ir.Alias(ir.Literal(values, is_open) | ir.Nullable(ir.Literal(values, is_open))):
            return f"{'an open' if is_open else 'an'} enum of {counted(len(values), 'value')}"
        case ir.Alias():
            return f"an alias of {shown(joined(members_of(definition, world)))}"
        case _:
            assert_never(definition.shape)


def _facts(definition: ir.Definition, atlas: Atlas) -> Iterator[Fact]:
    world = atlas.world
    if definition.docs.deprecated:
        yield "deprecated", "yes"
    codec = world.codec(definition.id)
    yield "codecs", f"decode_{codec}, encode_{codec}"
    yield from travel_facts(definition, world)
    yield from _twins(definition, world)
    shape = definition.shape
    match shape:
        case ir.Object():
            yield "members", _members(definition, shape)
        case ir.Union():
            yield from union_facts(definition, shape, atlas)
        case ir.Alias(of):
            yield "stands for", joined(members_of(definition, world))
            yield from check_facts(of)
            yield from unlisted_facts(of, definition)
        case _:
            assert_never(shape)
    yield "null", "fits, and is None" if _fits_null(definition, world) else "does not fit"
    if definition.usage.patched:
        yield "PATCH", 'an absent member means "leave it as it is": nothing has a default'


def _twins(definition: ir.Definition, world: World) -> Iterator[Fact]:
    """Return what the same schema is where it travels the other way, if that is another type."""
    if definition.twin is not None:
        yield "twin", f"{world.name(definition.twin)}: what is received of the same schema"
    for other in world.api.definitions:
        if other.twin == definition.id:
            yield "twin", f"{world.name(other.id)}: what is sent of the same schema"


def _fits_null(definition: ir.Definition, world: World) -> bool:
    match definition.shape:
        case ir.Alias(of):
            return takes_null(of, world)
        case ir.Object() | ir.Union():
            return definition.nullable


def _members(definition: ir.Definition, shape: ir.Object) -> str:
    if shape.closed:
        return f"closed: the document forbids others; they are dropped, or {WHERE_STRICT}"
    if shape.additional is not None:
        return f"others are of a type of their own, in `{ADDITIONAL_FIELD}`"
    if keeps_extra(definition):
        why = "it is received" if definition.usage.received else "it may be received"
        return f"open: others are kept in `extra` and written back, because {why}"
    return "these only: it is never received, so there is no `extra`"


def _parts(definition: ir.Definition, atlas: Atlas) -> Lines:
    match definition.shape:
        case ir.Object(properties=properties):
            header = ("line", "on the wire", "in Python", "presence", "remarks")
            rows = (_property(p, definition, atlas) for p in properties)
            return section("Properties", table(header, rows))
        case ir.Union() as union:
            return apart(variants(union, atlas), decisions(union, atlas))
        case ir.Alias():
            return ()
        case _:
            assert_never(definition.shape)


def _property(property_: ir.Property, owner: ir.Definition, atlas: Atlas) -> Row:
    field = atlas.world.names.fields[owner.id, property_.wire_name]
    return (
        atlas.line(property_.at),
        wire(property_.wire_name),
        shown(f"{field}: {field_annotation(property_, owner, atlas.world)}"),
        presence(property_, patched=owner.usage.patched),
        remarks(property_),
    )
