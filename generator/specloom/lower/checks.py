"""The constraints of a schema, as checks of the kind of value that they speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specloom import ir
from specloom.document.schema import Schema
from specloom.values import Json, Kind

_NUMBERS = (Kind.INTEGER, Kind.NUMBER)
_VERSIONS = {f"uuid{version}": version for version in range(1, 9)}
UUIDS = frozenset(("uuid", *_VERSIONS))
"""`format`s that are read as a UUID (RFC 9562); a number says which version is meant."""


def lower_checks(schema: Schema, kind: Kind | None) -> tuple[ir.Check, ...]:
    """Return the checks that a value of `kind` must pass; of any kind where it is None.

    JSON Schema Validation, section 6: a keyword passes each value of another kind.
    """
    return tuple(_checks(dict(schema.bounds), schema.format, kind))


def _checks(bounds: Mapping[str, Json], format_: str, kind: Kind | None) -> Iterator[ir.Check]:
    if kind is None or kind in _NUMBERS:
        yield from _numbers(bounds)
    # every UUID has as many characters
    is_text = kind in (None, Kind.STRING) and format_ not in UUIDS
    if is_text and (found := _span(bounds, "Length")):
        yield ir.Length(*found)
    if kind is Kind.STRING and format_ in _VERSIONS:
        yield ir.UuidVersion(_VERSIONS[format_])
    if kind in (None, Kind.ARRAY):
        if found := _span(bounds, "Items"):
            yield ir.Count(*found)
        if bounds.get("uniqueItems") == Json("true"):
            yield ir.Unique()
    if kind in (None, Kind.OBJECT) and (found := _span(bounds, "Properties")):
        yield ir.Size(*found)


def _span(bounds: Mapping[str, Json], noun: str) -> tuple[int, int | None] | None:
    least, most = (_whole(bounds.get(f"{limit}{noun}")) for limit in ("min", "max"))
    return None if not least and most is None else (least or 0, most)


def _whole(value: Json | None) -> int | None:
    number = None if value is None else value.value
    return int(number) if isinstance(number, int | float) else None


def _numbers(bounds: Mapping[str, Json]) -> Iterator[ir.Check]:
    least, most = bounds.get("minimum"), bounds.get("maximum")
    above, below = bounds.get("exclusiveMinimum"), bounds.get("exclusiveMaximum")
    # OpenAPI 3.0 (JSON Schema draft 4): a flag that says how the other keyword is meant
    if above is not None and isinstance(above.value, bool):
        least, above = (None, least) if above.value else (least, None)
    if below is not None and isinstance(below.value, bool):
        most, below = (None, most) if below.value else (most, None)
    if least or most or above or below:
        yield ir.Bounds(least=least, most=most, above=above, below=below)
    if "multipleOf" in bounds:
        yield ir.MultipleOf(bounds["multipleOf"])
