"""How an operation was lowered: its method, what it sends, and what it returns."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import ir
from specloom.explain.atlas import Atlas
from specloom.explain.credentials import credential_facts
from specloom.explain.facts import Fact
from specloom.explain.layout import Lines, Row, apart, facts, indented, section, table, title
from specloom.explain.pages import page_facts
from specloom.explain.parameters import parameter_row
from specloom.explain.subjects import name_of
from specloom.explain.tokens import token_facts
from specloom.printing import status
from specloom.python.annotations import World, joined
from specloom.python.client.answers import answers, type_of
from specloom.python.client.bodies import body_arguments
from specloom.python.client.calls import method
from specloom.shown import shown

_PARAMETERS = ("line", "in", "on the wire", "in Python", "presence", "remarks")
_ANSWERS = ("line", "status", "media type", "type", "outcome")


def explain_operation(operation: ir.Operation, atlas: Atlas) -> Lines:
    world = atlas.world
    parameters = (parameter_row(p, operation, atlas) for p in operation.parameters)
    signature = method(operation, world).sync_signature
    return apart(
        title(f"{name_of(operation, world)}: {operation.method} {shown(operation.path)}"),
        indented(atlas.address(operation.at)),
        facts(_facts(operation, atlas)),
        section("Method", f"    {signature}".splitlines()),
        section("Parameters", table(_PARAMETERS, parameters)),
        section("Answers", table(_ANSWERS, _answers(operation, atlas))),
    )


def _named(operation: ir.Operation) -> str:
    """Return the `operationId`, or what the operation is called after where it has none.

    One for a stream beside another that answers at once has a hint instead, of the same words.
    """
    if operation.operation_id is not None:
        return shown(operation.operation_id)
    if operation.hint is not None:
        return f"none of its own: named after {shown(operation.hint)}"
    return "none: named after method and path"


def _facts(operation: ir.Operation, atlas: Atlas) -> Iterator[Fact]:
    if operation.docs.deprecated:
        yield "deprecated", "yes"
    yield "operationId", _named(operation)
    yield from token_facts(operation, atlas)
    yield from _body(operation, atlas)
    yield from page_facts(operation)
    yield from credential_facts(operation, atlas)
    yield from _servers(atlas.world)


def _body(operation: ir.Operation, atlas: Atlas) -> Iterator[Fact]:
    body = operation.body
    if body is None:
        yield "body", "none"
        return
    members = next(body_arguments(operation, atlas.world)).members
    type_ = joined(member for member in members if member != "Unset")
    required = "required" if body.required else "optional: UNSET sends none"
    yield "body", f"{type_}, {required}, in line {atlas.line(body.at)}"
    media_types = (shown(content.media_type) for content in body.contents)
    yield "", f"as {' or '.join(media_types)}"


def _answers(operation: ir.Operation, atlas: Atlas) -> Iterator[Row]:
    hoped = tuple(response for _, response in answers(operation))
    for response in operation.responses:
        outcome = "returned" if response in hoped else "raised"
        line, code = atlas.line(response.at), status(response.status)
        if not response.contents:
            yield line, code, "", "None" if response in hoped else "", outcome
        for content in response.contents:
            type_ = joined(type_of(content, atlas.world))
            yield line, code, shown(content.media_type), type_, outcome
    if None in hoped:
        yield "", "2XX", "", "None", "returned: no success is described"


def _servers(world: World) -> Iterator[Fact]:
    if not world.api.servers:
        yield "server", "none in the document: clients need a `base_url`"
    for number, server in enumerate(world.api.servers):
        name = f"Server.{world.names.servers[server.url]}"
        default = ", the default" if number == 0 else ""
        yield "" if number else "server", f"{shown(server.url)} ({name}{default})"
