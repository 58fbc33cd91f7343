"""A document from one side, unit by unit: components, operations, and what the API asks of its users;
then what only references reach."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from specloom import ir
from specloom.diagnostics import Diagnostic, Refused
from specloom.document.incoming import Incoming
from specloom.document.node import at_pointer
from specloom.document.operation import Operation
from specloom.document.root import Document
from specloom.document.schema import Schema, read_schema
from specloom.graph import exchanged, roots, targets
from specloom.lower.budget import UNBOUNDED, Budget
from specloom.lower.draft import Draft, Lowering, Site, T
from specloom.lower.endings import endless_aliases
from specloom.lower.operations.incoming import lower_incoming
from specloom.lower.operations.operations import lower_operation
from specloom.lower.operations.webhooks import lower_webhooks
from specloom.lower.schemas.marks import unit_of
from specloom.lower.schemas.schemas import lower_definition
from specloom.lower.views import Side
from specloom.pointers import tokens_of
from specloom.rules.support import not_yet
from specloom.unions import Schemas
from specloom.values import Place, Text
from specloom.weight import weight

_STRUCTURE = frozenset(("properties", "$defs", "definitions", "content", "schema", "responses"))
"""Steps of a pointer that say nothing of what is there."""
_CHOICES = frozenset(("content", "responses"))
"""Steps after which a media type or a status follows, which say no more."""
_MOST = 2_000
"""Definitions within one component or operation: what is put together might be more and more."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What one component or operation came to."""

    drafts: tuple[Draft, ...]
    findings: tuple[Diagnostic, ...]
    operations: tuple[ir.Operation, ...] = ()
    incoming: tuple[ir.Incoming, ...] = ()
    webhooks: ir.Webhooks | None = None

    @property
    def weight(self) -> int:
        return weight(self.drafts, self.operations, self.incoming, self.webhooks)


@dataclass(frozen=True, slots=True)
class Run:
    """What a document came to, from one side."""

    document: Document
    units: tuple[Unit, ...]
    """Components, operations, and what the API asks of its users; then what only references reach."""
    side: Side
    endless: tuple[Diagnostic, ...]
    """Of what is not on the side: it never comes to a type."""

    @property
    def findings(self) -> Iterator[Diagnostic]:
        yield from (finding for unit in self.units for finding in unit.findings)
        yield from self.endless


def run(
    document: Document,
    budget: Budget = UNBOUNDED,
    known: Run | None = None,
    touched: frozenset[str] = frozenset(),
) -> Run:
    """Lower a document. Of a second side, what is not `touched` is taken as it is `known`.

    Raises TooHeavy where all units weigh more than a budget lets them.
    """
    schemas = Schemas(document.root.value, "3.0" if document.legacy else "3.1")
    units: list[Unit] = []
    weighs = 0
    for homes, make in _makers(document, schemas, units):
        is_same = touched.isdisjoint(map(unit_of, homes))
        units.append(known.units[len(units)] if known is not None and is_same else make())
        weighs += units[-1].weight
        budget.check(weighs, Place(document.root.at.file, homes[0]))
    drafts = {draft.id: draft for unit in reversed(units) for draft in reversed(unit.drafts)}
    more: list[Unit] = []
    for id_, unit in _elsewhere(drafts, units, document, schemas):
        more.append(unit)
        weighs += unit.weight
        budget.check(weighs, Place(document.root.at.file, id_.address))
    drafts = {d.id: d for unit in more for d in unit.drafts} | drafts
    whole = (*units, *more)
    kept = {d.id: d for unit in whole for d in unit.drafts if drafts[d.id] is d}
    endless = dict(endless_aliases(kept))
    side = Side(
        drafts={id_: draft for id_, draft in kept.items() if id_ not in endless},
        operations=tuple(operation for unit in units for operation in unit.operations),
        incoming=tuple(request for unit in units for request in unit.incoming),
        webhooks=next((unit.webhooks for unit in units if unit.webhooks is not None), None),
    )
    return Run(document, whole, side, tuple(endless.values()))


def _makers(
    document: Document, schemas: Schemas, before: Sequence[Unit]
) -> Iterator[tuple[tuple[str, ...], Callable[[], Unit]]]:
    """Return what lowers each unit, and the pointers of what it is lowered from.

    The last is of all webhooks together, for which the units `before` it are asked.
    """
    for key, schema in document.schemas:
        yield (schema.at.pointer,), partial(_component, key, schema, document, schemas)
    for operation in document.operations:
        homes = (operation.at.pointer, operation.address)
        yield homes, partial(_operation, operation, document, schemas)
    for request in document.incoming:
        homes = (request.operation.at.pointer, request.operation.address)
        yield homes, partial(_incoming, request, document, schemas)
    webhooks = [one.operation for one in document.incoming if one.caller is None]
    if webhooks:
        all_ = tuple(pointer for one in webhooks for pointer in (one.at.pointer, one.address))
        yield all_, partial(_webhooks, before, document, schemas)


def _component(key: Text, schema: Schema, document: Document, schemas: Schemas) -> Unit:
    id_ = ir.TypeId(schema.at.pointer)
    site = Site(document, schemas, id_)
    return lowered(lower_definition(schema, id_, (ir.Said(schema.hint or key),), site))[0]


def _operation(written: Operation, document: Document, schemas: Schemas) -> Unit:
    unit, operation = lowered(lower_operation(written, document, schemas))
    operations = () if operation is None else (operation,)
    return Unit(unit.drafts, tuple(_omitting(written, unit)), operations)


def _omitting(written: Operation, unit: Unit) -> Iterator[Diagnostic]:
    """Return the findings of an operation: where nothing smaller can be left out, it can."""
    for found in unit.findings:
        omission = found.omission
        if omission is not None and omission.without is None:
            found = replace(found, omission=replace(omission, without=written.at))
        yield found


def _incoming(written: Incoming, document: Document, schemas: Schemas) -> Unit:
    unit, request = lowered(lower_incoming(written, document, schemas))
    findings = tuple(_omitting(written.operation, unit))
    return Unit(unit.drafts, findings, incoming=() if request is None else (request,))


def _webhooks(before: Iterable[Unit], document: Document, schemas: Schemas) -> Unit:
    requests = [request for unit in before for request in unit.incoming]
    unit, webhooks = lowered(lower_webhooks(requests, document, schemas))
    return replace(unit, webhooks=webhooks)


def _elsewhere(
    drafts: dict[ir.TypeId, Draft], units: list[Unit], document: Document, schemas: Schemas
) -> Iterator[tuple[ir.TypeId, Unit]]:
    """Lower what references reach outside of `components`, until nothing is missing."""
    known = set(drafts)
    pending = deque(target for draft in drafts.values() for target in targets(draft.shape))
    pending += [t for unit in units for operation in unit.operations for t in roots(operation)]
    pending += [t for unit in units for request in unit.incoming for t in exchanged(request)]
    while pending:
        id_ = pending.popleft()
        if id_ in known:
            continue
        known.add(id_)
        node = at_pointer(document.root, id_.address)
        if node is None:
            continue
        hints, site = _place_hints(id_), Site(document, schemas, id_)
        unit = lowered(lower_definition(read_schema(node), id_, hints, site))[0]
        known |= {draft.id for draft in unit.drafts}
        pending += [target for draft in unit.drafts for target in targets(draft.shape)]
        yield id_, unit


def _place_hints(id_: ir.TypeId) -> tuple[ir.Hint, ...]:
    """Return names for what only a reference names: where it stands, and on.

    Outside of components that says little: among `$defs`, the key goes first.
    """
    match tokens_of(id_.address):
        case (first, *_, "$defs" | "definitions", key) if first != "components":
            return ir.Said(Text(key)), _place_hint(id_)
        case _:
            return (_place_hint(id_),)


def _place_hint(id_: ir.TypeId) -> ir.Hint:
    """Return a name for what only a reference names: that of its component or operation, and on."""
    tokens = tokens_of(id_.address)
    owner = "/".join(id_.address.split("/")[: 5 if tokens[2:3] == ("additionalOperations",) else 4])
    steps = pairwise(tokens[2:])
    words = tuple(Text(t) for on, t in steps if t not in _STRUCTURE and on not in _CHOICES)
    match tokens[:2]:
        case ("components", "schemas"):
            return ir.Under(ir.TypeId(owner), words)
        case ("paths", _):
            return ir.Under(ir.OperationId(owner), words)
        case _:
            return ir.Said(Text(tokens[-1] if tokens else "document"))


def lowered(lowering: Lowering[T]) -> tuple[Unit, T | None]:
    """Run one lowering to its end; a refusal ends it, and is one more finding."""
    drafts: list[Draft] = []
    findings: list[Diagnostic] = []
    try:
        while True:
            match next(lowering):
                case Draft() as draft:
                    drafts.append(draft)
                    if len(drafts) > _MOST:
                        raise Refused(not_yet(draft.at, f"more than {_MOST} types within one"))
                case Diagnostic() as found:
                    findings.append(found)
    except StopIteration as end:
        value: T = end.value
        return Unit(tuple(drafts), tuple(findings)), value
    except Refused as refused:
        return Unit(tuple(drafts), (*findings, refused.diagnostic)), None
