"""Files within what is uploaded."""

from __future__ import annotations

from specloom import ir
from specloom.graph import named
from specloom.python.annotations import World

_FILE = ir.Scalar(ir.ScalarKind.BINARY)


def has_files(id_: ir.TypeId, world: World) -> bool:
    """Return whether members of an object, or of a variant of a union, are files."""
    match world.definitions[id_].shape:
        case ir.Object(properties=properties):
            return any(is_file(p.type, world) for p in properties)
        case ir.Union() as union:
            return any(has_files(target, world) for target in named(union))
        case ir.Alias(of):
            return isinstance(of, ir.Ref) and has_files(of.target, world)


def is_file(type_: ir.Type, world: World) -> bool:
    """Return whether a member is a file or several."""
    match world.resolved(type_):
        case ir.Nullable(of) | ir.Checked(of, _) | ir.Array(of):
            return is_file(of, world)
        case found:
            return found == _FILE
