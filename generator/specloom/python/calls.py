"""One operation: its methods, and the description of the call that they share."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.code import Code
from specloom.python import views
from specloom.python.annotations import World, joined, named
from specloom.python.arguments import Argument, argument_default, argument_name, arguments
from specloom.python.checks import check_lines
from specloom.python.codec import WRITE_ARGUMENT, Position, expression
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal
from specloom.python.models import UNSET
from specloom.python.prose import Words, docstring

TIMEOUT = Code("timeout: Seconds = UNSET")


def method(operation: ir.Operation, world: World) -> views.Method:
    taken = tuple(arguments(operation, world))
    result = joined(result_of(operation, world))
    name, call = world.names.methods[operation.id], world.names.calls[operation.id]
    passed = Group(Code(f"_{call}("), tuple(a.passed for a in taken), Code(")"))
    description, summary = operation.docs.description, operation.docs.summary
    words: Words = (description if description.raw.strip() else summary,)
    query = _query(operation, world)
    return views.Method(
        sync_signature=_signature(f"def {name}", taken, result),
        async_signature=_signature(f"async def {name}", taken, result),
        docstring=docstring(words, indent=8),
        sync_call=block(
            Group(Code("return self._session.send("), (passed, Code("timeout")), Code(")")), 8
        ),
        async_call=block(
            Group(Code("return await self._session.send("), (passed, Code("timeout")), Code(")")), 8
        ),
        call_signature=_call_signature(f"def _{call}", taken, result),
        checks=tuple(_checks(operation, world)),
        query=query[0],
        query_if=query[1],
        call=_call(operation, result, world),
    )


def _signature(head: str, taken: tuple[Argument, ...], result: Code) -> Code:
    positional = tuple(a.declaration for a in taken if a.is_positional)
    named = tuple(a.declaration for a in taken if not a.is_positional)
    items: tuple[Doc, ...] = (Code("self"), *positional, Code("*"), *named, TIMEOUT)
    return block(Group(Code(f"{head}("), items, Code(f") -> {result}:"), comma=True), 4)


def _call_signature(head: str, taken: tuple[Argument, ...], result: Code) -> Code:
    positional = tuple(a.declaration for a in taken if a.is_positional)
    named = tuple(a.declaration for a in taken if not a.is_positional)
    star: tuple[Doc, ...] = (Code("*"),) if named else ()
    items = (*positional, *star, *named)
    return block(Group(Code(f"{head}("), items, Code(f") -> Call[{result}]:"), comma=True), 0)


def result_of(operation: ir.Operation, world: World) -> tuple[Code, ...]:
    """Return the members of the annotation of what a call returns."""
    members: list[Code] = []
    for _, response in answers(operation):
        content = response.content if response is not None else None
        members += (Code("None"),) if content is None else named(content.type, world)
    return tuple(dict.fromkeys(members))


def answers(operation: ir.Operation) -> Iterator[tuple[Code, ir.Response | None]]:
    """Return what is hoped for: the described successes, or else what `default` describes.

    OpenAPI 3.1.1, "Responses Object": an exact code goes before a range, `default` is the rest.
    """
    found = False
    for response in operation.responses:
        match response.status:
            case ir.Exact(code) if 200 <= code < 300:
                found = True
                yield literal(code), response
            case ir.Range(2):
                found = True
                yield Code('"2XX"'), response
            case _:
                pass
    if not found:
        rest = next((r for r in operation.responses if isinstance(r.status, ir.Rest)), None)
        yield Code('"2XX"'), rest


def _call(operation: ir.Operation, result: Code, world: World) -> Code:
    items: list[Doc] = [
        Code(f"method={literal(operation.method)}"),
        Code(f"path={literal(operation.path)}"),
    ]
    segments = tuple(_segments(operation, world))
    if segments:
        display = Group(Code("{"), segments, Code("}"), display=True)
        items.append(Group(Code("segments=_url.segments("), (display,), Code(")")))
    if _has_query(operation):
        items.append(Code("query=_url.query(query)"))
    items.append(_security(operation, world))
    if operation.body is not None:
        items.append(_body(operation.body, world))
    pairs = tuple(_answer(key, response, world) for key, response in answers(operation))
    items.append(Group(Code("answers={"), pairs, Code("}"), display=True))
    return block(Group(Code("return Call("), tuple(items), Code(")")), 4)


def _security(operation: ir.Operation, world: World) -> Code:
    rows = [
        tuple(literal(str(world.names.credentials[key])) for key in requirement.schemes)
        for requirement in operation.security
    ]
    return Code(f"security={_tuple([_tuple(row) for row in rows])}")


def _tuple(items: tuple[Code, ...] | list[Code]) -> Code:
    return Code(f"({items[0]},)") if len(items) == 1 else Code(f"({', '.join(items)})")


def _body(body: ir.Body, world: World) -> Doc:
    codec = world.codec(body.content.type)
    function = "form" if body.content.codec is ir.Codec.FORM else "json_body"
    if body.required:
        return Code(f"body={function}(encode_{codec}(body))")
    return Code(f"body=None if body is UNSET else {function}(encode_{codec}(body))")


def _answer(key: Code, response: ir.Response | None, world: World) -> Code:
    content = response.content if response is not None else None
    if content is None:
        return Code(f"{key}: nothing")
    return Code(f"{key}: json_of(decode_{world.codec(content.type)})")


def _written(operation: ir.Operation, parameter: ir.Parameter, world: World, prefix: Code) -> Doc:
    owner = ir.TypeId(operation.id.address)
    at = Position(world, owner, (parameter.wire_name.raw,), tolerant=False)
    name = argument_name(operation, parameter, world)
    wire = literal(parameter.wire_name)
    return expression(WRITE_ARGUMENT, parameter.type, name, wire, at, prefix=prefix)


def _segments(operation: ir.Operation, world: World) -> Iterator[Doc]:
    for parameter in operation.parameters:
        if parameter.location is ir.Location.PATH:
            prefix = Code(f"{literal(parameter.wire_name)}: ")
            yield _written(operation, parameter, world, prefix)


def _has_query(operation: ir.Operation) -> bool:
    return any(p.location is ir.Location.QUERY for p in operation.parameters)


def _query(operation: ir.Operation, world: World) -> tuple[Code, tuple[views.Statement, ...]]:
    """Return the statement that starts the query, and those for what may be left out."""
    if not _has_query(operation):
        return Code(""), ()
    always: list[Doc] = []
    perhaps: list[views.Statement] = []
    for parameter in operation.parameters:
        if parameter.location is not ir.Location.QUERY:
            continue
        wire = literal(parameter.wire_name)
        if argument_default(parameter, world) is not UNSET:
            always.append(_written(operation, parameter, world, Code(f"{wire}: ")))
            continue
        name = argument_name(operation, parameter, world)
        line = _written(operation, parameter, world, Code(f"query[{wire}] = "))
        perhaps.append(views.Statement(condition=Code(f"{name} is not UNSET"), line=block(line, 8)))
    head = Code("query: JsonObject = {")
    start = (
        block(Group(head, tuple(always), Code("}"), display=True), 4)
        if always
        else Code(f"{head}}}")
    )
    return start, tuple(perhaps)


def _checks(operation: ir.Operation, world: World) -> Iterator[Code]:
    for parameter in operation.parameters:
        name = argument_name(operation, parameter, world)
        yield from check_lines(parameter.type, name, literal(parameter.wire_name), mark=Code("_"))
