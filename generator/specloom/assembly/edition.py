"""What of a document is meant: with which overlays over it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    overlays: tuple[str, ...] = ()
    """Files, applied in this order."""


AS_WRITTEN = Edition()
