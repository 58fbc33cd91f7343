"""How a property was lowered, and how absent and null are told apart."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.code import Code
from specloom.explain.atlas import Atlas
from specloom.explain.facts import Fact, check_facts, unlisted_facts, wire
from specloom.explain.layout import Lines, Row, apart, facts, indented, section, table, title
from specloom.explain.subjects import PropertyOf, name_of
from specloom.explain.travel import is_flattened
from specloom.python.annotations import World, alternatives, is_open, joined, takes_null
from specloom.python.defaults import UNSET, constant_of, python_default
from specloom.python.models import with_unset
from specloom.shown import shown

_NONE = Code("None")
_ERROR = "an error"


def field_annotation(property_: ir.Property, owner: ir.Definition, world: World) -> Code:
    """Return the annotation of a field as it stands in `models`, on one line."""
    members = alternatives(property_.type, world, tolerant=is_open(owner))
    if python_default(property_, owner, world) is UNSET:
        members = with_unset(members)
    return joined(members)


def explain_property(subject: PropertyOf, atlas: Atlas) -> Lines:
    property_, owner, world = subject.property, subject.owner, atlas.world
    required = "a required" if property_.required else "an optional"
    header = ("on the wire", "is read as", "is written for")
    return apart(
        title(f"{name_of(subject, world)}: {required} property"),
        indented(atlas.address(property_.at)),
        facts(_facts(property_, owner, world)),
        section("Absent and null", table(header, _absent_and_null(property_, owner, world))),
        facts(_flat(property_, owner, world)),
    )


def _facts(property_: ir.Property, owner: ir.Definition, world: World) -> Iterator[Fact]:
    if property_.docs.deprecated:
        yield "deprecated", "yes"
    field = world.names.fields[owner.id, property_.wire_name]
    yield "on the wire", f"`{wire(property_.wire_name)}`"
    yield "in Python", f"{field}: {field_annotation(property_, owner, world)}"
    if property_.at == owner.at:
        yield "declared", f"only in `required` of {world.name(owner.id)}: any value fits"
    yield "presence", "required" if property_.required else "optional"
    yield "default", _default(property_, owner, world)
    yield "null", "fits" if takes_null(property_.type, world) else "does not fit"
    yield "secret", "yes: not shown in a repr" if property_.secret else "no"
    yield from check_facts(property_.type)
    yield from unlisted_facts(property_.type, owner)


def _default(property_: ir.Property, owner: ir.Definition, world: World) -> str:
    """Return what a field holds that nobody gave, and why not what the document says."""
    default = python_default(property_, owner, world)
    said = property_.default
    if default is None:
        return "none: it has to be given" + _unused(said, "it is required")
    if constant_of(property_.type) is not None and said is None and default is not UNSET:
        return f"{default}, its only value"
    if default is UNSET:
        return "UNSET, which leaves it out" + _unused(said, 'in a PATCH absence means "as it is"')
    return f"{default}, as the document says"


def _unused(said: ir.Default | None, why: str) -> str:
    return "" if said is None else f"; {shown(said.value.raw)} is not used: {why}"


def _absent_and_null(property_: ir.Property, owner: ir.Definition, world: World) -> Iterator[Row]:
    default = python_default(property_, owner, world)
    read_as = _ERROR if property_.required or default is None else shown(default)
    is_left_out = default in (UNSET, _NONE)
    yield "absent", read_as, read_as if is_left_out else "nothing: it is always written"
    if not takes_null(property_.type, world):
        yield "null", _ERROR, f"nothing: None is {_ERROR}"
    else:
        yield "null", _NONE, "nothing: None leaves it out" if default == _NONE else _NONE


def _flat(property_: ir.Property, owner: ir.Definition, world: World) -> Iterator[Fact]:
    is_dropped = python_default(property_, owner, world) == _NONE
    if takes_null(property_.type, world) and not is_dropped and is_flattened(owner, world):
        yield "forms", "a form or a URL has no null: there, None leaves it out as well"
