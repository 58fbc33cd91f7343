"""What a field holds when nothing is given, as a value of Python's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from specloom import ir
from specloom.code import Code
from specloom.naming import ADDITIONAL_FIELD
from specloom.python.annotations import World, is_received
from specloom.python.layout import Doc, Group, flat
from specloom.python.literals import literal
from specloom.python.sample import array_doc, object_doc, prefixed, tree_doc
from specloom.python.spelled import spelled
from specloom.values import Json, Kind, Tree, kind_of

UNSET = Code("UNSET")


def keeps_extra(definition: ir.Definition) -> bool:
    """Return whether members that nobody declared are kept for the way back."""
    shape = definition.shape
    if not isinstance(shape, ir.Object) or shape.closed or shape.additional is not None:
        return False
    return is_received(definition)


def python_default(property_: ir.Property, definition: ir.Definition, world: World) -> Code | None:
    """Return what a field holds when nothing is given: a value, `UNSET`, or None for no default.

    The table at the end of the design of the generated package: a required constant is its own
    default, absence is not null, and in the body of a PATCH nothing has a default.
    """
    constant = constant_of(property_.type)
    if property_.required:
        return None if constant is None else literal(constant)
    if definition.usage.patched:
        return UNSET
    if property_.default is not None:
        return flat(default_doc(property_.default.value.value, property_.type, world))
    return literal(constant) if constant is not None and is_tag(property_.type) else UNSET


def literal_default(value: Json, type_: ir.Type, world: World) -> Code:
    match world.resolved(type_):
        case ir.Scalar(kind):
            return spelled(kind, value.value)
        case ir.Nullable(of) | ir.Checked(of, _):
            return literal_default(value, of, world)
        case ir.Ref(target) if isinstance(union := world.definitions[target].shape, ir.Union):
            made = (literal_default(value, variant.type, world) for variant in union.variants)
            return next((code for code in made if code != literal(value)), literal(value))
        case _:
            return literal(value)


def is_tag(type_: ir.Type) -> bool:
    """Return whether a union is told by a type: without its value nobody could tell."""
    match type_:
        case ir.Literal(tag=tag):
            return tag
        case ir.Checked(of, _):
            return is_tag(of)
        case _:
            return False


def constant_of(type_: ir.Type) -> Json | None:
    match type_:
        case ir.Literal((only,), open=False):
            return only
        case ir.Checked(of, _):
            return constant_of(of)
        case _:
            return None


# --- lists, maps and objects ---------------------------------------------------------------


def is_made(property_: ir.Property, default: Code) -> bool:
    """Return whether a default is made anew for each value: it might be changed."""
    value = None if property_.default is None else property_.default.value.value
    return default != UNSET and kind_of(value) in (Kind.ARRAY, Kind.OBJECT)


def default_doc(value: Tree, type_: ir.Type, world: World) -> Doc:
    """Return the Python of a JSON value. Lowering has dropped what is of some variant or other."""
    resolved = world.resolved(type_)
    match resolved:
        case ir.Nullable(of) | ir.Checked(of, _):
            return default_doc(value, of, world)
        case ir.Ref(target) if isinstance(value, Mapping):
            return _constructed(value, world.definitions[target], world)
        case ir.Array(item) if isinstance(value, Sequence):
            return array_doc(tuple(default_doc(each, item, world) for each in value))
        case ir.Map(inner) if isinstance(value, Mapping):
            return object_doc({n: default_doc(each, inner, world) for n, each in value.items()})
        case ir.Anything():
            return tree_doc(value)
        case _:
            return literal_default(Json.of(value), resolved, world)


def _constructed(value: Mapping[str, Tree], definition: ir.Definition, world: World) -> Doc:
    arguments = tuple(_arguments(value, definition, world))
    return Group(Code(f"{world.name(definition.id)}("), arguments, Code(")"))


def _arguments(value: Mapping[str, Tree], definition: ir.Definition, world: World) -> Iterator[Doc]:
    shape = definition.shape
    if not isinstance(shape, ir.Object):
        raise AssertionError("lowering drops such a default")
    named = {property_.wire_name.raw: property_ for property_ in shape.properties}
    for name, property_ in named.items():
        if name in value:
            field = world.names.fields[definition.id, property_.wire_name]
            yield prefixed(Code(f"{field}="), default_doc(value[name], property_.type, world))
    others = {name: each for name, each in value.items() if name not in named}
    if others and shape.additional is not None:
        more = default_doc(others, ir.Map(shape.additional), world)
        yield prefixed(Code(f"{ADDITIONAL_FIELD}="), more)
