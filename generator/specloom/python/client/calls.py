"""One operation: its methods, and the description of the call that they share."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.code import Code
from specloom.python.annotations import World, joined
from specloom.python.client import views as client_views
from specloom.python.client.answers import accept, failures, hopes, reader_pair, result_of
from specloom.python.client.arguments import (
    Argument,
    argument_name,
    declared,
    parameter_arguments,
    signature,
)
from specloom.python.client.bodies import body_arguments, body_of, body_overloads, gathered_body
from specloom.python.client.described import described
from specloom.python.client.outdated import warnings
from specloom.python.client.pages import paged
from specloom.python.client.places import gathered, key_of, placed
from specloom.python.client.servers import address
from specloom.python.client.streams import is_download, is_of_events
from specloom.python.codecs.checks import check_lines
from specloom.python.layout import Doc, Group, block
from specloom.python.literals import literal
from specloom.values import Text


def method(operation: ir.Operation, world: World) -> client_views.Method:
    taken = arguments(operation, world)
    item = joined(result_of(operation, world))
    result, awaited, called = item, item, item
    if is_download(operation):
        result, awaited, called = Code("Download"), Code("AsyncDownload"), Code(f"Series[{item}]")
    elif is_of_events(operation):
        kinds = ("EventStream", "AsyncEventStream", "Series")
        result, awaited, called = (Code(f"{of}[{item}]") for of in kinds)
    elif operation.streams:
        result, awaited, called = (
            Code(f"{of}[{item}]") for of in ("Stream", "AsyncStream", "Series")
        )
    name, call = world.names.methods[operation.id], world.names.calls[operation.id]
    passed = Group(Code(f"_{call}("), tuple(a.passed for a in taken), Code(")"))
    send, send_async = _senders(operation, passed)
    return client_views.Method(
        overloads=tuple(_overloads(operation, name, (result, awaited), world)),
        sync_signature=signature(f"def {name}", taken, result),
        async_signature=signature(f"async def {name}", taken, awaited),
        docstring=described(operation, world),
        sync_call=block(send, 8),
        async_call=block(send_async, 8),
        call_signature=_call_signature(f"def _{call}", taken, called),
        warnings=tuple(warnings(operation, world)),
        checks=tuple(_checks(operation, world)),
        gathered=(*gathered(operation, world), *gathered_body(operation.body, world)),
        call=_call(operation, world),
        paged=paged(operation, taken, world),
    )


def _opening(operation: ir.Operation) -> str:
    if is_download(operation):
        return "open_download"
    return "open_events" if is_of_events(operation) else "open_stream"


def _senders(operation: ir.Operation, passed: Doc) -> tuple[Doc, Doc]:
    """Return the statements that send a call, and wait for its answer or await it."""
    sent: tuple[Doc, ...] = (passed, Code("options"))
    send = send_async = Code("self._session.send(")
    if operation.streams:
        sent = (Code("self._session"), *sent)
        opens = _opening(operation)
        send, send_async = Code(f"{opens}("), Code(f"{opens}_async(")
    return (
        Group(Code(f"return {send}"), sent, Code(")")),
        Group(Code(f"return await {send_async}"), sent, Code(")")),
    )


def arguments(operation: ir.Operation, world: World) -> tuple[Argument, ...]:
    """Return path parameters, the body, then the rest: those that must be given first."""
    own = tuple(parameter_arguments(operation, world))
    first = tuple(argument for argument in own if argument.is_positional)
    rest = tuple(argument for argument in own if not argument.is_positional)
    return (*first, *body_arguments(operation, world), *rest)


def _overloads(
    operation: ir.Operation, name: Code, results: tuple[Code, Code], world: World
) -> Iterator[client_views.Overload]:
    own = tuple(parameter_arguments(operation, world))
    first = tuple(argument for argument in own if argument.is_positional)
    rest = tuple(argument for argument in own if not argument.is_positional)
    result, awaited = results
    for body in body_overloads(operation, world):
        taken = (*first, *body, *rest)
        yield client_views.Overload(
            sync=Code(f"{signature(f'def {name}', taken, result)} ..."),
            asynchronous=Code(f"{signature(f'async def {name}', taken, awaited)} ..."),
        )


def _call_signature(head: str, taken: tuple[Argument, ...], result: Code) -> Code:
    items = tuple(declared(taken))
    return block(Group(Code(f"{head}("), items, Code(f") -> Call[{result}]:"), comma=True), 0)


def _call(operation: ir.Operation, world: World) -> Code:
    items: list[Doc] = [
        Code(f"method={literal(operation.method)}"),
        Code(f"path={literal(operation.path)}"),
        *placed(operation, world),
        security(operation.security, world),
    ]
    if operation.server is not None:
        items.append(Code(f"server={literal(address(operation.server))}"))
    accepted = accept(operation)
    if accepted != "application/json":
        items.append(Code(f"accept={literal(Text(accepted))}"))
    if operation.body is not None:
        items.append(body_of(operation, operation.body, world))
    if key_of(operation) is not None:
        items.append(Code("is_keyed=True"))
    if operation.is_token_endpoint:
        items.append(Code("is_single_use=True"))
    hoped = tuple(hopes(operation, world))
    items.append(Group(Code("answers={"), hoped, Code("}"), display=True))
    failed = tuple(reader_pair(key, response, world) for key, response in failures(operation))
    if failed:
        items.append(Group(Code("failures={"), failed, Code("}"), display=True))
    return block(Group(Code("return Call("), tuple(items), Code(")")), 4)


def security(requirements: tuple[ir.Requirement, ...], world: World) -> Code:
    """Return the alternatives by what the client calls its credentials."""
    held = world.names.credentials
    rows = [
        tuple(literal(str(held[key])) for key in requirement.schemes if key in held)
        for requirement in requirements
    ]
    return Code(f"security={_tuple([_tuple(row) for row in rows])}")


def _tuple(items: tuple[Code, ...] | list[Code]) -> Code:
    return Code(f"({items[0]},)") if len(items) == 1 else Code(f"({', '.join(items)})")


def _checks(operation: ir.Operation, world: World) -> Iterator[Code]:
    for parameter in operation.parameters:
        name = argument_name(operation, parameter, world)
        yield from check_lines(parameter.type, name, literal(parameter.wire_name), mark=Code("_"))
