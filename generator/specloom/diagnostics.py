"""What is wrong with a document, where, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from specloom.values import Place


class Severity(Enum):
    ERROR = "error"
    """The meaning is unclear: nothing is generated."""
    WARNING = "warning"
    """The meaning is clear though the document is wrong: `--strict` makes it an error."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A position in a file, both numbers counted from 1; columns count characters."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a sentence speaks of, and what it calls that."""

    at: Place
    says: str


@dataclass(frozen=True, slots=True)
class Omission:
    """What can be left out of a document, so that the rest of it can be generated."""

    feature: str
    """The name that a target allows it by: a key of the table of what is unsupported."""
    without: Place | None = None
    """None: the operation that it is of."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `rule` is a key of the table of rules; `message` is a sentence without a full stop."""

    at: Place | Span
    rule: str
    message: str
    severity: Severity = Severity.ERROR
    hint: str = ""
    """What would mend it, where that can be guessed: a sentence without a full stop."""
    related: tuple[Related, ...] = ()
    omission: Omission | None = None
    """Of what is unsupported: what a target may allow to go without."""


class Refused(Exception):
    """Ends the work on one unit (a file, an operation, a type); stages catch and collect it."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of the stages so far."""

    findings: tuple[Diagnostic, ...] = ()

    def __add__(self, more: Iterable[Diagnostic]) -> Report:
        return Report((*self.findings, *more))

    @property
    def failed(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def strict(self) -> Report:
        """Return the same findings, all of them errors."""
        return Report(tuple(replace(f, severity=Severity.ERROR) for f in self.findings))
