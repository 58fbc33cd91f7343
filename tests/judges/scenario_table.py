"""What came of the scenarios, as Markdown: a table of the folders, and each that did not pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PASSED, FAILED = "passed", "failed"
LOST, REFUSED = "cannot be expressed", "refused by the generator"
_VERDICTS = (PASSED, FAILED, LOST, REFUSED)
_HEAD = """\
# Scenarios of TypeSpec

`make spector SCENARIOS=…` generates a package of each document that TypeSpec emits from the
scenarios of its HTTP specifications, makes the calls that they show, and asks their server whether
each request was right. A scenario passes if the server says so, and if what was read from each
answer is written back as what came. What cannot be expressed is lost in the emitted document, or is
against it.
"""


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario, and what came of it."""

    name: str
    folder: str
    verdict: str
    reason: str = ""


def table(played: Sequence[Played], folders: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the report, in the order of the folders and of the scenarios."""
    yield _HEAD
    yield f"| folder | scenarios | {' | '.join(_VERDICTS)} |"
    yield "|---|--:|--:|--:|--:|--:|"
    for folder in folders:
        yield _row(f"`{folder}`", [one for one in played if one.folder == folder])
    yield _row("all", played)
    for verdict in _VERDICTS[1:]:
        found = [one for one in played if one.verdict == verdict]
        if found:
            yield f"\n## {verdict.capitalize()}\n"
        yield from (f"- `{one.name}`: {one.reason}" for one in found)


def _row(name: str, played: Sequence[Played]) -> str:
    counts = Counter(one.verdict for one in played)
    return f"| {name} | {len(played)} | {' | '.join(str(counts[v]) for v in _VERDICTS)} |"
