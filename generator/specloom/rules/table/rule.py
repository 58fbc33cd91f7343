"""A rule of the table."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.diagnostics import Severity

UNCLEAR = Severity.ERROR
"""Of a rule without which the meaning is a guess."""
CLEAR = Severity.WARNING
"""Of a rule without which the meaning is clear all the same."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding. `says` is what must hold, `why` what would go wrong otherwise."""

    name: str
    severity: Severity
    says: str
    why: str
