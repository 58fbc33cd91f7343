"""Whether documents of attackers can hurt: `python -m tests.judges.hostile SUITES FOLDER`.

`run_hostile.py` of SUITES, which others wrote, generates and imports each document of FOLDER, and
looks at what came out; beside it, `harm` does with each all that people do. The index of the folder
says what is to come of a document: what is acceptable, and what is expected first. What this prints
is `docs/HOSTILE.md`; with `--every`, of some documents alone, and that page has to say the same.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import cast

from .commands import run
from .document import Json, items, members
from .environments import MADE, ROOT, Failed
from .harm import Seen, seen
from .packages import SPECLOOM
from .reasons import REASONS

PAGE = ROOT / "docs" / "HOSTILE.md"
_SHARE = 0.95
_LONGEST = 120
_VERDICTS = MADE / "hostile" / "verdicts.json"
"""What `run_hostile.py` said when it was asked last."""
_OUTCOMES = {"generates-safe": "generated", "refused": "refused"}


@dataclass(frozen=True, slots=True)
class Attack:
    """A document, and what is to come of it."""

    id: str
    kind: str
    path: Path
    expected: str
    acceptable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a document, and what `run_hostile.py` says of that."""

    attack: Attack
    seen: Seen
    verdict: str

    @property
    def outcome(self) -> str:
        return "generated" if self.seen.is_generated else "refused"

    @property
    def is_expected(self) -> bool:
        return self.outcome == self.attack.expected

    @property
    def is_whole(self) -> bool:
        """Whether both have looked at it, and at every use of it."""
        return self.seen.is_used and bool(self.verdict)

    @property
    def faults(self) -> Iterator[str]:
        if self.outcome not in self.attack.acceptable:
            yield f"it is {self.outcome}: {self.seen.said}"
        if self.verdict not in ("OK", ""):
            yield f"run_hostile.py says {self.verdict}"
        if not self.seen.is_bounded:
            yield "it takes more than 10 s, or 1 GiB"
        yield from self.seen.faults


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.judges.hostile", description="Can documents of attackers hurt?"
    )
    parser.add_argument("suites", metavar="SUITES", type=Path, help="where run_hostile.py is")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="documents, with an index.json")
    parser.add_argument("--every", type=int, default=1, help="take one of so many documents")
    parser.add_argument("--jobs", type=int, default=2, help="documents at a time")
    parser.add_argument(
        "--quickly", action="store_true", help="only generate: of the rest, what is known already"
    )
    arguments = parser.parse_args()
    chosen = list(_attacks(arguments.folder))[:: arguments.every]
    try:
        if not arguments.quickly:
            _ask(arguments.suites, arguments.folder, chosen, arguments.jobs)
    except Failed as reason:
        sys.stderr.write(f"{reason}\n")
        return 2
    judged = _judged(chosen, arguments.jobs, quickly=arguments.quickly)
    lines = list(_rows(judged) if arguments.every > 1 else _page(judged))
    sys.stdout.write("\n".join(lines) + "\n")
    faults = [f"{one.attack.id}: {fault}" for one in judged for fault in one.faults]
    if arguments.every > 1:
        written = PAGE.read_text("utf-8").splitlines() if PAGE.is_file() else lines
        faults += [
            f"{PAGE.name} says something else than {row}" for row in lines if row not in written
        ]
    elif sum(one.is_expected for one in judged) < _SHARE * len(judged):
        faults.append(f"less than {_SHARE:.0%} are as expected first")
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


def _attacks(folder: Path) -> Iterator[Attack]:
    index: Json = json.loads((folder / "index.json").read_text("utf-8"))
    for entry in map(members, items(index)):
        yield Attack(
            id=str(entry["id"]),
            kind=str(entry["class"]),
            path=folder / str(entry["file"]),
            expected=_OUTCOMES[str(entry["expect"])],
            acceptable=tuple(_OUTCOMES[str(one)] for one in items(entry["acceptable"])),
        )


def _ask(suites: Path, folder: Path, chosen: Sequence[Attack], jobs: int) -> None:
    """Keep what `run_hostile.py` says of documents. Raises Failed."""
    script = suites / "run_hostile.py"
    if not script.is_file():
        raise Failed(f"there is no {script}")
    with TemporaryDirectory() as kept:
        said = Path(kept, "said.json")
        ids = "|".join(re.escape(one.id) for one in chosen)
        words: list[str | Path] = [sys.executable, script.resolve(), "--python", sys.executable]
        words += ["--cmd", f"{SPECLOOM} generate {{spec}} -o {{out}}", "--filter", f"^({ids})$"]
        words += ["--corpus", folder.resolve(), "--jobs", str(jobs), "--json", said]
        done = run(words, ROOT)
        if not said.is_file():
            raise Failed(f"run_hostile.py: {done.said.strip()[-500:]}")
        rows = members(cast("Json", json.loads(said.read_text("utf-8")))).get("rows")
    found = {str(row["id"]): str(row["verdict"]) for row in map(members, items(rows))}
    _VERDICTS.parent.mkdir(parents=True, exist_ok=True)
    _VERDICTS.write_text(json.dumps({**_known(), **found}, indent=1), "utf-8")


def _known() -> dict[str, str]:
    if not _VERDICTS.is_file():
        return {}
    kept: dict[str, str] = json.loads(_VERDICTS.read_text("utf-8"))
    return kept


def _judged(chosen: Sequence[Attack], jobs: int, *, quickly: bool) -> list[Judged]:
    verdicts = _known()
    caches: SimpleQueue[Path] = SimpleQueue()
    for number in range(jobs):
        caches.put(MADE / "hostile" / str(number))

    def judge(attack: Attack) -> Judged:
        cache = caches.get()
        cache.mkdir(parents=True, exist_ok=True)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{attack.id}")
        try:
            with TemporaryDirectory(prefix="specloom-hostile-") as folder:
                found = seen(attack.path, Path(folder), cache, quickly=quickly)
        finally:
            caches.put(cache)
        return Judged(attack, found, verdicts.get(attack.id, ""))

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(judge, chosen))


# --- the page ------------------------------------------------------------------------------


def _page(judged: list[Judged]) -> Iterator[str]:
    expected = sum(one.is_expected for one in judged)
    well = sum(not any(one.faults) for one in judged)
    yield "# Hostile documents"
    yield ""
    yield "What comes of documents that attack a generator: by words that become code, by names that"
    yield "become paths, by references that leave the folder, by values that are no values, by size."
    yield "Each is judged twice, by a program that others wrote and by one of this project. It is"
    yield "generated with its tests, explained, and printed as a model; its package is imported, read"
    yield "by `help`, `doctest` and `get_type_hints`, checked by `mypy --strict`, ruff and black; its"
    yield "values are copied, pickled, printed, encoded and decoded, its operations called over a"
    yield "socket, its tests run. In none of this may the canary of a document fire, a file be changed"
    yield "elsewhere, a connection be made, or a program started. This page is written by"
    yield "`make hostile SUITES=<folder> CORPUS=<folder>`."
    yield ""
    yield f"Of **{len(judged)}** documents,"
    yield ""
    yield f"- **{well}** do no harm, have an outcome that is acceptable, and stay within 10 s of the"
    yield "  processor and 1 GiB;"
    yield f"- **{expected}** ({100 * expected / len(judged):.1f} %) have the outcome expected first;"
    if (whole := sum(one.is_whole for one in judged)) < len(judged):
        yield f"- **{whole}** were tried in every use and by both programs since they are made so: of the"
        yield "  others, this page knows what is generated, and within which bounds."
    yield ""
    yield from _classes(judged)
    yield from _unexpected(judged)
    yield "## By document"
    yield ""
    yield "Of what is refused, the first error is shown."
    yield ""
    yield "| document | kind | expected first | outcome | how it is said | within 10 s and 1 GiB |"
    yield "|---|---|---|---|---|:-:|"
    yield from _rows(judged)
    faults = [f"- `{one.attack.id}`: {_cell(fault)}" for one in judged for fault in one.faults]
    if faults:
        yield from ("", "## Faults", "", *faults)


def _classes(judged: list[Judged]) -> Iterator[str]:
    yield "| kind | documents | generated | refused | as expected first | without fault |"
    yield "|---|--:|--:|--:|--:|--:|"
    for kind in dict.fromkeys(one.attack.kind for one in judged):
        of = [one for one in judged if one.attack.kind == kind]
        counts = Counter(one.outcome for one in of)
        expected = sum(one.is_expected for one in of)
        well = sum(not any(one.faults) for one in of)
        yield _row(kind, len(of), counts["generated"], counts["refused"], expected, well)
    yield ""


def _unexpected(judged: list[Judged]) -> Iterator[str]:
    yield "## Not as expected first"
    yield ""
    for one in judged:
        if not one.is_expected:
            reason = REASONS.get(one.attack.id, one.seen.said or "nobody has said why")
            yield f"- `{one.attack.id}` is {one.outcome}: {reason}"
    yield ""


def _rows(judged: Iterable[Judged]) -> Iterator[str]:
    for one in judged:
        said = f"`{one.seen.rule}`: {_cell(one.seen.said)}" if one.seen.rule else ""
        bounded = "yes" if one.seen.is_bounded else "no"
        cells = (one.attack.id, one.attack.kind, one.attack.expected, one.outcome, said, bounded)
        yield _row(*cells)


def _cell(text: str) -> str:
    """Return what was said as a cell: it is plain text, whatever it quotes."""
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
    return re.sub(r"([\\|`*_<>\[\]{}$])", r"\\\1", shown)


def _row(*cells: str | int) -> str:
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    sys.exit(main())
