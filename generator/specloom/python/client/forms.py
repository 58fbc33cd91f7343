"""The members of a form: what a body is made into before it is written."""

from __future__ import annotations

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import World
from specloom.python.files import has_files

_LONGEST_CHAIN = 16


def members_of(content: ir.Content, world: World) -> Code:
    """Return the expression of the members of the form that `body` is.

    What is an object for sure is encoded; of anything else, the runtime asks. Null is empty.
    """
    if content.type is None:
        return Code("_members.of(_anything.write(body))")
    target, nullable = target_of(content.type, world)
    definition = world.definitions[target]
    if content.codec is ir.Codec.MULTIPART and has_files(target, world):
        parts = f"{world.call('parts', target)}(body)"
        return Code(f"{{}} if body is None else {parts}" if nullable else parts)
    value = Code(f"{world.call('encode', content.type if nullable else target)}(body)")
    return value if _is_sure(definition, world) and not nullable else Code(f"_members.of({value})")


def target_of(id_: ir.TypeId, world: World) -> tuple[ir.TypeId, bool]:
    """Return the definition that aliases stand for, and whether null fits one of them."""
    nullable = False
    for _ in range(_LONGEST_CHAIN):
        definition = world.definitions[id_]
        nullable = nullable or definition.nullable
        match definition.shape:
            case ir.Alias(ir.Ref(target)):
                id_ = target
            case ir.Alias(ir.Nullable(ir.Ref(target))):
                id_, nullable = target, True
            case _:
                break
    return id_, nullable


def _is_sure(definition: ir.Definition, world: World) -> bool:
    """Return whether the encoder of a definition says that it returns an object."""
    match definition.shape:
        case ir.Object():
            return True
        case ir.Union(variants=variants):
            types = (variant.type for variant in variants)
            targets = (world.definitions[t.target] for t in types if isinstance(t, ir.Ref))
            objects = [d for d in targets if isinstance(d.shape, ir.Object) and not d.nullable]
            return len(objects) == len(variants)
        case ir.Alias():
            return False
