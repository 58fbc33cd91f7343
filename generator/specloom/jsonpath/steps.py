"""What a query may cost: it is counted, not timed, so that it is the same on every machine."""

from __future__ import annotations


class Exhausted(Exception):
    """Says that a query would take too many steps."""


class Undecided(Exception):
    """Says that a pattern in a query cannot be decided, and which."""


class Steps:
    """Those that are left."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._left = most

    def spend(self, count: int) -> None:
        """Raises Exhausted once there are none left."""
        self._left -= count
        if self._left < 0:
            raise Exhausted
