"""The arguments of a method: what a caller passes, and what stands for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.python.annotations import World, alternatives
from specloom.python.layout import Alternatives, Doc
from specloom.python.models import UNSET, literal_default, with_unset


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
    if parameter.default is None or parameter.default.value.raw in ("[]", "{}"):
        return UNSET
    return literal_default(parameter.default.value, parameter.type, world)
