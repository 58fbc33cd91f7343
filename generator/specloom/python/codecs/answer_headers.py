"""How the headers of an answer are read: each as text, in its style, before it is decoded."""

from __future__ import annotations

from specloom import ir
from specloom.code import Code
from specloom.python import views
from specloom.python.annotations import World
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal

_NO_TEXTS = (
    ir.ScalarKind.BOOLEAN,
    ir.ScalarKind.INTEGER,
    ir.ScalarKind.NUMBER,
    ir.ScalarKind.NULL,
)
_TEXT = Code("header.text")
_SCALAR = Code("header.scalar")


def reader(headers: ir.Headers, world: World) -> views.HeaderReader:
    """Return the function that reads the headers of an answer."""
    definition = world.definitions[headers.type]
    codec = world.codec(headers.type)
    pairs = tuple(
        Code(f"{literal(p.wire_name)}: {_way(p.type, writing, world)}")
        for p, writing in zip(definition.properties, headers.writings, strict=True)
    )
    display: Doc = Group(Code("{"), pairs, Code("}"), display=True)
    found = Group(Code("header.members("), (Code("headers"), display), Code(")"))
    name, type_ = Code(f"read_{codec}"), world.name(headers.type)
    parameters = (Code("headers: Mapping[str, str]"),)
    return views.HeaderReader(
        signature=block(
            Group(Code(f"def {name}("), parameters, Code(f") -> {type_}:"), comma=True), 0
        ),
        docstring=Code('"""Read the headers of an answer: their names are in lower case."""'),
        result=block(Group(Code(f"return decode_{codec}("), (found,), Code(")")), 4),
    )


def _way(type_: ir.Type, writing: ir.Writing, world: World) -> Code:
    """Return the function that makes JSON of the text of a header."""
    if writing == ir.Serialized(ir.Codec.JSON):
        return Code("header.json")
    exploded = isinstance(writing, ir.Styled) and writing.explode
    match world.bare(type_):
        case ir.Array(item):
            return Code(f"header.array_of({_within(item, world)})")
        case ir.Map(value):
            return Code(f"header.map_of({_within(value, world)}{_flag(exploded)})")
        case ir.Ref(target) if isinstance(world.definitions[target].shape, ir.Object):
            properties = world.definitions[target].properties
            ways = (f"{literal(p.wire_name)}: {_within(p.type, world)}" for p in properties)
            return Code(f"header.object_of({{{', '.join(ways)}}}{_flag(exploded)})")
        case ir.Ref(target) if _is_of_objects(world.definitions[target].shape, world):
            return Code(f"header.object_of({{}}{_flag(exploded)})")
        case found if _is_text(found, world):
            return _TEXT
        case _:
            return _SCALAR


def _within(type_: ir.Type, world: World) -> Code:
    """Return the function that makes JSON of a piece of a text: style simple does not nest."""
    return _TEXT if _is_text(world.bare(type_), world) else _SCALAR


def _is_text(bare: ir.Type, world: World) -> bool:
    """Return whether a text is taken as it is, be it that of a number."""
    match bare:
        case ir.Literal(values):
            return all(isinstance(value.value, str) for value in values)
        case ir.Scalar(kind):
            return kind not in _NO_TEXTS
        case ir.Ref(target):
            shape = world.definitions[target].shape
            variants = shape.variants if isinstance(shape, ir.Union) else ()
            types = [world.bare(variant.type) for variant in variants]
            return all(not isinstance(t, ir.Ref) and _is_text(t, world) for t in types)
        case _:
            return True


def _is_of_objects(shape: ir.Shape, world: World) -> bool:
    """Return whether all variants of a union are objects, whichever it is."""
    variants = shape.variants if isinstance(shape, ir.Union) else ()
    types = [world.bare(variant.type) for variant in variants]
    return bool(types) and all(
        isinstance(t, ir.Ref) and isinstance(world.definitions[t.target].shape, ir.Object)
        for t in types
    )


def _flag(exploded: bool) -> str:
    return ", explode=True" if exploded else ""
