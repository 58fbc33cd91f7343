"""What the user named becomes one document of OpenAPI 3.

Each step takes a document in one piece and returns another, with what is to be said about it; the
places of what a step says are `Span`s, since only it knows the tree that they are in.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from specloom.assembly.anchors import anchored
from specloom.assembly.bundle import bundled
from specloom.assembly.edition import AS_WRITTEN, Edition
from specloom.assembly.embedded import extracted
from specloom.assembly.swagger import is_swagger, judged, lifted
from specloom.assembly.whole import Whole, whole
from specloom.diagnostics import Diagnostic, Report
from specloom.document.node import Node
from specloom.document.walk import walk
from specloom.rules.structure import structure
from specloom.source import read
from specloom.values import Place

__all__ = ["AS_WRITTEN", "Edition", "Whole", "assemble"]

_Step: TypeAlias = tuple[Whole, tuple[Diagnostic, ...]]


def assemble(spec: str, edition: Edition = AS_WRITTEN) -> tuple[Whole, tuple[Diagnostic, ...]]:
    """Return the document in a file, as an edition has it, and findings; raise Unreadable.

    Where a finding is an error, the document is not complete.
    """
    source, warnings = read(Path(spec), spec, limits=edition.limits)
    document, report = whole(source, edition.limits), Report(warnings)
    for step in (_overlaid, _by_pointers, _in_one_piece, _in_openapi_3, _from_the_top, _chosen):
        if not report.failed:
            document, more = step(document, edition)
            report += more
    return document, report.findings


def _overlaid(document: Whole, edition: Edition) -> _Step:
    if not edition.overlays:
        return document, ()
    from specloom.assembly.overlay import overlaid  # most documents have none

    return overlaid(document, edition.overlays)


def _in_one_piece(document: Whole, edition: Edition) -> _Step:
    whole, findings = bundled(document, edition.root)
    if not Report(findings).failed or any(found.rule == "limit" for found in findings):
        return whole, findings
    root = Node(whole.tree, Place(whole.file, ""), whole.tree)
    limits = whole.limits
    is_old = is_swagger(whole.tree)
    shape = judged(root, limits) if is_old else structure(walk(root), limits.names)
    # what could not be followed is wrong in no other way
    said = {finding.at for finding in findings}
    more = (found for found in whole.placed(shape) if found.at not in said)
    return whole, (*findings, *more)


def _in_openapi_3(document: Whole, _: Edition) -> _Step:
    return lifted(document) if is_swagger(document.tree) else (document, ())


def _chosen(document: Whole, edition: Edition) -> _Step:
    if not edition.is_subset:
        return document, ()
    from specloom.assembly.subset import subset  # most packages are of whole documents

    return subset(document, edition)


def _by_pointers(document: Whole, _: Edition) -> _Step:
    return anchored(document)


def _from_the_top(document: Whole, _: Edition) -> _Step:
    return extracted(document)
