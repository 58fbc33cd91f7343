"""The type of a list or a map, written out where type checkers cannot infer it.

A list of a type is no list of another, so a display is of whatever its place asks for. In a place
that takes lists of two kinds a checker asks for neither, and infers the type from what is in it.
"""

from __future__ import annotations

from dataclasses import replace

from specloom import ir
from specloom.code import Code, Identifier
from specloom.graph import mentioned
from specloom.naming.names import TypeName
from specloom.python.annotations import World, alternatives, is_open
from specloom.python.layout import Doc, Group

_OF_SEVERAL_CLASSES = (ir.ScalarKind.NUMBER, ir.ScalarKind.DURATION, ir.ScalarKind.BINARY)


def ascribed(doc: Doc, union: ir.Definition, number: int, world: World) -> Doc:
    """Return what a test writes for a value of a variant of a union."""
    shape = union.shape
    assert isinstance(shape, ir.Union)
    classes = [_class(variant.type, world) for variant in shape.variants]
    if classes[number] is None or classes.count(classes[number]) == 1:
        return doc
    is_empty = doc in (Code("[]"), Code("{}"))
    if _is_inferred(shape.variants[number].type, world) and not is_empty:
        return doc
    [type_] = alternatives(
        _plain(shape.variants[number].type, world),
        _in_models(shape.variants[number].type, world),
        tolerant=is_open(union),
    )
    return Group(Code(f"{type_}("), (doc,), Code(")"))


def _is_inferred(type_: ir.Type, world: World) -> bool:
    """Return whether what is within a list or a map has but one type, whatever is asked for."""
    match _plain(type_, world):
        case ir.Array(of) | ir.Map(of):
            item = _plain(of, world)
        case _:
            return False
    match item:
        case ir.Scalar(kind):
            return kind not in _OF_SEVERAL_CLASSES
        case ir.Ref(target):
            definition = world.definitions[target]
            return isinstance(definition.shape, ir.Object) and not definition.nullable
        case _:
            return False


def _class(type_: ir.Type, world: World) -> type[ir.Array | ir.Map] | None:
    match _plain(type_, world):
        case ir.Array():
            return ir.Array
        case ir.Map():
            return ir.Map
        case _:
            return None


def _plain(type_: ir.Type, world: World) -> ir.Type:
    seen = world.resolved(type_)
    return world.resolved(seen.of) if isinstance(seen, ir.Checked) else seen


def _in_models(type_: ir.Type, world: World) -> World:
    """Return what calls definitions as tests do: as members of `models`."""
    names = world.names
    of = {
        id_: TypeName(Identifier(f"models.{names.types[id_].name}"), names.types[id_].codec)
        for id_ in mentioned(_plain(type_, world))
    }
    return replace(world, names=replace(names, types=of))
