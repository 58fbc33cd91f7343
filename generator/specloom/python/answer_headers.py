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
    match world.resolved(type_):
        case ir.Nullable(of) | ir.Checked(of, _):
            return _way(of, writing, world)
        case ir.Array(item):
            return Code(f"header.array_of({_way(item, writing, world)})")
        case ir.Map(value):
            return Code(f"header.map_of({_way(value, writing, world)}{_flag(exploded)})")
        case ir.Ref(target):
            return _object(target, writing, exploded, world)
        case ir.Literal(values) if all(isinstance(v.value, str) for v in values):
            return Code("header.text")
        case ir.Scalar(kind) if kind in _NO_TEXTS:
            return Code("header.scalar")
        case ir.Scalar() | ir.Anything():
            return Code("header.text")
        case _:
            return Code("header.scalar")


def _object(target: ir.TypeId, writing: ir.Writing, exploded: bool, world: World) -> Code:
    properties = world.definitions[target].properties
    ways = (f"{literal(p.wire_name)}: {_way(p.type, writing, world)}" for p in properties)
    return Code(f"header.object_of({{{', '.join(ways)}}}{_flag(exploded)})")


def _flag(exploded: bool) -> str:
    return ", explode=True" if exploded else ""
