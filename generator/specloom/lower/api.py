"""The whole document, lowered: definitions, operations, servers and credentials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from specloom import ir
from specloom.assertion import Assertion
from specloom.diagnostics import Diagnostic, Refused
from specloom.document.node import pointer_tokens, resolve
from specloom.document.root import Document
from specloom.document.schema import read_schema
from specloom.graph import assertions, exchanged, roots, targets
from specloom.lower.closure import closure
from specloom.lower.draft import Draft, Lowering, Site, T
from specloom.lower.files import without_files
from specloom.lower.flatness import flatness
from specloom.lower.incoming import lower_incoming
from specloom.lower.operations import lower_operation
from specloom.lower.pinning import pinned
from specloom.lower.schemas import lower_definition
from specloom.lower.security import lower_requirements, lower_schemes
from specloom.lower.servers import is_relative, lower_servers
from specloom.lower.usage import usages
from specloom.rules.support import not_yet
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.unions import Schemas
from specloom.values import Text

_STRUCTURE = frozenset(("properties", "$defs", "definitions", "content", "schema", "responses"))
"""Steps of a pointer that say nothing of what is there."""
_MOST = 1_000
"""Definitions within one component or operation: what is put together might be more and more."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """`api` is what could be lowered: of use only where no finding is an error."""

    api: ir.Api
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """What one component or operation came to."""

    drafts: tuple[Draft, ...]
    findings: tuple[Diagnostic, ...]
    operations: tuple[ir.Operation, ...] = ()
    incoming: tuple[ir.Incoming, ...] = ()


def lower(document: Document) -> Lowered:
    schemas = Schemas(document.root.value, "3.0" if document.legacy else "3.1")
    units = [_component(key, document, schemas) for key in range(len(document.schemas))]
    units += [_operation(index, document, schemas) for index in range(len(document.operations))]
    units += [_incoming(index, document, schemas) for index in range(len(document.incoming))]
    drafts = {draft.id: draft for unit in reversed(units) for draft in reversed(unit.drafts)}
    more = tuple(_elsewhere(drafts, units, document, schemas))
    drafts = {d.id: d for unit in more for d in unit.drafts} | drafts
    operations = tuple(operation for unit in units for operation in unit.operations)
    incoming = tuple(request for unit in units for request in unit.incoming)
    ordered = tuple(d for unit in (*units, *more) for d in unit.drafts if drafts[d.id] is d)
    ways = usages(drafts, operations, incoming)
    served, servers = _unit(lower_servers(document.servers))
    secured, security = _unit(lower_requirements(document.security, document))
    absolute = tuple(s for s in servers or () if not is_relative(s))
    relative = tuple(s for s in servers or () if is_relative(s))
    api = ir.Api(
        title=document.title,
        version=document.version,
        servers=absolute,
        relative_server=relative[0] if relative and not absolute else None,
        security=security or (),
        security_schemes=tuple(lower_schemes(document, operations, security or ())),
        definitions=pinned(
            tuple(_definition(draft, ways[draft.id]) for draft in ordered),
            operations,
            incoming,
            document.heirs,
        ),
        operations=operations,
        incoming=incoming,
        assertions=closure(_asserted(ordered), document),
        at=document.at,
    )
    findings = [f for unit in (*units, *more, served, secured) for f in unit.findings]
    findings += _unused(relative[0 if absolute else 1 :])
    findings += _views(ordered, ways)
    findings += [f for operation in operations for f in flatness(operation, drafts)]
    return Lowered(api, tuple(findings))


def _asserted(drafts: Iterable[Draft]) -> Iterator[Assertion]:
    """Return the assertions of all types, in order."""
    for draft in drafts:
        yield from assertions(draft.shape)


def _component(index: int, document: Document, schemas: Schemas) -> _Unit:
    key, schema = document.schemas[index]
    id_ = ir.TypeId(schema.at.pointer)
    site = Site(document, schemas, id_)
    return _unit(lower_definition(schema, id_, (ir.Said(key),), site))[0]


def _operation(index: int, document: Document, schemas: Schemas) -> _Unit:
    unit, operation = _unit(lower_operation(document.operations[index], document, schemas))
    operations = () if operation is None else (operation,)
    return _Unit(unit.drafts, unit.findings, operations)


def _incoming(index: int, document: Document, schemas: Schemas) -> _Unit:
    unit, request = _unit(lower_incoming(document.incoming[index], document, schemas))
    return _Unit(unit.drafts, unit.findings, incoming=() if request is None else (request,))


def _elsewhere(
    drafts: dict[ir.TypeId, Draft], units: list[_Unit], document: Document, schemas: Schemas
) -> Iterator[_Unit]:
    """Lower what references reach outside of `components`, until nothing is missing."""
    known = set(drafts)
    pending = [target for draft in drafts.values() for target in targets(draft.shape)]
    pending += [t for unit in units for operation in unit.operations for t in roots(operation)]
    pending += [t for unit in units for request in unit.incoming for t in exchanged(request)]
    while pending:
        id_ = pending.pop(0)
        if id_ in known:
            continue
        known.add(id_)
        node = resolve(document.root, f"#{id_.address}")
        if node is None:
            continue
        hints, site = (_place_hint(id_),), Site(document, schemas, id_)
        unit = _unit(lower_definition(read_schema(node), id_, hints, site))[0]
        known |= {draft.id for draft in unit.drafts}
        pending += [target for draft in unit.drafts for target in targets(draft.shape)]
        yield unit


def _place_hint(id_: ir.TypeId) -> ir.Hint:
    """Return a name for what only a reference names: that of its component or operation, and on."""
    tokens = pointer_tokens(f"#{id_.address}") or ()
    owner = "/".join(id_.address.split("/")[: 5 if tokens[2:3] == ("additionalOperations",) else 4])
    words = tuple(Text(t) for t in tokens[3:] if t not in _STRUCTURE)
    match tokens[:2]:
        case ("components", "schemas"):
            return ir.Under(ir.TypeId(owner), words)
        case ("paths", _):
            return ir.Under(ir.OperationId(owner), words)
        case _:
            return ir.Said(Text(tokens[-1] if tokens else "document"))


def _unit(lowering: Lowering[T]) -> tuple[_Unit, T | None]:
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
        return _Unit(tuple(drafts), tuple(findings)), value
    except Refused as refused:
        return _Unit(tuple(drafts), (*findings, refused.diagnostic)), None


def _definition(draft: Draft, usage: ir.Usage) -> ir.Definition:
    return ir.Definition(
        id=draft.id,
        hints=draft.hints,
        shape=draft.shape if usage.uploaded else without_files(draft.shape),
        nullable=draft.nullable,
        usage=usage,
        docs=draft.docs,
        at=draft.at,
    )


def _unused(servers: tuple[ir.Server, ...]) -> Iterator[Diagnostic]:
    for server in servers:
        message = f"the relative address `{shown(server.url)}` is not the first: it is left out"
        yield finding("relative-server", server.at.step("url"), message)


def _views(drafts: tuple[Draft, ...], ways: dict[ir.TypeId, ir.Usage]) -> Iterator[Diagnostic]:
    """Refuse types of which only a part travels one way."""
    for draft in drafts:
        if ways[draft.id].sent:
            for at in draft.read_only:
                yield not_yet(at.step("readOnly").at_key(), "`readOnly` in a type that is sent")
        if ways[draft.id].received:
            for at in draft.write_only:
                yield not_yet(
                    at.step("writeOnly").at_key(), "`writeOnly` in a type that is received"
                )
