"""What a query may cost: it is counted, not timed, so that it is the same on every machine."""

from __future__ import annotations


class Exhausted(Exception):
    """Says that a query would take too many steps, or that a pattern in it cannot be decided."""


class Steps:
    """Those that are left."""

    def __init__(self, left: int) -> None:
        self._left = left

    def spend(self, count: int) -> None:
        """Raises Exhausted once there are none left."""
        self._left -= count
        if self._left < 0:
            raise Exhausted("it takes too many steps")
