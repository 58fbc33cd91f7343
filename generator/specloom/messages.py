"""Findings as a person reads them: the sentence, the line of the document, a caret, a hint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias
from unicodedata import combining, east_asian_width

from specloom.diagnostics import Diagnostic, Span
from specloom.shown import escaped, shown
from specloom.values import Place

Lines: TypeAlias = Callable[[Span], str | None]
"""Returns the whole line of a file that a span is in, if anybody still has it."""

_MARGIN = "    "
_WIDEST = 100
"""Characters of a line that are shown. A document in one line may have millions."""
_BEFORE = 60
"""Characters that are shown before the caret where a line has to be cut."""
_CUT = "..."


def _no_lines(_: Span) -> None:
    return None


def render(
    findings: Iterable[Diagnostic], spans: Mapping[Place, Span], lines: Lines = _no_lines
) -> list[str]:
    """Return a text of one or several lines for each finding, each once.

    They stand in the order of the document, but what is said of a part comes before what is
    said of the whole around it: the innermost place is the one to mend first.
    """
    located = [
        (spans[f.at] if isinstance(f.at, Place) else f.at, f) for f in dict.fromkeys(findings)
    ]
    located.sort(key=lambda pair: (pair[0], pair[1].rule, pair[1].message))
    return ["\n".join(_message(at, f, spans, lines)) for at, f in _innermost_first(located)]


def told_at(path: str, text: str, line: int, rule: str, message: str, hint: str = "") -> str:
    """Return an error about a whole line of a file that is no document."""
    lines = text.splitlines()
    found = Diagnostic(Span(path, line, 1), rule, message, hint=hint)
    return render([found], {}, lambda _: "".join(lines[line - 1 : line]))[0]


def _innermost_first(
    located: Iterable[tuple[Span, Diagnostic]],
) -> Iterator[tuple[Span, Diagnostic]]:
    around: list[tuple[Span, Diagnostic]] = []
    for found in located:
        while around and not _is_within(found[1], around[-1][1]):
            yield around.pop()
        around.append(found)
    while around:
        yield around.pop()


def _is_within(part: Diagnostic, whole: Diagnostic) -> bool:
    match part.at, whole.at:
        case Place() as inner, Place() as outer:
            return inner.pointer.startswith(f"{outer.pointer}/")
        case _:
            return False


def _message(
    at: Span, finding: Diagnostic, spans: Mapping[Place, Span], lines: Lines
) -> Iterator[str]:
    yield f"{_address(at)}: {finding.severity.value}: {finding.rule}: {escaped(finding.message)}"
    if line := lines(at):
        yield from _excerpt(line, at.column - 1)
    for other in finding.related:
        yield f"{_MARGIN}{escaped(other.says)} is at {_address(spans[other.at])}"
    if finding.hint:
        yield f"{_MARGIN}hint: {escaped(finding.hint)}"


def _address(span: Span) -> str:
    return f"{shown(span.file)}:{span.line}:{span.column}"


def _excerpt(line: str, at: int) -> Iterator[str]:
    """Return the part of a line around an offset, and a caret below the character there."""
    start = 0 if len(line) <= _WIDEST else max(0, at - _BEFORE)
    before = (_CUT if start else "") + escaped(line[start:at])
    end = start + _WIDEST
    after = escaped(line[at:end]) + (_CUT if end < len(line) else "")
    indent = 0 if start else len(before + after) - len((before + after).lstrip(" "))
    indent = min(indent, len(before))
    yield _MARGIN + (before + after)[indent:].rstrip()
    yield _MARGIN + " " * _width(before[indent:]) + "^"


def _width(text: str) -> int:
    """Return the columns of a terminal that a text takes (UAX #11: wide characters take two)."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in ("W", "F") else 1 for c in text)
