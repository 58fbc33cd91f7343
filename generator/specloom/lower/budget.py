"""What a model may weigh, unit by unit: it is refused before all of it is made."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.diagnostics import Diagnostic
from specloom.limits import Limits, heaviest, raising
from specloom.rules.table import finding
from specloom.values import Place


class TooHeavy(Exception):
    """Says that a document means too much, and from where on."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found)
        self.finding = found


@dataclass(frozen=True, slots=True)
class Budget:
    most: int | None
    key: str = ""
    """The limit that says so."""

    @classmethod
    def of(cls, limits: Limits, size: int) -> Budget:
        """Return that of a document of so many characters."""
        return cls(*heaviest(limits, size))

    def check(self, weight: int, at: Place) -> None:
        """Raise TooHeavy at the unit that makes a model too heavy."""
        if self.most is not None and weight > self.most:
            message = f"with this the package would have more than {self.most:,} characters"
            raise TooHeavy(finding("limit", at, message, raising(self.key)))


UNBOUNDED = Budget(None)
