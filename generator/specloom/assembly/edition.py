"""What of a document is meant: with which overlays over it, and which files beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    overlays: tuple[str, ...] = ()
    """Files, applied in this order."""
    root: str | None = None
    """The folder that references stay in; None: that of the work that the document is in."""


AS_WRITTEN = Edition()
