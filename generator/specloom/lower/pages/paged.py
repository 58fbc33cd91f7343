"""Which operations answer page by page: as the target says, or an extension, or as is recognised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from specloom import ir
from specloom.diagnostics import Diagnostic
from specloom.document.operation import Operation
from specloom.document.root import Document
from specloom.lower.pages.chosen import Unfit, chosen
from specloom.lower.pages.listing import Definitions
from specloom.lower.pages.paging import recognised
from specloom.near import nearest
from specloom.page_choices import PageChoice
from specloom.rules.table import finding
from specloom.shown import shown


def with_pages(
    api: ir.Api, document: Document, choices: tuple[PageChoice, ...]
) -> tuple[ir.Api, tuple[Diagnostic, ...]]:
    """Return a model that knows which of its operations answer page by page, and findings."""
    known = {definition.id: definition for definition in api.definitions}
    written = {operation.address: operation for operation in document.operations}
    whole = [o for o in api.operations if o.id.address in written and not o.streams]
    said = {o.id: choice for choice in choices for o in whole if _is(o, choice.operation)}
    findings = [*_vain(api, document, choices)]
    operations: list[ir.Operation] = []
    for operation in api.operations:
        own = written.get(operation.id.address)
        if own is None or operation.streams:  # what comes item by item has no pages
            operations.append(operation)
            continue
        pagination, unfit = _paged(operation, own, said, known, document)
        operations.append(replace(operation, pagination=pagination))
        findings += unfit
    return replace(api, operations=tuple(operations)), tuple(findings)


def _paged(
    operation: ir.Operation,
    written: Operation,
    said: Mapping[ir.OperationId, PageChoice],
    definitions: Definitions,
    document: Document,
) -> tuple[ir.Pagination | None, tuple[Diagnostic, ...]]:
    if operation.id in said:
        try:
            return chosen(said[operation.id], operation, definitions, ir.Ground.NAMED), ()
        except Unfit as unfit:
            message = f"the target is wrong about pages: {unfit.says}"
            return None, (finding("pages", operation.at, message, unfit.hint),)
    findings: tuple[Diagnostic, ...] = ()
    if written.pages is not None:
        try:
            found = chosen(written.pages.choice, operation, definitions, ir.Ground.DECLARED)
        except Unfit as unfit:
            message = f"this says nothing of pages: {unfit.says}"
            findings = (finding("declared-pages", written.pages.at, message, unfit.hint),)
        else:
            return found, ()
    return recognised(operation, definitions, document.root), findings


def _is(operation: ir.Operation, word: str) -> bool:
    if operation.operation_id is not None and operation.operation_id.raw == word:
        return True
    method, _, path = word.partition(" ")
    return operation.method == method.upper() and operation.path.raw == path.strip()


def _vain(api: ir.Api, document: Document, choices: tuple[PageChoice, ...]) -> Iterator[Diagnostic]:
    """Yield a finding for each operation that a target names and there is not."""
    ids = [o.operation_id.raw for o in api.operations if o.operation_id is not None]
    known = [*ids, *(f"{o.method} {o.path.raw}" for o in api.operations)]
    for choice in choices:
        if not any(_is(operation, choice.operation) for operation in api.operations):
            near = nearest(choice.operation, known)
            message = f"there is no operation `{shown(choice.operation)}` to have pages"
            hint = f"did you mean `{shown(near)}`?" if near else ""
            at = (document.root.get("paths") or document.root).at.at_key()
            yield finding("pages", at, message, hint)
