"""What can be explained, and all that it is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from specloom import ir
from specloom.explain.atlas import Written
from specloom.graph import component_key
from specloom.python.annotations import World
from specloom.shown import shown
from specloom.values import Place


@dataclass(frozen=True, slots=True)
class PropertyOf:
    property: ir.Property
    owner: ir.Definition


@dataclass(frozen=True, slots=True)
class ParameterOf:
    parameter: ir.Parameter
    operation: ir.Operation


Subject: TypeAlias = ir.Definition | PropertyOf | ir.Operation | ParameterOf


def subjects(api: ir.Api) -> Iterator[Subject]:
    """Return everything that has a name, in the order of the model, wholes before parts."""
    for definition in api.definitions:
        yield definition
        yield from (PropertyOf(p, definition) for p in definition.properties)
    for operation in api.operations:
        yield operation
        yield from (ParameterOf(p, operation) for p in operation.parameters)


def name_of_api(api: ir.Api) -> str:
    """Return what an API is called, with its version."""
    words = " ".join(part for part in (shown(api.title), shown(api.version)) if part.strip())
    return words or "an API without a name"


def name_of(subject: Subject, world: World) -> str:
    """Return what something is called in Python: no two things share it, but for chance."""
    names = world.names
    match subject:
        case ir.Definition(id=id_):
            return names.types[id_].name
        case PropertyOf(property_, owner):
            return f"{name_of(owner, world)}.{names.fields[owner.id, property_.wire_name]}"
        case ir.Operation(id=id_, group=group):
            return f"{names.groups[group].attribute}.{names.methods[id_]}"
        case ParameterOf(parameter, operation):
            key = (operation.id, parameter.location, parameter.wire_name)
            return f"{name_of(operation, world)}.{names.parameters[key]}"
        case _:
            assert_never(subject)


def at_of(subject: Subject) -> Place:
    match subject:
        case ir.Definition() | ir.Operation():
            return subject.at
        case PropertyOf(property_, _):
            return property_.at
        case ParameterOf(parameter, _):
            return parameter.at
        case _:
            assert_never(subject)


def names_of(subject: Subject, world: World) -> Iterator[str]:
    """Return all names of something but its pointers: in Python first, then in the document."""
    yield name_of(subject, world)
    match subject:
        case ir.Definition(id=id_):
            yield from (key for key in (component_key(id_),) if key is not None)
        case PropertyOf(property_, owner):
            field = world.names.fields[owner.id, property_.wire_name]
            yield from _members(owner, (field, property_.wire_name.raw), world)
        case ir.Operation():
            yield world.names.methods[subject.id]
            if subject.operation_id is not None:
                yield subject.operation_id.raw
            yield f"{subject.method} {subject.path.raw}"
            yield subject.path.raw
        case ParameterOf(parameter, operation):
            own = name_of(subject, world).rpartition(".")[2]
            yield from _members(operation, (own, parameter.wire_name.raw), world)
        case _:
            assert_never(subject)


def _members(owner: Subject, own: tuple[str, ...], world: World) -> Iterator[str]:
    yield from (f"{of}.{name}" for of in names_of(owner, world) for name in own)


def pointers_of(subject: Subject, written: Written) -> Iterator[str]:
    """Return what something is at, as written and as understood; of operations also their path."""
    for at in _places(subject):
        yield from (written(at).pointer, at.pointer)


def _places(subject: Subject) -> Iterator[Place]:
    match subject:
        case ir.Definition():
            yield subject.at
        case ir.Operation():
            path = replace(subject.at, pointer=subject.at.pointer.rpartition("/")[0])
            yield from (subject.at, path)
        # what is meant but not written stands at its owner
        case PropertyOf(property_, owner):
            if property_.at != owner.at:
                yield property_.at
        case ParameterOf(parameter, operation):
            if parameter.at != operation.at:
                yield parameter.at
        case _:
            assert_never(subject)
