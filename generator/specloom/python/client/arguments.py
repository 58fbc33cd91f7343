"""The arguments of a method: what a caller passes, and what stands for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.python.annotations import World, alternatives
from specloom.python.defaults import UNSET, default_doc, literal_default
from specloom.python.layout import Alternatives, Doc, Group, block, flat
from specloom.python.models import with_unset
from specloom.values import Kind, Tree, kind_of

_OPTIONS = Code("**options: Unpack[CallOptions]")


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter of a method, and of the function that describes the call."""

    name: Code
    members: tuple[Code, ...]
    default: Code | None
    is_positional: bool

    @property
    def declaration(self) -> Doc:
        tail = NOTHING if self.default is None else Code(f" = {self.default}")
        return Alternatives(Code(f"{self.name}: "), tuple(dict.fromkeys(self.members)), tail)

    @property
    def passed(self) -> Code:
        return self.name if self.is_positional else Code(f"{self.name}={self.name}")


def signature(head: str, taken: tuple[Argument, ...], result: Code) -> Code:
    """Return the signature of a method."""
    items: tuple[Doc, ...] = (Code("self"), *declared(taken), _OPTIONS)
    return block(Group(Code(f"{head}("), items, Code(f") -> {result}:"), comma=True), 4)


def declared(taken: tuple[Argument, ...]) -> Iterator[Doc]:
    """Return the parameters that arguments are given to, those by name last."""
    yield from (argument.declaration for argument in taken if argument.is_positional)
    named = tuple(argument.declaration for argument in taken if not argument.is_positional)
    if named:
        yield Code("*")
    yield from named


def parameter_arguments(operation: ir.Operation, world: World) -> Iterator[Argument]:
    for parameter in operation.parameters:
        yield _argument(operation, parameter, world)


def _argument(operation: ir.Operation, parameter: ir.Parameter, world: World) -> Argument:
    name = argument_name(operation, parameter, world)
    members = alternatives(parameter.type, world, tolerant=False, loose=True)
    default = argument_default(parameter, world)
    if default is UNSET:
        members = with_unset(members)
    return Argument(name, members, default, parameter.location is ir.Location.PATH)


def argument_name(operation: ir.Operation, parameter: ir.Parameter, world: World) -> Code:
    return world.names.parameters[operation.id, parameter.location, parameter.wire_name]


def argument_default(parameter: ir.Parameter, world: World) -> Code | None:
    """Return the default of an argument: `UNSET` where the document gives none, None if required."""
    if parameter.required:
        return None
    if parameter.default is None:
        return UNSET
    value = parameter.default.value.value
    if kind_of(value) in (Kind.ARRAY, Kind.OBJECT):
        return _frozen(value, parameter.type, world)
    return literal_default(parameter.default.value, parameter.type, world)


def _frozen(value: Tree, type_: ir.Type, world: World) -> Code:
    """Return a list of what cannot be changed as a tuple; what can be is left to the server.

    So is the default of what has a name: its annotation asks for a list, and would take no tuple.
    """
    match type_:
        case ir.Nullable(of) | ir.Checked(of, _):
            return _frozen(value, of, world)
        case ir.Array(item) if isinstance(value, Sequence) and value:
            within = (kind_of(each) for each in value)
            if all(kind not in (Kind.ARRAY, Kind.OBJECT) for kind in within):
                items = tuple(default_doc(each, item, world) for each in value)
                return flat(Group(Code("("), items, Code(")"), display=True))
            return UNSET
        case _:
            return UNSET
