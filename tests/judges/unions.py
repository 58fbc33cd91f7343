"""How every union of a folder of documents is told apart: `python -m tests.judges.unions FOLDER`.

What it prints is `docs/UNIONS.md`. Nothing is generated: the documents are read, and each `oneOf`
and `anyOf` is judged where it stands. One of a single variant, null aside, is no union.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from specloom.rules.validator import version_of
from specloom.shown import shown
from specloom.source import Unreadable, read
from specloom.unions import Schemas, Site, judge, unions
from specloom.values import Json, Text
from specloom.verdict import Evidence, Rule, Verdict, is_trial

from .corpora import files

_LONGEST = 60
_KEYWORDS = ("oneOf", "anyOf")


@dataclass(frozen=True)
class Judged:
    """One union of a document."""

    document: str
    site: Site
    verdict: Verdict

    @property
    def is_settled(self) -> bool:
        """Whether it is known how far the variants differ: by proof, by promise, or by a witness."""
        return self.verdict.evidence is not Evidence.UNDECIDED

    @property
    def is_tried(self) -> bool:
        return is_trial(self.verdict.choice)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.judges.unions",
        description="How is every union of a folder of documents told apart?",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a folder of OpenAPI documents")
    folder: Path = parser.parse_args().folder
    documents = files(folder)
    found: list[Judged] = []
    unread: list[str] = []
    for path in documents:
        _progress(path.name)
        try:
            found += _judged(path)
        except Unreadable as reason:
            unread.append(f"{path.name}: {reason.findings[0].message}")
    _progress("")
    sys.stdout.write("\n".join(_page(found, unread)) + "\n")
    return 0 if found else 1


def _judged(path: Path) -> Iterator[Judged]:
    source, _ = read(path, path.name)
    version = version_of(source.tree)
    if not version:
        return  # another format, or a version without `oneOf`
    schemas = Schemas(source.tree, version)
    for site in unions(schemas):
        verdict = judge(schemas, site.candidates, declared=site.declared)
        if len(site.candidates) > 1:
            yield Judged(path.name, site, verdict)


def _progress(name: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{name}")


# --- the page ------------------------------------------------------------------------------


def _page(found: list[Judged], unread: list[str]) -> Iterator[str]:
    yield "# Unions"
    yield ""
    yield "How the variants of every union of a corpus of published documents are told apart: what"
    yield "decides, and how far that is known. This page is written by"
    yield "`make unions CORPUS=<folder>`; `specloom explain DOC TYPE` says the same of one union."
    yield ""
    count = len(found)
    settled = sum(one.is_settled for one in found)
    untried = sum(not one.is_tried for one in found)
    documents = len({one.document for one in found})
    yield f"Of **{count:,}** unions in {documents} documents,"
    yield ""
    yield f"- **{_share(settled, count)}** are proven, promised by a declared discriminator, told"
    yield "  apart by convention, or overlap with a value that a validator accepted for two variants;"
    yield f"- **{_share(untried, count)}** are decoded without trial."
    yield ""
    yield from _by_evidence(found)
    yield from _by_rule(found)
    yield from _by_document(found)
    yield from _rest(found)
    if unread:
        yield from ("", "## Not read", "", *(f"- {line}" for line in unread))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "0 %"


def _by_evidence(found: list[Judged]) -> Iterator[str]:
    yield "## By evidence"
    yield ""
    yield "| evidence | unions | share | `oneOf` | `anyOf` | without trial |"
    yield "|---|--:|--:|--:|--:|--:|"
    for evidence in Evidence:
        of = [one for one in found if one.verdict.evidence is evidence]
        kinds = Counter(one.site.keyword for one in of)
        untried = sum(not one.is_tried for one in of)
        yield _row(
            evidence.value,
            len(of),
            _share(len(of), len(found)),
            *(kinds[keyword] for keyword in _KEYWORDS),
            untried,
        )
    yield ""
    yield "*Proven*: no value fits two variants. *Declared*: the author's `discriminator` says so, and"
    yield "constants do not prove it. *Convention*: what decides tells the variants apart without trial,"
    yield "although an odd value fits two. *Overlap*: only a trial decides; there is a witness."
    yield ""


def _by_rule(found: list[Judged]) -> Iterator[str]:
    yield "## By what decides"
    yield ""
    yield f"| rule | unions | share | {' | '.join(evidence.value for evidence in Evidence)} |"
    yield f"|---|--:|--:|{'--:|' * len(Evidence)}"
    for rule in Rule:
        of = [one for one in found if one.verdict.rule is rule]
        counts = Counter(one.verdict.evidence for one in of)
        if of:
            share = _share(len(of), len(found))
            yield _row(rule.value, len(of), share, *(counts[evidence] for evidence in Evidence))
    yield ""


def _by_document(found: list[Judged]) -> Iterator[str]:
    yield "## By document"
    yield ""
    yield f"| document | unions | {' | '.join(e.value for e in Evidence)} | tried |"
    yield f"|---|--:|{'--:|' * len(Evidence)}--:|"
    names: Mapping[str, int] = Counter(one.document for one in found)
    for name in sorted(names, key=lambda name: (-names[name], name)):
        of = [one for one in found if one.document == name]
        counts = Counter(one.verdict.evidence for one in of)
        tried = sum(one.is_tried for one in of)
        yield _row(name, len(of), *(counts[evidence] for evidence in Evidence), tried)
    yield ""


def _rest(found: list[Judged]) -> Iterator[str]:
    yield "## Neither proven nor shown to overlap"
    yield ""
    for one in found:
        if not one.is_settled:
            yield f"- {one.document}, `{shown(one.site.pointer)}`: {one.verdict.reason}"
    yield ""
    yield "## Tried"
    yield ""
    yield "What two variants accept, the smallest value that was found:"
    yield ""
    yield "| document | union | variants | witness |"
    yield "|---|---|--:|---|"
    for one in found:
        if one.is_tried and one.verdict.overlaps:
            overlap = one.verdict.overlaps[0]
            yield _row(
                one.document,
                f"`{_cell(one.site.pointer)}`",
                f"{overlap.first + 1}, {overlap.second + 1} of {len(one.site.candidates)}",
                f"`{_cell(_brief(overlap.witness))}`",
            )


def _brief(value: Json) -> str:
    text = shown(Text(value.raw))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _cell(text: str) -> str:
    return shown(text).replace("|", "\\|").replace("`", "'")


def _row(*cells: str | int) -> str:
    return f"| {' | '.join(f'{c:,}' if isinstance(c, int) else c for c in cells)} |"


if __name__ == "__main__":
    sys.exit(main())
