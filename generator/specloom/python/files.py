"""Files within what is uploaded."""

from __future__ import annotations

from specloom import ir
from specloom.components import reachable
from specloom.graph import named
from specloom.python.annotations import World

_FILE = ir.Scalar(ir.ScalarKind.BINARY)


def has_files(id_: ir.TypeId, world: World) -> bool:
    """Return whether members of an object, or of a variant of a union, are files."""
    found = reachable((id_,), lambda at: _variants(world.definitions[at].shape))
    shapes = (world.definitions[at].shape for at in found)
    properties = (p for shape in shapes if isinstance(shape, ir.Object) for p in shape.properties)
    return any(is_file(p.type, world) for p in properties)


def _variants(shape: ir.Shape) -> tuple[ir.TypeId, ...]:
    """Return what a value of a type may be instead."""
    match shape:
        case ir.Object():
            return ()
        case ir.Union() as union:
            return named(union)
        case ir.Alias(of):
            return (of.target,) if isinstance(of, ir.Ref) else ()


def is_file(type_: ir.Type, world: World) -> bool:
    """Return whether a member is a file or several: a form has no lists of lists."""
    found = world.bare(type_)
    return (world.bare(found.item) if isinstance(found, ir.Array) else found) == _FILE
