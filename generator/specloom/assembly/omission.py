"""A document without some of its nodes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from specloom.assembly.merging import changed
from specloom.assembly.whole import Whole
from specloom.assembly.written import Trail, Written
from specloom.diagnostics import Diagnostic, Severity
from specloom.document.node import Node, at_pointer
from specloom.pointers import tokens_of
from specloom.values import Place

_LEFT_OUT = "it is left out, as the target allows"


def omitted(
    findings: Iterable[Diagnostic], allowed: Collection[str], document: Whole
) -> tuple[tuple[Place, Diagnostic], ...]:
    """Return what is left out for what is wrong with a document, each place once, with a warning."""
    root = Node(document.tree, Place(document.file, ""), document.tree)
    gone: dict[Place, Diagnostic] = {}
    for found in findings:
        omission = found.omission
        if omission is None or omission.feature not in allowed or omission.without is None:
            continue
        if at_pointer(root, omission.without.pointer) is not None:
            said = replace(found, severity=Severity.WARNING, hint=_LEFT_OUT)
            gone.setdefault(omission.without, said)
    return tuple(gone.items())


def without(document: Whole, places: Collection[Place]) -> Whole:
    """Return a document in which these nodes are not there, nor what is below them."""
    ways = (tokens_of(place.pointer) for place in places)
    left = changed(Written(document.tree, Trail(Place(document.file, ""))), ways, lambda _: None)
    assert left is not None, "the document itself is not unsupported"
    origins = document.origins.then(left.trail.origins().moved)
    return replace(document, tree=left.tree, origins=origins)
