"""Which way each definition travels, over the whole graph of types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from specloom import ir
from specloom.graph import inside, mentioned, received, targets
from specloom.lower.draft import Draft


def usages(
    drafts: Mapping[ir.TypeId, Draft],
    operations: Iterable[ir.Operation],
    incoming: Iterable[ir.Incoming],
) -> dict[ir.TypeId, ir.Usage]:
    """Return the usage of every definition; one that nothing reaches has none.

    What the API asks of its users goes the other way: its body is received, its answers are sent.
    """
    sent: list[ir.TypeId] = []
    patched: list[ir.TypeId] = []
    returned: list[ir.TypeId] = []
    uploaded: list[ir.TypeId] = []
    for operation in operations:
        for parameter in operation.parameters:
            sent += mentioned(parameter.type)
        for content in operation.body.contents if operation.body else ():
            sent += inside(content)
            if operation.method == "PATCH":
                patched += inside(content)
            if content.codec is ir.Codec.MULTIPART:
                uploaded += inside(content)
        returned += [id_ for r in operation.responses for id_ in received(r)]
    for request in incoming:
        returned += [
            id_ for c in (request.body.contents if request.body else ()) for id_ in inside(c)
        ]
        sent += [id_ for r in request.responses for id_ in received(r)]
    starts = (sent, returned, patched, uploaded)
    ways = tuple(_reach(start, drafts) for start in starts)
    return {
        id_: ir.Usage(
            sent=id_ in ways[0],
            received=id_ in ways[1],
            patched=id_ in ways[2],
            uploaded=id_ in ways[3],
        )
        for id_ in drafts
    }


def _reach(start: Iterable[ir.TypeId], drafts: Mapping[ir.TypeId, Draft]) -> set[ir.TypeId]:
    found: set[ir.TypeId] = set()
    pending = list(start)
    while pending:
        id_ = pending.pop()
        if id_ not in found and id_ in drafts:
            found.add(id_)
            pending += targets(drafts[id_].shape)
    return found
