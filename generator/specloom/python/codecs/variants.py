"""The variants of a union as code: their classes, their codecs, the names of what tests them."""

from __future__ import annotations

from collections.abc import Mapping

from specloom import ir
from specloom.assertion import Fits
from specloom.code import Code
from specloom.graph import private, variant_step
from specloom.python.annotations import SCALARS, World
from specloom.python.codecs.codec import WRITE, Position, Verb, expression
from specloom.python.layout import Doc, Group
from specloom.values import Kind, kind_of

_KINDS = {
    Kind.NULL: "null",
    Kind.BOOLEAN: "a boolean",
    Kind.INTEGER: "an integer",
    Kind.NUMBER: "a number",
    Kind.STRING: "a string",
    Kind.ARRAY: "an array",
    Kind.OBJECT: "an object",
}
_CLASSES: Mapping[ir.ScalarKind, tuple[str, ...]] = {
    **SCALARS,
    ir.ScalarKind.NUMBER: ("int", "float"),
    ir.ScalarKind.BINARY: ("str",),
    ir.ScalarKind.NULL: (),
}
"""Of the values of each kind of scalar: what annotations mention, unless a pattern is another."""
_OF_KINDS = {Kind.BOOLEAN: "bool", Kind.INTEGER: "int", Kind.STRING: "str"}


def position(union: ir.Union, number: int, at: Position) -> Position:
    """Return where the type of a variant stands: a step below its union."""
    return at.step(variant_step(union, number))


def expressed(verb: Verb, union: ir.Union, number: int, at: Position) -> Doc:
    """Return the statement that reads, or writes, `value` as a variant, and returns it."""
    codec = codec_of(verb, union, number, at)
    prefix, value = Code("return "), Code("value")
    constant = at.world.bare(union.variants[number].type)
    if verb is WRITE and isinstance(constant, ir.Literal) and "bool" in classes(constant, at):
        # beside an integer, checkers take `case bool()` for any boolean, not for this one
        return expression(verb, constant, value, None, position(union, number, at), prefix=prefix)
    if codec is not None:
        strict = tuple(Code(f"{word}={word}") for word in verb.strict)
        return Group(Code(f"{prefix}{codec}("), (value, *strict), Code(")"))
    own = position(union, number, at)
    return expression(verb, union.variants[number].type, value, None, own, prefix=prefix)


def codec_of(verb: Verb, union: ir.Union, number: int, at: Position) -> Code | None:
    """Return the function that reads, or writes, a variant, if it has one."""
    type_ = union.variants[number].type
    if isinstance(type_, ir.Ref):
        return Code(f"{verb.codec}_{at.world.codec(type_.target)}")
    if number in private(union, at.world.definitions):
        return Code(f"_{verb.codec}_{inner_name(union, number, at)}")
    return None


def inner_name(union: ir.Union, number: int, at: Position) -> Code:
    """Return what the private codec of a variant without a name of its own is called."""
    return Code(f"{at.world.names.inner[at.owner, (variant_step(union, number),)]}")


def classes(type_: ir.Type, at: Position) -> tuple[str, ...]:
    """Return the classes of the Python values of a variant."""
    match type_:
        case ir.Checked(of, _) | ir.Nullable(of):
            return classes(of, at)
        case ir.Scalar(kind):
            return _CLASSES[kind]
        case ir.Literal(values):
            kinds = (kind_of(value.value) for value in values)
            return tuple(dict.fromkeys(_OF_KINDS[kind] for kind in kinds))
        case ir.Array():
            return ("list",)
        case ir.Map():
            return ("dict",)
        case ir.Ref(target) if (bare := at.world.resolved(type_)) != type_:
            return classes(bare, at)
        case ir.Ref(target):
            return (at.world.name(target),)
        case ir.Anything():  # what is a part of itself and fits nothing has no other type
            return ("bool", "int", "float", "str", "list", "dict")


def trial_name(union: ir.Union, number: int, at: Position) -> Code:
    """Return the constant that describes a variant to a trial."""
    return Code(f"_{own_name(union, number, at)}_TRIAL")


def alternative_name(union: ir.Union, number: int, at: Position) -> Code:
    """Return what says what an alternative of a `oneOf` asserts: a definition, or a constant."""
    match union.exclusive[number]:
        case Fits(address) if (id_ := ir.TypeId(address.raw)) in at.world.definitions:
            return schema_name(id_, at.world)
        case _:
            pass
    return Code(f"_{at.world.codec(at.owner).upper()}_ONE_OF_{number + 1}")


def schema_name(id_: ir.TypeId, world: World) -> Code:
    """Return what the schema of a definition is called where others mention it."""
    return Code(f"{world.codec(id_)}_schema")


def own_name(union: ir.Union, number: int, at: Position) -> str:
    """Return what constants call a variant."""
    type_ = union.variants[number].type
    if isinstance(type_, ir.Ref):
        return at.world.codec(type_.target).upper()
    step = variant_step(union, number).replace(" ", "_").upper()
    return f"{at.world.codec(at.owner).upper()}_{step}"


def table_name(at: Position) -> Code:
    """Return the constant that finds the decoder of a variant by its tag."""
    return Code(f"_{at.world.codec(at.owner).upper()}_BY_TAG")


def reader_name(at: Position) -> Code:
    """Return the constant that reads the tag which is looked up in the table."""
    return Code(f"_{at.world.codec(at.owner).upper()}_TAG")


def kinds_listed(kinds: tuple[Kind, ...]) -> str:
    """Return the kinds of values that a union takes, as errors say them."""
    shown = [kind for kind in kinds if kind is not Kind.INTEGER or Kind.NUMBER not in kinds]
    *others, last = (_KINDS[kind] for kind in dict.fromkeys(shown))
    return f"{', '.join(others)} or {last}" if others else last
