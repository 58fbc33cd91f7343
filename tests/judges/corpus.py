"""Everything over a folder of published documents: `python -m tests.judges.corpus FOLDER`.

Each document is generated with its tests, twice; the package is imported, type-checked, laid out
again, and passes its tests. What it prints is `docs/CORPUS.md`. What was seen of a package is kept
below `.judges/corpus`, by what it holds: a run that was interrupted goes on where it stopped, and
after a change of the generator only packages that became others are looked at again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from .corpora import documents, name_of
from .environments import MADE
from .qualities import Qualities, qualities

_KEPT = MADE / "corpus"
_QUALITIES = ("same twice", "imports", "mypy", "black", "tests")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.judges.corpus",
        description="Is every package of a folder of documents whole, typed and tested?",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a folder of OpenAPI documents")
    parser.add_argument("names", metavar="NAME", nargs="*", help="documents of it; all by default")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="documents at a time")
    parser.add_argument("--again", action="store_true", help="look at all of them anew")
    parser.add_argument("--keep", type=Path, help="a folder that gets the packages")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    every = list(documents(folder))
    chosen = [p for p in every if not arguments.names or name_of(p, folder) in arguments.names]
    missing = {*arguments.names} - {name_of(path, folder) for path in chosen}
    if missing or not chosen:
        parser.error(f"no such document: {', '.join(sorted(missing)) or folder}")
    bench = _Bench(folder, arguments.keep, again=arguments.again, count=len(chosen))
    with ThreadPoolExecutor(arguments.jobs) as pool:
        seen = list(pool.map(bench.qualities, chosen))
    bench.say("")
    sys.stdout.write("\n".join(_page(seen, len(every))) + "\n")
    return 0 if all(one.is_well for one in seen) else 1


class _Bench:
    """Looks at documents one by one, and remembers what was seen."""

    def __init__(self, folder: Path, keep: Path | None, *, again: bool, count: int) -> None:
        self._folder = folder
        self._keep = keep
        self._again = again
        self._count = count
        self._done = 0

    def qualities(self, document: Path) -> Qualities:
        """Return what is seen of a document."""
        name = name_of(document, self._folder)
        self.say(name)
        with TemporaryDirectory(prefix="specloom-corpus-") as made:
            seen = qualities(document, name, Path(made), _KEPT, again=self._again)
            if self._keep is not None:
                shutil.copytree(made, self._keep / name.replace("/", "_"), dirs_exist_ok=True)
        self._done += 1
        self.say(name)
        return seen

    def say(self, name: str) -> None:
        if sys.stderr.isatty():
            text = f"[{self._done}/{self._count}] {name}" if name else ""
            sys.stderr.write(f"\r\033[K{text}")
            sys.stderr.flush()


# --- the page ------------------------------------------------------------------------------


def _page(seen: list[Qualities], count: int) -> Iterator[str]:
    yield "# Published documents"
    yield ""
    yield "What comes of documents that companies and projects have published: each is generated with"
    yield "its tests, twice, by two processes; the package is imported module by module, checked by"
    yield "`mypy --strict`, laid out again by black, and passes its own tests. This page is written by"
    yield "`make corpus CORPUS=<folder>`."
    yield ""
    if len(seen) < count:
        yield f"**{len(seen)} of the {count} documents of the folder were looked at.**"
        yield ""
    yield "Seconds are of CPU, for reading, generating and writing package and tests; MiB is the most"
    yield "memory on the way; lines are those of the package. *Unsupported* are nodes of the document, as"
    yield "its ledger says (`specloom explain DOC --ledger`). *Calls* are the operations of which a request"
    yield "is tested byte for byte, *answers* the documented JSON answers that are read in a test, *tests*"
    yield "all that passed."
    yield ""
    whole = [one for one in seen if not one.refused]
    yield from _table(whole)
    yield from _totals(seen, whole)
    yield from _section("Refused", (f"`{o.document}`: {o.refused}" for o in seen if o.refused))
    faults = (
        f"`{one.document}`, {quality}: {fault}"
        for one in whole
        for quality, fault in one.faults.items()
    )
    yield from _section("Failures", faults)


def _table(seen: Iterable[Qualities]) -> Iterator[str]:
    yield (
        "| document | operations | types | seconds | MiB | lines | warnings | unsupported "
        "| calls | answers | tests | " + " | ".join(_QUALITIES[:-1]) + " |"
    )
    yield f"|---|{'--:|' * 10}{':-:|' * (len(_QUALITIES) - 1)}"
    for one in seen:
        yield _row(
            one.document,
            *(one.operations, one.types, f"{one.seconds:.1f}", one.megabytes, one.lines),
            *(one.warnings, one.unsupported),
            *(one.called, f"{one.read:,} of {one.answers:,}", one.tests),
            *("no" if quality in one.faults else "yes" for quality in _QUALITIES[:-1]),
        )


def _totals(seen: list[Qualities], whole: list[Qualities]) -> Iterator[str]:
    yield _row(
        f"{len(whole)} documents",
        *(sum(one.operations for one in whole), sum(one.types for one in whole)),
        f"{sum(one.seconds for one in whole):.1f}",
        max((one.megabytes for one in whole), default=0),
        *(sum(one.lines for one in whole), sum(one.warnings for one in whole)),
        *(sum(one.unsupported for one in whole), sum(one.called for one in whole)),
        f"{sum(o.read for o in whole):,} of {sum(o.answers for o in whole):,}",
        sum(one.tests for one in whole),
        *(sum(quality not in one.faults for one in whole) for quality in _QUALITIES[:-1]),
    )
    yield ""
    well = sum(one.is_well for one in whole)
    yield f"Of {len(seen)} documents {well} are well in every respect, {len(seen) - len(whole)} refused."


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", f"## {title}", "", *(f"- {' '.join(line.split())}" for line in found))


def _row(*cells: str | int) -> str:
    return f"| {' | '.join(f'{c:,}' if isinstance(c, int) else c for c in cells)} |"


if __name__ == "__main__":
    sys.exit(main())
