"""A text, and where it stands in the file that a user sees."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from specloom.diagnostics import Diagnostic, Severity, Span

_LINE_END = re.compile(r"\r\n?|\n")


class Unreadable(Exception):
    """Says that a file holds no tree, and why: at least one of the findings is an error."""

    def __init__(self, findings: tuple[Diagnostic, ...], page: Page) -> None:
        super().__init__(findings)
        self.findings = findings
        self.page = page


@dataclass(frozen=True, slots=True)
class Mistake:
    """A finding at an offset of a text."""

    at: int
    rule: str
    message: str
    severity: Severity = Severity.ERROR
    hint: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Page:
    """The text of a document, which is the whole file or a part of each of several lines."""

    name: str
    """How messages call the file."""
    text: str
    lines_before: int = 0
    """The lines of the file above the text."""
    margins: tuple[int, ...] = ()
    """For each line of the text, the characters of the file's line before it; none without."""
    whole: str | None = None
    """The text of the file, where it is more than the text."""

    def lines(self) -> Callable[[Span], str | None]:
        """Return what finds the line of the file that a span is in; None if there is none."""
        lines = _LINE_END.split(self.text if self.whole is None else self.whole)
        return lambda span: lines[span.line - 1] if lines[span.line - 1 : span.line] else None

    def spans(self, offsets: Iterable[int]) -> dict[int, Span]:
        """Return the position in the file of each offset in the text."""
        starts = [0, *(end.end() for end in _LINE_END.finditer(self.text))]
        return {at: self._span(starts, at) for at in offsets}

    def _span(self, starts: list[int], at: int) -> Span:
        line = bisect_right(starts, at) - 1
        margin = self.margins[line] if line < len(self.margins) else 0
        return Span(self.name, self.lines_before + line + 1, margin + at - starts[line] + 1)

    def judged(self, mistakes: Iterable[Mistake]) -> tuple[Diagnostic, ...]:
        """Return the warnings; raise Unreadable with all findings if one of them is an error."""
        found = tuple(mistakes)
        if not found:
            return ()
        spans = self.spans(mistake.at for mistake in found)
        findings = tuple(
            Diagnostic(spans[m.at], m.rule, m.message, m.severity, m.hint) for m in found
        )
        if any(finding.severity is Severity.ERROR for finding in findings):
            raise Unreadable(findings, self)
        return findings

    def refusal(self, rule: str, message: str, at: int = 0, *, hint: str = "") -> Unreadable:
        """Return the exception for one error."""
        return Unreadable((Diagnostic(self.spans([at])[at], rule, message, hint=hint),), self)
