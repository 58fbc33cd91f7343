"""Types of the model as annotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from specloom import ir
from specloom.assertion import Assertion
from specloom.code import Code
from specloom.graph import seen_through
from specloom.naming import Names
from specloom.python.literals import literal
from specloom.values import Json, Kind, Text, kind_of

_JSON = Code("Json")
"""Null is among its values."""
SCALARS = {
    ir.ScalarKind.BOOLEAN: (Code("bool"),),
    ir.ScalarKind.INTEGER: (Code("int"),),
    ir.ScalarKind.NUMBER: (Code("float"),),
    ir.ScalarKind.STRING: (Code("str"),),
    ir.ScalarKind.UUID: (Code("UUID"),),
    ir.ScalarKind.DATE_TIME: (Code("dt.datetime"),),
    ir.ScalarKind.DATE: (Code("dt.date"),),
    ir.ScalarKind.TIME: (Code("dt.time"),),
    ir.ScalarKind.DURATION: (Code("dt.timedelta"), Code("str")),
    ir.ScalarKind.BASE64: (Code("bytes"),),
    ir.ScalarKind.BASE64URL: (Code("bytes"),),
    ir.ScalarKind.DECIMAL: (Code("Decimal"),),
    ir.ScalarKind.BINARY: (Code("FileLike"),),
    ir.ScalarKind.NULL: (Code("None"),),
}
"""The members of the annotation of each kind of scalar."""


_TOO_LARGE = 2**63
"""mypy takes no such number in a `Literal`."""


@dataclass(frozen=True, slots=True)
class World:
    """All that the views look things up in."""

    api: ir.Api
    names: Names
    definitions: Mapping[ir.TypeId, ir.Definition]
    assertions: Mapping[Text, Assertion]
    """By address: those that others mention."""
    loads_codecs: bool = True
    """Whether `client` imports codecs one by one, not the folder that loads what it is asked for."""

    @classmethod
    def of(cls, api: ir.Api, names: Names) -> World:
        return cls(api, names, {d.id: d for d in api.definitions}, dict(api.assertions))

    def resolved(self, type_: ir.Type) -> ir.Type:
        """Return what an alias stands for; the alias itself where the chain is too long."""
        return seen_through(type_, self.definitions)

    def bare(self, type_: ir.Type) -> ir.Type:
        """Return what an alias stands for, without null and checks."""
        found = self.resolved(type_)
        while isinstance(found, ir.Nullable | ir.Checked):
            found = self.resolved(found.of)
        return found

    def name(self, id_: ir.TypeId) -> Code:
        return self.names.types[id_].name

    def codec(self, id_: ir.TypeId) -> Code:
        return self.names.types[id_].codec

    def call(self, verb: str, id_: ir.TypeId) -> Code:
        """Return what `client` calls a codec."""
        return Code(f"{'' if self.loads_codecs else 'codecs.'}{verb}_{self.codec(id_)}")


def is_received(definition: ir.Definition) -> bool:
    """Return whether a value may come from the server.

    What no operation reaches may come from one that the document does not describe.
    """
    return definition.usage.received or not definition.usage.sent


def takes_null(type_: ir.Type, world: World) -> bool:
    """Return whether null is a value of a type, by itself or by what it mentions."""
    match world.resolved(type_):
        case ir.Nullable() | ir.Anything() | ir.Scalar(ir.ScalarKind.NULL):
            return True
        case ir.Checked(of, _):
            return takes_null(of, world)
        case ir.Ref(target):
            return world.definitions[target].nullable
        case ir.Scalar() | ir.Literal() | ir.Array() | ir.Map():
            return False


def is_open(definition: ir.Definition) -> bool:
    """Return whether what nobody listed is kept: wherever it may come, but for a closed target."""
    return is_received(definition) and not definition.usage.closed


def alternatives(
    type_: ir.Type, world: World, *, tolerant: bool, loose: bool = False
) -> tuple[Code, ...]:
    """Return the members of the annotation of a type, without null's twin `UNSET`.

    `tolerant`: values that an enum does not list are of it too. `loose`: what callers pass, so that
    any sequence or mapping will do.
    """
    match type_:
        case ir.Anything():
            return (_JSON,)
        case ir.Scalar(kind):
            return SCALARS[kind]
        case ir.Literal(values):
            listed = _listed(values)
            if type_.open:
                return (*listed, Code("str" if is_text(type_) else "int"))
            return (*listed, *(unknowns(type_) if tolerant else ()))
        case ir.Nullable(of):
            members = alternatives(of, world, tolerant=tolerant, loose=loose)
            return members if members == (_JSON,) else (*members, Code("None"))
        case ir.Array(item):
            inner = joined(alternatives(item, world, tolerant=tolerant, loose=loose))
            return (Code(f"{'Sequence' if loose else 'list'}[{inner}]"),)
        case ir.Map(value):
            inner = joined(alternatives(value, world, tolerant=tolerant, loose=loose))
            return (Code(f"{'Mapping' if loose else 'dict'}[str, {inner}]"),)
        case ir.Checked(of, _):
            return alternatives(of, world, tolerant=tolerant, loose=loose)
        case ir.Ref(target):
            return named(target, world)


def _listed(values: tuple[Json, ...]) -> tuple[Code, ...]:
    """Return the members of the annotation of some constants."""
    small = [literal(value) for value in values if not _is_large(value)]
    listed = (Code(f"Literal[{', '.join(small)}]"),) if small else ()
    return listed if len(small) == len(values) else (*listed, Code("int"))


def _is_large(value: Json) -> bool:
    number = value.value
    return isinstance(number, int) and abs(number) >= _TOO_LARGE


def named(id_: ir.TypeId, world: World) -> tuple[Code, ...]:
    """Return the annotation of a definition; the alias of a union holds its own None."""
    definition = world.definitions[id_]
    nullable = definition.nullable and isinstance(definition.shape, ir.Object)
    return (world.name(id_), Code("None")) if nullable else (world.name(id_),)


def is_text(type_: ir.Literal) -> bool:
    """Return whether an enum that allows others is of strings; if not it is of integers."""
    return all(kind_of(value.value) is Kind.STRING for value in type_.values)


def unknowns(type_: ir.Literal) -> tuple[Code, ...]:
    """Return the types of the values that an enum does not list; a constant or a tag has none."""
    if len(type_.values) == 1 or type_.open or type_.tag:
        return ()
    kinds = {kind_of(value.value) for value in type_.values}
    strings = (Code("Unknown"),) if Kind.STRING in kinds else ()
    integers = (Code("UnknownInt"),) if Kind.INTEGER in kinds else ()
    return strings + integers


def joined(members: Iterable[Code]) -> Code:
    return Code(" | ".join(dict.fromkeys(members)))
