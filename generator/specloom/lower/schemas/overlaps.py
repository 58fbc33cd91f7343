"""What is said of a union whose variants are not told apart: a value that two of them accept."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.diagnostics import Diagnostic, Related
from specloom.document.schema import Schema
from specloom.lower.schemas.leaves import Leaf, component_key
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Place, Text
from specloom.verdict import Cure, Evidence, Mended, Verdict

_LONGEST = 120
"""Characters of a witness that are worth reading in a terminal."""


def dead(variants: tuple[Leaf, ...], verdict: Verdict) -> Iterator[Diagnostic]:
    """Return what is to be said of variants that no value fits."""
    for number in verdict.dead:
        leaf = variants[number]
        message = f"nothing fits {_name(leaf, number)}: it is left out"
        yield finding("dead-variant", leaf.schema.at, message)


def overlaps(
    keyword: str, schema: Schema, variants: tuple[Leaf, ...], verdict: Verdict
) -> Iterator[Diagnostic]:
    """Return what is to be said of a union: by the letter, each value of a `oneOf` fits just one."""
    at = schema.at.step(keyword).at_key()
    if verdict.evidence is Evidence.UNDECIDED:
        message = f"it is not known whether a value fits two variants: {verdict.reason}"
        yield finding("union-undecided", at, message)
    if verdict.evidence is not Evidence.OVERLAP or keyword != "oneOf" or not verdict.overlaps:
        return
    found = verdict.overlaps[0]
    first, second = (_name(variants[n], n) for n in (found.first, found.second))
    message = f"{first} and {second} both accept {witness(found.witness.raw)}"
    more = len(verdict.overlaps) - 1
    message += f", as {more} more pairs do of theirs" if more else ""
    related = tuple(_related(variants[n], n) for n in (found.first, found.second))
    hint = " or ".join(cured(cure, first, second) for cure in verdict.cures)
    yield finding("union-overlap", at, message, hint and f"they would differ with {hint}", related)


def witness(raw: str) -> str:
    """Return a value that two variants accept, cut where it is long."""
    text = shown(Text(raw))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _related(leaf: Leaf, number: int) -> Related:
    """Return where a variant is described: that is where it may be mended."""
    address = _component(leaf)
    at = leaf.schema.at if address is None else Place(leaf.schema.at.file, address).at_key()
    return Related(at, _name(leaf, number))


def _name(leaf: Leaf, number: int) -> str:
    address = _component(leaf)
    key = component_key(address) if address is not None else None
    key = key or (leaf.schema.title if leaf.schema.title.raw.strip() else None)
    return f"variant {number + 1}" if key is None else f"`{shown(key)}`"


def _component(leaf: Leaf) -> str | None:
    return next((address for address in leaf.addresses if component_key(address)), None)


def cured(cure: Mended, first: str, second: str) -> str:
    """Return what would make two variants disjoint."""
    match cure.by:
        case Cure.TAG:
            return "a required constant of its own in each"
        case Cure.CLOSE_FIRST:
            return f"`additionalProperties: false` in {first}"
        case Cure.CLOSE_SECOND:
            return f"`additionalProperties: false` in {second}"
        case Cure.REQUIRE:
            name = "" if cure.name is None else f"`{shown(cure.name)}` "
            return f"{name}among the `required` of each"
