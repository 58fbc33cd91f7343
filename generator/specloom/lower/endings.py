"""Aliases that never come to a type: each stands for the next, and the last for one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specloom import ir
from specloom.diagnostics import Diagnostic
from specloom.lower.draft import Draft
from specloom.lower.meaning.parts import endless


def endless_aliases(drafts: Mapping[ir.TypeId, Draft]) -> Iterator[tuple[ir.TypeId, Diagnostic]]:
    """Return the aliases that stand for one another and for nothing else, or lead to such.

    Each alias is passed once, however long the chains.
    """
    ends: dict[ir.TypeId, bool] = {}
    for id_ in drafts:
        chain: dict[ir.TypeId, None] = {}
        at: ir.TypeId | None = id_
        while at is not None and at not in ends and at not in chain:
            chain[at] = None
            at = _next(drafts.get(at))
        ends |= dict.fromkeys(chain, at is None or ends.get(at, False))
    for id_, draft in drafts.items():
        if not ends[id_]:
            yield id_, endless(draft.at)


def _next(draft: Draft | None) -> ir.TypeId | None:
    """Return what an alias stands for, null aside, where that has a name."""
    shape = None if draft is None else draft.shape
    of = shape.of if isinstance(shape, ir.Alias) else None
    of = of.of if isinstance(of, ir.Nullable) else of
    return of.target if isinstance(of, ir.Ref) else None
