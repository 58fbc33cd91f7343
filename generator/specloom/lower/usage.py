"""Which way each definition travels, over the whole graph of types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specloom import ir
from specloom.graph import in_body, inside, reach, returned, sent
from specloom.lower.draft import Draft


def usages(
    drafts: Mapping[ir.TypeId, Draft],
    operations: tuple[ir.Operation, ...],
    incoming: tuple[ir.Incoming, ...],
) -> dict[ir.TypeId, ir.Usage]:
    """Return the usage of every definition; one that nothing reaches has none.

    What the API asks of its users goes the other way: its body is received, its answers are sent.
    """
    goes = reach(sent(operations, incoming), drafts)
    comes = reach(returned(operations, incoming), drafts)
    patched = reach(_patched(operations), drafts)
    uploaded = reach(_uploaded(operations), drafts)
    return {
        id_: ir.Usage(
            sent=id_ in goes,
            received=id_ in comes,
            patched=id_ in patched,
            uploaded=id_ in uploaded,
        )
        for id_ in drafts
    }


def _patched(operations: tuple[ir.Operation, ...]) -> Iterator[ir.TypeId]:
    for operation in operations:
        if operation.method == "PATCH":
            yield from in_body(operation.body)


def _uploaded(operations: tuple[ir.Operation, ...]) -> Iterator[ir.TypeId]:
    for operation in operations:
        for content in operation.body.contents if operation.body else ():
            if content.codec is ir.Codec.MULTIPART:
                yield from inside(content)
