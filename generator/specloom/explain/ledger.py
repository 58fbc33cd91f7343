"""The ledger of fidelity, told: how much of a document became what, and by which rule it did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from specloom import ir
from specloom.diagnostics import Span
from specloom.explain.atlas import Located, Written
from specloom.explain.finding import find
from specloom.explain.layout import Lines, apart, facts, indented, section, table, title
from specloom.explain.subjects import at_of, name_of, name_of_api
from specloom.ledger import Bucket, Entry, Ledger
from specloom.naming import Names
from specloom.python.annotations import World
from specloom.rules.ignoring import IGNORING
from specloom.rules.table import RULES
from specloom.rules.unsupported import UNSUPPORTED
from specloom.shown import counted, shown
from specloom.values import Place

_FIRST = 3
"""Places that are shown of a rule."""
_MOST = 40
"""Rows that are shown of what is within a node."""
_SAYS = {
    **{rule.name: rule.why for rule in RULES},
    **{rule.name: rule.says for rule in (*IGNORING, *UNSUPPORTED)},
}


def explain_ledger(
    ledger: Ledger,
    api: ir.Api,
    names: Names,
    located: Located,
    wanted: str | None,
    written: Written,
) -> str:
    """Return what became of a document, or of one thing in it, for a terminal. Raises Unknown.

    The ledger is of the files that were read; `located` finds lines of these, `written` where
    places of the model are in them.
    """
    world = World.of(api, names)
    if wanted is None or wanted in ("", "#"):
        lines = apart(*_whole(ledger, api, located))
    else:
        parts = (
            _part(at, called, ledger, located)
            for at, called in _meant(wanted, ledger, world, written)
        )
        lines = apart(*(lines for part in parts for lines in part))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _meant(
    wanted: str, ledger: Ledger, world: World, written: Written
) -> Iterator[tuple[Place, str]]:
    """Return the places that a name or a pointer means, and what is there."""
    at = Place(world.api.at.file, wanted.removeprefix("#"))
    if at in ledger.entries:
        yield at, at.pointer
        return
    for subject in find(wanted, world, written).subjects:
        place = written(at_of(subject))
        while Place(place.file, place.pointer) not in ledger.entries:  # put together of others
            place = Place(place.file, place.pointer.rpartition("/")[0])
        yield Place(place.file, place.pointer), name_of(subject, world)


def _whole(ledger: Ledger, api: ir.Api, located: Located) -> Iterator[Lines]:
    yield title(f"{name_of_api(api)}: {counted(len(ledger.entries), 'node')}")
    yield _totals(ledger.entries.values())
    places = _first(ledger.entries.items())
    spans = located((api.at, *(place.at_key() for each in places.values() for place in each)))
    counts = Counter(ledger.entries.values())
    for bucket in (Bucket.UNSUPPORTED, Bucket.IGNORED):
        rows = [
            _row(entry, counts[entry], [spans[at.at_key()] for at in places[entry]], api.at.file)
            for entry in sorted(counts, key=lambda entry: (-counts[entry], entry.reason))
            if entry.bucket is bucket
        ]
        what = "rule" if bucket is Bucket.IGNORED else "what"
        header = (what, "nodes", "first at", "")
        yield section(bucket.value.capitalize(), table(header, rows))


def _row(entry: Entry, count: int, spans: Iterable[Span], file: str) -> tuple[str, int, str, str]:
    first = ", ".join(_position(span, file) for span in spans)
    return entry.reason, count, first, _SAYS.get(entry.reason, "")


def _totals(entries: Iterable[Entry]) -> Lines:
    counts = Counter(entry.bucket for entry in entries)
    return table(("bucket", "nodes"), ((bucket.value, counts[bucket]) for bucket in Bucket))


def _first(items: Iterable[tuple[Place, Entry]]) -> dict[Entry, list[Place]]:
    """Return the first places of each entry; what is within one of them is not one more."""
    found: dict[Entry, list[Place]] = {}
    for at, entry in items:
        known = found.setdefault(entry, [])
        if len(known) < _FIRST and not any(_is_within(at, place) for place in known[-1:]):
            known.append(at)
    return found


def _is_within(at: Place, outer: Place) -> bool:
    return at.file == outer.file and at.pointer.startswith(f"{outer.pointer}/")


def _position(span: Span, file: str) -> str:
    where = f"{span.line}:{span.column}"
    return where if span.file == file else f"{shown(span.file)}:{where}"


def _part(at: Place, called: str, ledger: Ledger, located: Located) -> Iterator[Lines]:
    """Return what became of a node and of what is below it: outermost where all is alike."""
    within = {place.pointer: entry for place, entry in ledger.within(at)}
    entry = within[at.pointer]
    rows = list(islice(_outermost(within, at.pointer), _MOST + 1))
    places = [Place(at.file, pointer).at_key() for pointer, _ in rows]
    spans = located((at.at_key(), *places))
    span = spans[at.at_key()]
    yield title(f"{shown(called)}: {_worded(entry)}")
    yield indented((f"{shown(span.file)}:{span.line}:{span.column}", shown(at.pointer or "#")))
    yield _totals(within.values())
    shown_rows = (
        (spans[place].line, bucket.value, reason, shown(pointer.removeprefix(at.pointer)))
        for place, (pointer, (bucket, reason)) in zip(places, rows[:_MOST], strict=False)
    )
    yield table(("line", "bucket", "rule", "node"), shown_rows)
    if len(rows) > _MOST:
        yield facts((("more", "ask for what is within one of these"),))


def _worded(entry: Entry) -> str:
    return f"{entry.bucket.value} ({entry.reason})" if entry.reason else entry.bucket.value


def _outermost(within: Mapping[str, Entry], top: str) -> Iterator[tuple[str, Entry]]:
    """Return the nodes below one that are all of one entry, without what is within them."""
    mixed: set[str] = set()
    for pointer, entry in within.items():
        around = pointer
        while around != top:
            around = around.rpartition("/")[0]
            if within[around] != entry:
                mixed.add(around)
    for pointer, entry in within.items():
        if pointer not in mixed and (pointer == top or pointer.rpartition("/")[0] in mixed):
            yield pointer, entry
