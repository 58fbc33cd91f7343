"""The page that says what works: a row for each feature whose tests have all passed."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from .driving import ROOT

CORPUS = ROOT / "tests" / "corpus"
PAGE = ROOT / "docs" / "FEATURES.md"
FEATURES = sorted(path.parent.name for path in CORPUS.glob("*/spec.yaml"))

GROUPS = {
    "Parameters": (
        "parameters",
        "styles",
        "headers",
        "cookies",
        "content_parameters",
        "reserved",
        "querystring",
        "unset",
    ),
    "Bodies": ("json_bodies", "forms", "multipart", "text_and_octets", "content_types"),
    "Answers": ("responses", "answer_types", "answer_headers", "big_numbers", "raw"),
    "Errors": ("errors",),
    "Security": ("security", "credentials"),
    "Servers": ("servers", "relative_server"),
    "Ways out": ("ways_out",),
    "Types": (
        "containers",
        "enums",
        "module_names",
        "names",
        "nullables",
        "objects",
        "references",
        "secrets",
        "unions",
        "variants",
    ),
}

# Of documents that do not describe themselves.
_DESCRIPTIONS = {
    "parameters": "Parameters in their default styles, with constraints.",
    "responses": "Answers told apart by status: a code, a range or the rest.",
    "security": "Alternatives of credentials, optional ones, and none.",
    "containers": "Arrays and maps, within one another.",
    "enums": "Enums of strings and integers, and constants; those received may grow.",
    "names": "Names that Python, or the package itself, has other uses for.",
    "nullables": "Null, and absence, which is not null; bodies that change what they mention.",
    "objects": "Objects, required and optional members, defaults and constraints.",
    "references": "References to components, in circles and to one another.",
    "secrets": "Values that no message, `repr` or log shows.",
    "unions": "Unions whose variants a tag tells apart, and variants that nobody knew.",
    "variants": "Unions without a discriminator, told apart by what their variants are.",
}

_HEAD = """\
# Features

Each feature is a small document; its tests generate the package, import it and drive it over a socket, sync
and async. A feature stands here only if all of its tests have passed. This page is written by
`pytest tests/features --record`.
"""


@dataclass
class Tally:
    """How the tests of one feature went."""

    passed: set[str] = field(default_factory=set[str])
    failed: set[str] = field(default_factory=set[str])


def page(tallies: dict[str, Tally]) -> str:
    """Return the page for what has passed."""
    works = {name for name, tally in tallies.items() if tally.passed and not tally.failed}
    parts = [_HEAD]
    for group, names in GROUPS.items():
        rows = [_row(name, len(tallies[name].passed)) for name in names if name in works]
        if rows:
            parts.append("\n".join([f"## {group}\n", *_TABLE, *rows, ""]))
    return "\n".join(parts)


_TABLE = ("| feature | what it is | tests |", "|---|---|---:|")


def _row(name: str, tests: int) -> str:
    info = yaml.safe_load((CORPUS / name / "spec.yaml").read_text("utf-8"))["info"]
    said = info.get("description") or _DESCRIPTIONS[name]
    return f"| [{info['title']}](../tests/corpus/{name}/spec.yaml) | {said} | {tests} |"
