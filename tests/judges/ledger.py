"""Whether the ledger of fidelity is true of the documents of a folder: `python -m tests.judges.ledger FOLDER`.

Of each document the nodes of the file are counted by other means: the sums have to agree. Then a
few of its operations are made with all that they refer to, and single nodes are given another legal
value: one that is generated has to move syntax trees, documentation docstrings alone, and what is
ignored no byte. The seed is fixed, and kinds of nodes come first of which few were tried.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from tests.ledger.effects import Made, made, understood
from tests.ledger.nodes import count, plain
from tests.ledger.reduced import reduced
from tests.ledger.trial import chosen

from specloom.assembly import assemble
from specloom.diagnostics import Report
from specloom.ledger import Bucket, Ledger, written
from specloom.source import Unreadable
from specloom.values import Tree

from .corpora import files

_PARTS = 3
"""Small documents that are made of each."""
_OPERATIONS = 3
_NODES = 3_000
"""A document of more is not made once for each trial."""
_TRIES = 12


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.judges.ledger", description=__doc__)
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("documents", metavar="NAME", nargs="*", help="some of its files; or all")
    parser.add_argument("--trials", type=int, default=12, help="nodes to change of each part")
    parser.add_argument("--largest", type=int, default=4_000_000, help="bytes of a file")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    tried: Counter[tuple[str, ...]] = Counter()
    lies: list[str] = []
    for path in files(options.folder, options.documents):
        if path.stat().st_size > options.largest:
            _say(f"{path.name}: too large for {options.largest} bytes, left out")
            continue
        start = time.monotonic()
        found = [*_judged(path, Random(options.seed), options.trials, tried)]
        lies += found
        for lie in found:
            _say(f"{path.name}: {lie}")
        sys.stderr.write(f"{path.name}: {time.monotonic() - start:.1f} s\n")
    _say(f"{sum(tried.values())} trials of {len(tried)} kinds: {len(lies)} lies")
    return 1 if lies else 0


def _judged(
    path: Path, random: Random, most: int, tried: Counter[tuple[str, ...]]
) -> Iterator[str]:
    try:
        whole, findings = assemble(str(path))
    except Unreadable:
        _say(f"{path.name}: cannot be read")
        return
    if Report(findings).failed:
        _say(f"{path.name}: is refused")
        return
    document = understood(whole.tree, whole.file)
    if document is None:
        _say(f"{path.name}: is refused")
    else:
        yield from _counted(path, written(document.ledger, whole))
    for part in _parts(whole.tree, random):
        for trial in chosen(part, random, most, tried):
            if lie := trial.lie():
                yield lie


def _counted(path: Path, ledger: Ledger) -> Iterator[str]:
    entries = [entry for at, entry in ledger.entries.items() if at.file == str(path)]
    buckets = Counter(entry.bucket for entry in entries)
    sums = ", ".join(f"{buckets[bucket]} {bucket.value}" for bucket in Bucket if buckets[bucket])
    _say(f"{path.name}: {len(entries)} nodes: {sums}")
    nodes = count(plain(path))
    if nodes != len(entries):
        yield f"the file has {nodes} nodes, the ledger {len(entries)}"


def _parts(tree: Tree, random: Random) -> Iterator[Made]:
    """Return small documents that are made of a few operations of a large one."""
    small = (reduced(tree, random, 1 + turn % _OPERATIONS) for turn in range(_TRIES))
    fitting = (part for part in small if count(part) <= _NODES)
    made_ = (found for part in fitting if (found := made(part)) is not None)
    yield from islice(made_, _PARTS)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
