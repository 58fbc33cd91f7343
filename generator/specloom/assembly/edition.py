"""What of a document is meant: overlays over it, files beside it, which operations, what may be missing."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.limits import DEFAULT, Limits
from specloom.page_choices import PageChoice


@dataclass(frozen=True, slots=True)
class Edition:
    """Without tags, paths and operations the whole document; else what any of them chooses."""

    overlays: tuple[str, ...] = ()
    """Files, applied in this order."""
    root: str | None = None
    """The folder that references stay in; None: that of the work that the document is in."""
    allowed: tuple[str, ...] = ()
    """What is unsupported and may be left out, by the names of its table."""
    tags: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    """Paths, in which `*` stands for any text."""
    operations: tuple[str, ...] = ()
    """Each an `operationId`, or a method and a path."""
    pages: tuple[PageChoice, ...] = ()
    """How answers of several pages go on, where that is said."""
    limits: Limits = DEFAULT

    @property
    def is_subset(self) -> bool:
        return bool(self.tags or self.paths or self.operations)


AS_WRITTEN = Edition()
