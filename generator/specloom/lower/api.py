"""The whole document, lowered: definitions, operations, servers and credentials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from specloom import ir
from specloom.assertion import Assertion
from specloom.diagnostics import Diagnostic, Refused, Severity
from specloom.document.root import Document
from specloom.graph import assertions
from specloom.lower.budget import UNBOUNDED, Budget
from specloom.lower.draft import Draft
from specloom.lower.flatness import flatness
from specloom.lower.operations.groups import lower_groups
from specloom.lower.operations.security import lower_requirements, lower_schemes
from specloom.lower.operations.servers import is_relative, lower_servers
from specloom.lower.operations.streams import divided
from specloom.lower.pages.paged import with_pages
from specloom.lower.pinning import pinned
from specloom.lower.schemas.closure import closure
from specloom.lower.schemas.files import without_files
from specloom.lower.schemas.marks import marks
from specloom.lower.schemas.sides import without
from specloom.lower.tokens.grants import with_token_endpoints
from specloom.lower.tokens.token_sources import token_sources
from specloom.lower.units import Run, lowered, run
from specloom.lower.usage import usages
from specloom.lower.views import Asserted, Side, agreed, readdressed, together
from specloom.page_choices import PageChoice
from specloom.rules.table import finding
from specloom.shown import shown


@dataclass(frozen=True, slots=True)
class Lowered:
    """`api` is what could be lowered: of use only where no finding is an error."""

    api: ir.Api
    findings: tuple[Diagnostic, ...]


def lower(
    document: Document, budget: Budget = UNBOUNDED, pages: tuple[PageChoice, ...] = ()
) -> Lowered:
    """Return what a document means; raise TooHeavy where that weighs more than a budget lets it.

    `pages` says how answers of several go on, where it is not what the document says.
    """
    found = marks(document)
    comes = run(without(document, "writeOnly", found), budget)
    touched = frozenset[str]().union(*found.touched.values())
    goes = run(without(document, "readOnly", found), budget, comes, touched) if touched else comes
    served, servers = lowered(lower_servers(document.servers))
    secured, security = lowered(lower_requirements(document.security, document))
    absolute = tuple(s for s in servers or () if not is_relative(s))
    relative = tuple(s for s in servers or () if is_relative(s))
    side, asserted, unsayable = _whole(comes, goes)
    drafts, operations, incoming = side.drafts, side.operations, side.incoming
    ways = usages(drafts, operations, incoming)
    definitions = pinned(
        tuple(_definition(draft, ways[id_]) for id_, draft in drafts.items()),
        operations,
        incoming,
        document.heirs,
    )
    operations = tuple(divided(with_token_endpoints(operations, definitions), definitions))
    described, found_schemes = lowered(lower_schemes(document, operations, security or ()))
    schemes = found_schemes or ()
    api = ir.Api(
        title=document.title,
        version=document.version,
        groups=lower_groups(document.tags, operations),
        servers=absolute,
        relative_server=relative[0] if relative and not absolute else None,
        security=security or (),
        security_schemes=schemes,
        token_sources=token_sources(operations, schemes, definitions),
        definitions=definitions,
        operations=operations,
        incoming=incoming,
        webhooks=side.webhooks,
        assertions=asserted,
        homes=tuple(document.homes.items()),
        at=document.at,
    )
    findings = list(dict.fromkeys((*comes.findings, *goes.findings)))
    findings += [*served.findings, *secured.findings, *described.findings]
    findings += unsayable
    findings += _unused(relative[0 if absolute else 1 :])
    findings += [f for operation in operations for f in flatness(operation, drafts)]
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Lowered(api, tuple(findings))  # types may be missing that a page would be made of
    paged, unfit = with_pages(api, document, pages)
    return Lowered(paged, (*findings, *unfit))


def _whole(comes: Run, goes: Run) -> tuple[Side, Asserted, tuple[Diagnostic, ...]]:
    """Return both sides as one, with a finding where a schema that is mentioned cannot be checked."""
    try:
        return *_joined(comes, goes), ()
    except Refused as refused:
        return comes.side, (), (refused.diagnostic,)


def _joined(comes: Run, goes: Run) -> tuple[Side, Asserted]:
    """Return both sides of a document as one, and what its types mention of schemas."""
    if goes is comes:
        return comes.side, closure(_asserted(comes.side.drafts.values()), comes.document)
    views = together(comes.side, goes.side)
    drafts = views.side.drafts
    inward = (draft for id_, draft in drafts.items() if id_ not in views.sent)
    outward = (draft for id_, draft in drafts.items() if id_ in views.sent)
    asserted, moves = agreed(
        closure(_asserted(inward), comes.document), closure(_asserted(outward), goes.document)
    )
    return readdressed(views.side, views.sent, moves), asserted


def _asserted(drafts: Iterable[Draft]) -> Iterator[Assertion]:
    """Return the assertions of all types, in order."""
    for draft in drafts:
        yield from assertions(draft.shape)


def _definition(draft: Draft, usage: ir.Usage) -> ir.Definition:
    return ir.Definition(
        id=draft.id,
        hints=draft.hints,
        shape=draft.shape if usage.uploaded else without_files(draft.shape),
        nullable=draft.nullable,
        usage=usage,
        twin=draft.twin,
        docs=draft.docs,
        at=draft.at,
    )


def _unused(servers: tuple[ir.Server, ...]) -> Iterator[Diagnostic]:
    for server in servers:
        message = f"the relative address `{shown(server.url)}` is not the first: it is left out"
        yield finding("relative-server", server.at.step("url"), message)
