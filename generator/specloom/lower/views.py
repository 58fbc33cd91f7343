"""What is sent and what is received, put together: one definition where both sides are alike, and
two where they are not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from specloom import graph, ir
from specloom.assertion import Assertion
from specloom.components import reachable
from specloom.graph import reach, targets
from specloom.lower.draft import SENT, Draft
from specloom.lower.redirected import Moves, redirected, redirected_assertion, redirected_type
from specloom.values import Text

_WORD = Text("input")
"""What follows its name."""


@dataclass(frozen=True, slots=True)
class Side:
    """A document as it was lowered from one side."""

    drafts: Mapping[ir.TypeId, Draft]
    """In the order of the document."""
    operations: tuple[ir.Operation, ...]
    incoming: tuple[ir.Incoming, ...]
    webhooks: ir.Webhooks | None = None


@dataclass(frozen=True, slots=True)
class Views:
    side: Side
    """Both together."""
    sent: frozenset[ir.TypeId]
    """The definitions that are as the sending side has them."""


def together(received_: Side, sent: Side) -> Views:
    """Return both sides as one: a type that differs keeps its address where it is received."""
    outward = reach(graph.sent(sent.operations, sent.incoming), sent.drafts)
    inward = reach(graph.returned(received_.operations, received_.incoming), received_.drafts)
    both = outward & inward
    split = _split(both, received_.drafts, sent.drafts)
    moves = Moves({id_: ir.TypeId(f"{id_.address}{SENT}") for id_ in split})
    drafts: dict[ir.TypeId, Draft] = {}
    for id_ in {**received_.drafts, **sent.drafts}:
        if id_ in outward - inward:
            drafts[id_] = _moved(sent.drafts[id_], moves)
            continue
        drafts[id_] = received_.drafts[id_] if id_ in received_.drafts else sent.drafts[id_]
        if id_ in split:
            twin = _moved(sent.drafts[id_], moves)
            hint = ir.Under(id_, (_WORD,))
            drafts[moves.types[id_]] = replace(twin, id=moves.types[id_], hints=(hint,), twin=id_)
    return Views(
        side=Side(
            drafts,
            tuple(_operations(received_.operations, sent.operations, moves)),
            tuple(_incoming(received_.incoming, sent.incoming, moves)),
            received_.webhooks,  # what they bring is received
        ),
        sent=frozenset((outward - inward) | set(moves.types.values())),
    )


Asserted: TypeAlias = tuple[tuple[Text, Assertion], ...]
"""What schemas assert, by address."""


def agreed(received_: Asserted, sent: Asserted) -> tuple[Asserted, Moves]:
    """Return what both sides assert, and where those schemas are now that differ where they are
    sent."""
    known, own = dict(received_), dict(sent)
    apart = {address for address, of in own.items() if known.get(address, of) != of}
    while True:
        moves = Moves(addresses={address: Text(f"{address.raw}{SENT}") for address in apart})
        made = {address: redirected_assertion(of, moves) for address, of in own.items()}
        more = {a for a in own if a in known and made[a] != own[a]} - apart
        if not more:
            break
        apart |= more
    moved = tuple((moves.addresses.get(a, a), made[a]) for a in own if a in apart or a not in known)
    return (*received_, *moved), moves


def readdressed(side: Side, of: Collection[ir.TypeId], moves: Moves) -> Side:
    """Return a side of which some definitions mention schemas where they are now."""
    if not moves.addresses:
        return side
    drafts = {id_: _moved(d, moves) if id_ in of else d for id_, d in side.drafts.items()}
    return replace(side, drafts=drafts)


def _split(
    both: Iterable[ir.TypeId],
    received_: Mapping[ir.TypeId, Draft],
    sent: Mapping[ir.TypeId, Draft],
) -> frozenset[ir.TypeId]:
    """Return what differs between the sides, itself or by what it mentions."""
    known = set(both)
    users: dict[ir.TypeId, list[ir.TypeId]] = {}
    for id_ in known:
        for target in targets(sent[id_].shape):
            users.setdefault(target, []).append(id_)
    differing = (id_ for id_ in known if sent[id_] != received_[id_])
    return frozenset(reachable(differing, lambda id_: users.get(id_, ())))


def _moved(draft: Draft, moves: Moves) -> Draft:
    return replace(draft, shape=redirected(draft.shape, moves))


def _operations(
    received_: Iterable[ir.Operation], sent: Iterable[ir.Operation], moves: Moves
) -> Iterator[ir.Operation]:
    """Return operations with what they send from the one side, and with the other's answers."""
    known = {operation.id: operation for operation in sent}
    for operation in received_:
        own = known.get(operation.id, operation)
        yield replace(
            operation,
            parameters=tuple(
                replace(p, type=redirected_type(p.type, moves)) for p in own.parameters
            ),
            body=None if own.body is None else _body(own.body, moves),
        )


def _incoming(
    received_: Iterable[ir.Incoming], sent: Iterable[ir.Incoming], moves: Moves
) -> Iterator[ir.Incoming]:
    known = {incoming.id: incoming for incoming in sent}
    for incoming in received_:
        own = known.get(incoming.id, incoming)
        yield replace(
            incoming,
            responses=tuple(
                replace(r, contents=tuple(_content(c, moves) for c in r.contents))
                for r in own.responses
            ),
        )


def _body(body: ir.Body, moves: Moves) -> ir.Body:
    return replace(body, contents=tuple(_content(content, moves) for content in body.contents))


def _content(content: ir.Content, moves: Moves) -> ir.Content:
    opaque, series = content.opaque, content.series
    return replace(
        content,
        type=moves.type(content.type),
        opaque=None if opaque is None else ir.Opaque(moves.type(opaque.inside)),
        series=None if series is None else replace(series, item=moves.type(series.item)),
    )
