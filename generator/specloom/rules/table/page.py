"""The tables of rules, of what is unsupported and of what is ignored, as a page."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.rules.ignoring import section as ignored
from specloom.rules.table import GROUPS
from specloom.rules.unsupported import section as unsupported


def page() -> str:
    """Return the tables as a Markdown page, `docs/RULES.md`."""
    return "\n".join((*_lines(), *unsupported(), *ignored())) + "\n"


def _lines() -> Iterator[str]:
    yield from (
        "# Rules",
        "",
        "Every finding names one of these rules. An *error* means that the meaning is unclear and",
        "nothing is generated; a *warning* means that the document is wrong but its meaning clear.",
        "`--strict` turns warnings into errors. This page is written by",
        "`python -m specloom.rules.table > docs/RULES.md`.",
    )
    for title, rules in GROUPS:
        yield from ("", f"## {title}", "", "| rule | severity | what must hold | why |")
        yield "|---|---|---|---|"
        yield from (f"| `{r.name}` | {r.severity.value} | {r.says} | {r.why} |" for r in rules)
