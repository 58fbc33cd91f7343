"""What is told of a measure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What ours and the other took, in seconds, and how many times the other ours may take."""

    measure: str
    ours: float
    other: float
    peer: str
    limit: float | None = None
    """None: said for information."""
    unit: str = "s"
    """`s` or `KiB`."""

    @property
    def ratio(self) -> float:
        return self.ours / self.other

    @property
    def missed(self) -> bool:
        return self.limit is not None and self.ratio > self.limit
