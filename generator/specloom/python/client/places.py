"""Arguments in their places: the path, the query, headers and cookies, each in its style."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.code import NOTHING, Code
from specloom.python import views
from specloom.python.annotations import World
from specloom.python.client import views as client_views
from specloom.python.client.arguments import argument_default, argument_name
from specloom.python.codecs.codec import WRITE_ARGUMENT, Position, expression
from specloom.python.codecs.conditions import unless
from specloom.python.defaults import UNSET
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal

_PLURAL = {
    ir.Location.QUERY: Code("query"),
    ir.Location.HEADER: Code("headers"),
    ir.Location.COOKIE: Code("cookies"),
}
_DEFAULTS = {
    ir.Location.PATH: ir.Styled(style=ir.Style.SIMPLE, explode=False),
    ir.Location.QUERY: ir.Styled(style=ir.Style.FORM, explode=True),
    ir.Location.COOKIE: ir.Styled(style=ir.Style.FORM, explode=True),
}


def gathered(operation: ir.Operation, world: World) -> Iterator[client_views.Gathered]:
    """Return the statements that gather the arguments of each place but the path."""
    for location, name in _PLURAL.items():
        parameters = _at(operation, location)
        if parameters:
            yield _gathered(operation, parameters, name, world)
    for parameter in _at(operation, ir.Location.QUERYSTRING):
        if argument_default(parameter, world) is UNSET:
            argument = argument_name(operation, parameter, world)
            line = block(_whole(operation, parameter, world, Code("query = ")), 8)
            statement = views.Statement(condition=block(unless(argument, UNSET), 4), line=line)
            yield client_views.Gathered(start=Code('query = ""'), then=(statement,))


def _at(operation: ir.Operation, location: ir.Location) -> tuple[ir.Parameter, ...]:
    return tuple(p for p in operation.parameters if p.location is location)


def _gathered(
    operation: ir.Operation, parameters: tuple[ir.Parameter, ...], name: Code, world: World
) -> client_views.Gathered:
    always: list[Doc] = []
    then: list[views.Statement] = []
    for parameter in parameters:
        wire = literal(parameter.wire_name)
        is_optional = argument_default(parameter, world) is UNSET
        if not is_optional and not then:
            always.append(_written(operation, parameter, world, Code(f"{wire}: ")))
            continue
        argument = argument_name(operation, parameter, world)
        line = _written(operation, parameter, world, Code(f"{name}[{wire}] = "))
        condition = block(unless(argument, UNSET), 4) if is_optional else NOTHING
        indent = 8 if is_optional else 4
        then.append(views.Statement(condition=condition, line=block(line, indent)))
    head = Code(f"{name}: JsonObject = {{")
    display = Group(head, tuple(always), Code("}"), display=True)
    start = block(display, 4) if always else Code(f"{head}}}")
    return client_views.Gathered(start=start, then=tuple(then))


def _written(operation: ir.Operation, parameter: ir.Parameter, world: World, prefix: Code) -> Doc:
    """Return the expression that writes an argument; as JSON it is a text within its place."""
    owner = ir.TypeId(operation.id.address)
    at = Position(world, owner, (parameter.wire_name.raw,), tolerant=False)
    name = argument_name(operation, parameter, world)
    wire = literal(parameter.wire_name)
    if parameter.writing != ir.Serialized(ir.Codec.JSON):
        return expression(WRITE_ARGUMENT, parameter.type, name, wire, at, prefix=prefix)
    inner = expression(WRITE_ARGUMENT, parameter.type, name, wire, at)
    more = (Code("ascii_only=True"),) if parameter.location is ir.Location.HEADER else ()
    return Group(Code(f"{prefix}_body.json_text("), (inner, wire, *more), Code(")"))


def placed(operation: ir.Operation, world: World) -> Iterator[Doc]:
    """Return the arguments of a `Call` that hold those of the operation."""
    path = _at(operation, ir.Location.PATH)
    if path:
        pairs = tuple(
            _written(operation, p, world, Code(f"{literal(p.wire_name)}: ")) for p in path
        )
        values = Group(Code("{"), pairs, Code("}"), display=True)
        yield _call("segments", "segments", values, path)
    for location, function in ((ir.Location.QUERY, "query"), (ir.Location.COOKIE, "cookies")):
        parameters = _at(operation, location)
        if parameters:
            yield _call(_PLURAL[location], function, _PLURAL[location], parameters)
    for parameter in _at(operation, ir.Location.QUERYSTRING):
        optional = argument_default(parameter, world) is UNSET
        prefix = Code("query=")
        yield Code("query=query") if optional else _whole(operation, parameter, world, prefix)
    headers = _at(operation, ir.Location.HEADER)
    if headers:
        exploded = [literal(p.wire_name) for p in headers if _is_exploded(p)]
        more = (Group(Code("["), tuple(exploded), Code("]"), display=True),) if exploded else ()
        given = (_PLURAL[ir.Location.HEADER], *more)
        key = key_of(operation)
        if key is None:
            yield Group(Code("headers=_headers.written("), given, Code(")"))
        else:
            written = Group(Code("_headers.written("), given, Code(")"))
            yield Group(Code("headers=_key.keyed("), (literal(key.wire_name), written), Code(")"))


def key_of(operation: ir.Operation) -> ir.Parameter | None:
    """Return the parameter that makes an operation one that may be sent again, if it has one."""
    return next((p for p in operation.parameters if p.is_idempotency_key), None)


def _is_exploded(parameter: ir.Parameter) -> bool:
    return isinstance(parameter.writing, ir.Styled) and parameter.writing.explode


def _call(name: str, function: str, values: Doc, parameters: tuple[ir.Parameter, ...]) -> Doc:
    """Return the call that writes values: in the styles of the place, or in their own."""
    styles = tuple(
        Code(f"{literal(p.wire_name)}: {styled(style)}")
        for p in parameters
        if (style := _style(p)) != _DEFAULTS[p.location]
    )
    if not styles:
        return Group(Code(f"{name}=_url.{function}("), (values,), Code(")"))
    own = Group(Code("{"), styles, Code("}"), display=True)
    return Group(Code(f"{name}=_style.{function}("), (values, own), Code(")"))


def _style(parameter: ir.Parameter) -> ir.Styled:
    """Return the style of a value; one of JSON or text is a string by then."""
    match parameter.writing:
        case ir.Styled() as style:
            return style
        case ir.Serialized(ir.Codec.TEXT) if parameter.location is ir.Location.COOKIE:
            # OpenAPI 3.2.0, "Serializing Headers and Cookies": the way to quote it oneself
            return ir.Styled(style=ir.Style.COOKIE, explode=True)
        case ir.Serialized():
            return _DEFAULTS[parameter.location]


def styled(styled_: ir.Styled) -> Code:
    words = [literal(styled_.style.value)]
    words += [Code("explode=True")] if styled_.explode else []
    words += [Code("reserved=True")] if styled_.reserved else []
    return Code(f"_style.Style({', '.join(words)})")


def _whole(operation: ir.Operation, parameter: ir.Parameter, world: World, prefix: Code) -> Doc:
    """Return the whole query string of an operation (OpenAPI 3.2.0, `in: querystring`)."""
    inner = _written(operation, parameter, world, Code(""))
    is_form = parameter.writing == ir.Serialized(ir.Codec.FORM)
    function = "_body.form_text(" if is_form else "_url.whole("
    return Group(Code(f"{prefix}{function}"), (inner,), Code(")"))
