"""Tags that say something of the operations that have them for their group."""

from __future__ import annotations

from collections.abc import Iterable

from specloom import ir
from specloom.document.tag import Tag


def lower_groups(tags: Iterable[Tag], operations: Iterable[ir.Operation]) -> tuple[ir.Group, ...]:
    """Return what is said of groups, in the order of the document. Of twins the first counts."""
    groups = {operation.group for operation in operations}
    said: dict[str, Tag] = {}
    for tag in tags:
        if tag.name in groups and tag.description.raw.strip():
            said.setdefault(tag.name.raw, tag)
    return tuple(
        ir.Group(name=tag.name, docs=ir.Docs(description=tag.description), at=tag.at)
        for tag in said.values()
    )
