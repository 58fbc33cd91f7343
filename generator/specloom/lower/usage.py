"""Which way each definition travels, over the whole graph of types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from specloom import ir
from specloom.graph import mentioned, targets
from specloom.lower.draft import Draft


def usages(
    drafts: Mapping[ir.TypeId, Draft], operations: Iterable[ir.Operation]
) -> dict[ir.TypeId, ir.Usage]:
    """Return the usage of every definition; one that no operation reaches has none."""
    sent: list[ir.TypeId] = []
    patched: list[ir.TypeId] = []
    received: list[ir.TypeId] = []
    for operation in operations:
        for parameter in operation.parameters:
            sent += mentioned(parameter.type)
        if operation.body is not None:
            sent.append(operation.body.content.type)
            if operation.method == "PATCH":
                patched.append(operation.body.content.type)
        received += [r.content.type for r in operation.responses if r.content is not None]
    ways = (_reach(sent, drafts), _reach(received, drafts), _reach(patched, drafts))
    return {
        id_: ir.Usage(sent=id_ in ways[0], received=id_ in ways[1], patched=id_ in ways[2])
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
