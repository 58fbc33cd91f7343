"""How far generated codecs conform to JSON Schema: `python -m tests.judges.conformance FOLDER`.

What it prints is `docs/CONFORMANCE.md`. It exits with 1 where a case differs that nobody explained.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from .cases import LEFT_OUT, Tried, cases, keywords, tried

_DRAFTS = {"draft2020-12": "OpenAPI 3.1 and 3.2", "draft4": "OpenAPI 3.0"}
_CLASSES = {
    "core": "`type`, `properties`, `required`, `items`, `enum`, `const`, `additionalProperties` …",
    "validate": "bounds, `pattern`, `uniqueItems` …",
    "hard": "`allOf`, `anyOf`, `oneOf`, `not`, `if`, `$ref`, `contains`, `prefixItems`, `unevaluated*` …",
    "format-assertion": "`format`",
}
_VALID, _INVALID, _OFFTYPE = "valid", "invalid", "off-type"
_REASONS = {
    "narrowed": "A schema without `type` that describes members is for objects, and one that describes "
    "items is for arrays: by the letter it ignores other values, but they are none of its type.",
    "annotation": "`format` is an annotation: only what Python has to represent (a date, a UUID) has to "
    "be well-formed, where `type` says that it is a string.",
    "unchecked": "`f.*o` takes `re` the square of the length of a text, so it is not searched for; a "
    "warning says so.",
}
_EXPLAINED = {
    ("ref", "root pointer ref"): "narrowed",
    (
        "patternProperties",
        "patternProperties validates properties matching a regex",
    ): "unchecked",
}
"""Why a case differs that is no off-type one, by its keyword and group."""

_HEAD = """\
# Conformance

What generated codecs accept and refuse of the [JSON Schema Test Suite](https://github.com/json-schema-org/JSON-Schema-Test-Suite),
each group of which is a component of a document. A valid value has to decode where decoding is strict,
and to encode to an equal one; an invalid one has to be refused. A keyword that Specloom does not know
would fail. This page is written by `make conformance SUITE=<folder>`.
"""
_FOOT = """\
*Off-type* values are valid only because a keyword ignores their kind, as `properties` ignores arrays;
they count apart.
"""


@dataclass(frozen=True)
class Draft:
    name: str
    tried: tuple[Tried, ...]
    left_out: Counter[str]
    """Instances, by the reason."""


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.judges.conformance",
        description="How far do generated codecs conform to JSON Schema?",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="with a folder for each draft")
    folder: Path = parser.parse_args().folder
    with TemporaryDirectory(prefix="specloom-jsts-") as out:
        drafts = [_draft(folder / name, Path(out)) for name in _DRAFTS]
    sys.stdout.write("\n".join(_page(drafts)) + "\n")
    return 1 if any(_why(one) is None for d in drafts for one in d.tried if one.fault) else 0


def _draft(folder: Path, out: Path) -> Draft:
    found: list[Tried] = []
    left_out: Counter[str] = Counter()
    for keyword in keywords(folder):
        found += tried(folder, keyword, out)
        for case in cases(folder, keyword):
            if case["cls"] == LEFT_OUT:
                left_out[case.get("why", "")] += len(case["instances"])
    return Draft(folder.name, tuple(found), left_out)


def _kind(one: Tried) -> str:
    if one.instance.get("offtype"):
        return _OFFTYPE
    return _VALID if one.instance["valid"] else _INVALID


def _why(one: Tried) -> str | None:
    """Return why an instance differs, if anyone knows."""
    if one.case["cls"] == "format-assertion" and one.fault == "accepted":
        return "annotation"
    if _kind(one) == _OFFTYPE and one.fault.startswith("refused"):
        return "narrowed"
    return _EXPLAINED.get((one.keyword, one.case["group"]))


# --- the page --------------------------------------------------------------------------------


def _page(drafts: Iterable[Draft]) -> Iterator[str]:
    yield _HEAD
    for draft in drafts:
        yield f"## {_DRAFTS[draft.name]}: {draft.name}\n"
        yield from _table(draft)
        yield ""
    yield _FOOT
    yield "## What differs\n"
    yield from (f"*{word.capitalize()}*: {said}\n" for word, said in _REASONS.items())
    yield "| draft | keyword | case | instances | why |"
    yield "|---|---|---|--:|---|"
    for draft in drafts:
        yield from _differing(draft)
    yield "\n## What is left out\n"
    yield "| draft | instances | why |"
    yield "|---|--:|---|"
    for draft in drafts:
        for why, count in sorted(draft.left_out.items()):
            yield f"| {draft.name} | {count} | {why} |"


def _table(draft: Draft) -> Iterator[str]:
    yield f"| class | | {_VALID} | {_INVALID} | {_OFFTYPE} |"
    yield "|---|---|--:|--:|--:|"
    counts = Counter((one.case["cls"], _kind(one), not one.fault) for one in draft.tried)
    for cls, about in _CLASSES.items():
        cells = (_cell(counts, cls, kind) for kind in (_VALID, _INVALID, _OFFTYPE))
        yield f"| {cls} | {about} | {' | '.join(cells)} |"


def _cell(counts: Counter[tuple[str, str, bool]], cls: str, kind: str) -> str:
    passed, failed = counts[cls, kind, True], counts[cls, kind, False]
    return f"{passed} of {passed + failed}" if passed + failed else ""


def _differing(draft: Draft) -> Iterator[str]:
    """Return a row for each case that differs; formats are told of together, by keyword."""
    rows: Counter[tuple[str, str, str]] = Counter()
    for one in draft.tried:
        if one.fault:
            group = "" if one.case["cls"] == "format-assertion" else one.case["group"]
            rows[one.keyword, group, _why(one) or f"**unexplained**: {one.fault}"] += 1
    for (keyword, group, why), count in rows.items():
        yield f"| {draft.name} | {keyword} | {group} | {count} | {why} |"


if __name__ == "__main__":
    sys.exit(main())
