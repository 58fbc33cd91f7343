"""How a value of a type is read and written: calls of the runtime, and of generated codecs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.naming import Path
from specloom.python.annotations import World, is_text, takes_null, unknowns
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal

NONE = Code("None")
NO_CODE: tuple[Code, ...] = ()


_APART = (
    ir.ScalarKind.DATE_TIME,
    ir.ScalarKind.DATE,
    ir.ScalarKind.TIME,
    ir.ScalarKind.DURATION,
    ir.ScalarKind.BASE64,
    ir.ScalarKind.DECIMAL,
)
"""Scalars with a module of the runtime of their own."""


@dataclass(frozen=True, slots=True)
class Inner:
    """A type within a type, which has codecs of its own: `list[str]` in `list[list[str]]`."""

    codec: Code
    type: ir.Type
    owner: ir.TypeId
    path: Path


@dataclass(frozen=True, slots=True)
class Position:
    """Where a type stands: in whose definition, on which way, and whether enums are open there."""

    world: World
    owner: ir.TypeId
    path: Path
    tolerant: bool

    def step(self, word: str) -> Position:
        return Position(self.world, self.owner, (*self.path, word), self.tolerant)


@dataclass(frozen=True, slots=True)
class Verb:
    """The two directions call functions of the same names in different modules."""

    leaf: Code
    """The module of leaves: `read` or `write`."""
    codec: Code
    """The prefix of generated functions: `decode` or `encode`."""
    strict: tuple[Code, ...]
    """What nested calls pass on."""
    mark: Code = NOTHING
    """What stands before the names of runtime modules in `client`: they must not hide an argument."""


READ = Verb(Code("read"), Code("decode"), (Code("strict"),))
WRITE = Verb(Code("write"), Code("encode"), ())
WRITE_ARGUMENT = Verb(Code("write"), Code("encode"), (), Code("_"))


def expression(
    verb: Verb,
    type_: ir.Type,
    value: Code,
    name: Code | None,
    at: Position,
    *,
    prefix: Code = NOTHING,
) -> Doc:
    """Return the expression that reads, or writes, `value` of `type`.

    `name` is the step that a path of an error takes, if any; the result follows `prefix`.
    """
    steps = () if name is None else (name,)
    leaf = _leaf(verb, type_, at.world)
    if leaf is not None:
        return _call(prefix, leaf, value, *steps)
    match type_:
        case ir.Checked(of, _):
            return expression(verb, of, value, name, at, prefix=prefix)
        case ir.Literal():
            return _literal(verb, type_, (), value, name or NONE, at, prefix)
        case ir.Nullable(ir.Literal(_, False) as literal_):
            return _literal(verb, literal_, (NONE,), value, name or NONE, at, prefix)
        case ir.Ref():
            return _nested(verb, "", _codec(verb, type_, at), value, steps, prefix)
        case ir.Nullable(ir.Ref() as of) if takes_null(of, at.world):
            return expression(verb, of, value, name, at, prefix=prefix)
        case ir.Nullable(ir.Checked(of, _)) | ir.Nullable(of):
            # its checks are those of the whole: null passes each of them
            return _composite(
                verb, of, "nullable", "nullable", value, steps, at.step("value"), prefix
            )
        case ir.Array(of):
            return _composite(verb, of, "", "array", value, steps, at.step("item"), prefix)
        case ir.Map(of):
            return _composite(verb, of, "map", "map", value, steps, at.step("value"), prefix)
        case ir.Scalar(ir.ScalarKind.NULL):
            constant = Code(f"{verb.mark}{verb.leaf}.const")
            return _call(prefix, constant, value, name or NONE, NONE)
        case ir.Anything() | ir.Scalar():
            raise AssertionError("a leaf")


def inners(type_: ir.Type, at: Position) -> Iterator[Inner]:
    """Return the types within a type that `expression` calls codecs for, innermost first."""
    match type_:
        case ir.Checked(of, _):
            yield from inners(of, at)
        case ir.Nullable(ir.Literal(_, False)):
            return
        case ir.Nullable(ir.Checked(of, _)) | ir.Nullable(of) | ir.Map(of):
            yield from _inner(of, at.step("value"))
        case ir.Array(of):
            yield from _inner(of, at.step("item"))
        case ir.Anything() | ir.Scalar() | ir.Literal() | ir.Ref():
            return


def _inner(type_: ir.Type, at: Position) -> Iterator[Inner]:
    yield from inners(type_, at)
    if _leaf(READ, type_, at.world) is None and not isinstance(type_, ir.Ref):
        yield Inner(at.world.names.inner[at.owner, at.path], type_, at.owner, at.path)


def _leaf(verb: Verb, type_: ir.Type, world: World) -> Code | None:
    """Return the runtime's function for a type that takes nothing but a value and a name."""
    match world.resolved(type_):
        case ir.Literal(_, open=True) as literal_:
            return Code(f"{verb.mark}{verb.leaf}.{'string' if is_text(literal_) else 'integer'}")
        case ir.Scalar(ir.ScalarKind.BINARY):
            return Code(f"{verb.mark}file.{verb.leaf}")
        case ir.Scalar(ir.ScalarKind.BASE64URL):
            return Code(f"{verb.mark}base64.{verb.leaf}_url")
        case ir.Scalar(kind) if kind in _APART:
            return Code(f"{verb.mark}{kind.value}.{verb.leaf}")
        case ir.Scalar(ir.ScalarKind.NULL):
            return None
        case ir.Scalar(kind):
            return Code(f"{verb.mark}{verb.leaf}.{kind.value}")
        case ir.Anything():
            return Code(f"{verb.mark}anything.{verb.leaf}")
        case _:
            return None


def _composite(
    verb: Verb,
    of: ir.Type,
    leaves: str,
    nested: str,
    value: Code,
    steps: tuple[Code, ...],
    at: Position,
    prefix: Code,
) -> Doc:
    leaf = _leaf(verb, of, at.world)
    if leaf is None:
        return _nested(verb, f"_{nested}", _codec(verb, of, at), value, steps, prefix)
    if leaves == "nullable":
        return _call(prefix, Code(f"{verb.mark}{verb.leaf}.nullable"), leaf, value, *steps)
    many = Code(f"{verb.mark}items.{verb.leaf}{leaves and '_'}{leaves}")
    return _call(prefix, many, leaf, value, *steps)


def _codec(verb: Verb, type_: ir.Type, at: Position) -> Code:
    if isinstance(type_, ir.Ref) and verb.mark:
        return at.world.call(verb.codec, type_.target)
    if isinstance(type_, ir.Ref):
        return Code(f"{verb.codec}_{at.world.codec(type_.target)}")
    return Code(f"_{verb.codec}_{at.world.names.inner[at.owner, at.path]}")


def _nested(
    verb: Verb, how: str, codec: Code, value: Code, steps: tuple[Code, ...], prefix: Code
) -> Doc:
    if not how and not steps:
        strict = tuple(Code(f"{word}={word}") for word in verb.strict)
        return _call(prefix, codec, value, *strict)
    return _call(
        prefix, Code(f"{verb.mark}nested.{verb.leaf}{how}"), codec, value, *verb.strict, *steps
    )


def _literal(
    verb: Verb,
    type_: ir.Literal,
    null: tuple[Code, ...],
    value: Code,
    name: Code,
    at: Position,
    prefix: Code,
) -> Doc:
    """Return the call for a constant or a choice; where it is `null` as well, that is one more."""
    values = (*(literal(v) for v in type_.values), *null)
    if len(values) == 1:
        return _call(prefix, Code(f"{verb.mark}{verb.leaf}.const"), value, name, values[0])
    group = Group(Code("("), values, Code(")"), display=True)
    kinds = unknowns(type_) if at.tolerant else ()
    if not kinds:
        function, more = Code(f"{verb.mark}{verb.leaf}.choice"), NO_CODE
    else:
        kind = "mixed_" if len(kinds) > 1 else "integer_" if kinds == (Code("UnknownInt"),) else ""
        verbs = {"read": f"unknown.{kind}choice", "write": f"unknown.{kind}written"}
        function, more = Code(f"{verb.mark}{verbs[verb.leaf]}"), verb.strict
    return Group(Code(f"{prefix}{function}("), (value, name, group, *more), Code(")"))


def _call(prefix: Code, function: Code, *arguments: Code) -> Doc:
    return Group(Code(f"{prefix}{function}("), arguments, Code(")"))


def signature(verb: str, name: Code, value: Code, result: Code, *, strict: bool = False) -> Code:
    """Return the first line of a generated function, up to its colon."""
    more = (Code("*"), Code("strict: bool = False")) if strict else ()
    items: tuple[Doc, ...] = (Code(f"value: {value}"), *more)
    return block(Group(Code(f"def {verb}_{name}("), items, Code(f") -> {result}:"), comma=True), 0)
