"""What each limit counts, and what it is there for: the page `docs/LIMITS.md`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final, NamedTuple

from specloom.limits import CEILINGS, DEFAULT, KEYS


class Meaning(NamedTuple):
    counts: str
    protects: str


MEANINGS: Final[Mapping[str, Meaning]] = {
    "bytes": Meaning(
        "bytes of a file, and of all files that a document is made of",
        "no file fills the memory while it is read",
    ),
    "markdown-bytes": Meaning(
        "bytes of a page of Markdown", "Markdown is read in Python, which takes its time"
    ),
    "markdown-lines": Meaning(
        "lines of a page of Markdown", "a million short lines would take a minute and 2 GB"
    ),
    "depth": Meaning(
        "values within values, counted from the top, references written out",
        "what walks by recursion would not come back",
    ),
    "nodes": Meaning(
        "values of a file, with what its aliases stand for",
        "a value takes some 100 times the memory of the two bytes that it is written in",
    ),
    "aliased-nodes": Meaning(
        "values that aliases of YAML stand for, or that an overlay writes",
        "a few lines of aliases can stand for a billion values",
    ),
    "names": Meaning(
        "characters of a key, and of a name, an address or any other word for programs",
        "names are spelled, compared and made unique",
    ),
    "texts": Meaning(
        "characters of a string",
        "descriptions are wrapped, and written wherever they are told",
    ),
    "digits": Meaning("characters of a number", "long numbers take long to convert"),
    "files": Meaning(
        "files that one document is made of", "each is opened, read and kept for messages"
    ),
    "references": Meaning(
        "references on the way from one to what it means, through other files",
        "a chain of references could be as long as the document",
    ),
    "copied-nodes": Meaning(
        "values written out a second time, or more often, where OpenAPI allows no reference",
        "references within references multiply",
    ),
    "overlay-steps": Meaning(
        "steps that the paths of one action of an overlay take",
        "a path such as `$..*..*..*` visits a node for each way to it",
    ),
    "growth": Meaning(
        "how many times as heavy as the document the package may be; one of less than 262,144 "
        "characters counts as one of so many",
        "what is written once may be meant a thousand times: published documents grow threefold",
    ),
    "weight": Meaning(
        "characters of the package, roughly",
        "a package has to fit into the memory, and into version control",
    ),
    "mistakes": Meaning(
        "mistakes of a file that are told before the reading ends",
        "what has so many is of another kind, or hostile",
    ),
}
"""By what users call them."""
_HEAD = """\
# Limits

A document is written by somebody else, so nothing of it is taken without a bound. What exceeds a
limit is an error of the rule `limit`: it names the number, the file, the line and the column, and
the setting that raises it. Published documents stay far below all of these.

```toml
[tool.specloom.limits]          # of all targets
nodes = 9_000_000

[tool.specloom.targets.api.limits]  # of one of them
depth = 220
```

For a document without a target it is `--limit nodes=9000000`, which may be given several times. A
lower number than the default is as good as a higher one.

| limit | default | most | what is counted | why |
|---|---:|---:|---|---|
"""


def page() -> str:
    """Return the page with the table of all limits."""
    return _HEAD + "".join(map(_row, KEYS, DEFAULT))


def _row(key: str, usual: int) -> str:
    most = f"{CEILINGS[key][0]:,}" if key in CEILINGS else ""
    meaning = MEANINGS[key]
    return f"| `{key}` | {usual:,} | {most} | {meaning.counts} | {meaning.protects} |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
