"""How a parameter was lowered."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.explain.atlas import Atlas
from specloom.explain.facts import Fact, checks, presence, remarks, wire
from specloom.explain.layout import Lines, Row, apart, facts, indented, title
from specloom.explain.subjects import ParameterOf, name_of
from specloom.python.annotations import World, joined, takes_null
from specloom.python.client.arguments import (
    Argument,
    argument_default,
    argument_name,
    parameter_arguments,
)
from specloom.python.defaults import UNSET
from specloom.shown import shown


def explain_parameter(subject: ParameterOf, atlas: Atlas) -> Lines:
    parameter, world = subject.parameter, atlas.world
    required = "a required" if parameter.required else "an optional"
    return apart(
        title(f"{name_of(subject, world)}: {required} parameter in the {_place(parameter)}"),
        indented(atlas.address(parameter.at)),
        facts(_facts(subject, atlas)),
    )


def parameter_row(parameter: ir.Parameter, operation: ir.Operation, atlas: Atlas) -> Row:
    """Return one line of the table of an operation's parameters."""
    return (
        atlas.line(parameter.at),
        parameter.location.value,
        wire(parameter.wire_name),
        shown(_declared(parameter, operation, atlas.world)),
        presence(parameter),
        remarks(parameter),
    )


def _declared(parameter: ir.Parameter, operation: ir.Operation, world: World) -> str:
    argument = _argument(parameter, operation, world)
    return f"{argument.name}: {joined(argument.members)}"


def _argument(parameter: ir.Parameter, operation: ir.Operation, world: World) -> Argument:
    name = argument_name(operation, parameter, world)
    return next(a for a in parameter_arguments(operation, world) if a.name == name)


def _facts(subject: ParameterOf, atlas: Atlas) -> Iterator[Fact]:
    parameter, operation, world = subject.parameter, subject.operation, atlas.world
    if parameter.docs.deprecated:
        yield "deprecated", "yes"
    yield "operation", f"{operation.method} {shown(operation.path)}"
    yield "on the wire", f"`{wire(parameter.wire_name)}`, in the {_place(parameter)}"
    yield "written", _written(parameter.writing)
    yield "in Python", _declared(parameter, operation, world)
    if parameter.at == operation.at:
        yield "declared", "only as a hole of the path: it is taken for a required string"
    yield "presence", "required" if parameter.required else "optional"
    yield "default", _default(parameter, world)
    yield "null", _null(parameter, world)
    yield "secret", "yes" if parameter.secret else "no"
    if parameter.is_idempotency_key:
        made = "one is made where none is given" if not parameter.required else "for each call"
        yield "idempotency key", f"yes: {made}, and the call may be sent again"
    if found := "; ".join(checks(parameter.type)):
        yield "checks", f"{found}: before it is sent"


def _default(parameter: ir.Parameter, world: World) -> str:
    default = argument_default(parameter, world)
    if default is None:
        return "none: it has to be given"
    if default is UNSET:
        return "UNSET, which leaves it out"
    return f"{default}, as the document says; it is sent"


def _null(parameter: ir.Parameter, world: World) -> str:
    if not takes_null(parameter.type, world):
        return "does not fit"
    if parameter.location is ir.Location.PATH:
        return "fits, but a path has no null: None is an error"
    return f"fits, but the {_place(parameter)} has no null: None leaves it out"


def _place(parameter: ir.Parameter) -> str:
    match parameter.location:
        case ir.Location.QUERYSTRING:
            return "query, of which it is the whole"
        case ir.Location.HEADER | ir.Location.COOKIE:
            return f"{parameter.location.value}s"
        case ir.Location.PATH:
            return "path"
        case ir.Location.QUERY:
            return "query"


def _written(writing: ir.Writing) -> str:
    match writing:
        case ir.Serialized(codec):
            return f"as {codec.value.upper() if codec is ir.Codec.JSON else codec.value}"
        case ir.Styled(style=style, explode=explode, reserved=reserved):
            more = ", exploded" if explode else ""
            return f"in the style `{style.value}`{more}{', reserved as it is' if reserved else ''}"
