"""The constraints of a schema, as checks of the kind of value that they speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specloom import ir
from specloom.assertion import Long
from specloom.document.schema import Schema
from specloom.lower.meaning.represented import VERSIONS, represented
from specloom.values import Json, Kind

_BITS = (8, 16, 32, 64)
_NUMBERS = (Kind.INTEGER, Kind.NUMBER)
_WIDTHS = {
    f"{sign}int{bits}": ir.Width(bits, signed=not sign) for sign in ("", "u") for bits in _BITS
}
"""OpenAPI Format Registry."""


def lower_checks(schema: Schema, kind: Kind | None) -> tuple[ir.Check, ...]:
    """Return the checks that a value of `kind` must pass; of any kind where it is None.

    JSON Schema Validation, section 6: a keyword passes each value of another kind.
    """
    bounds = dict(schema.bounds)
    if kind is Kind.STRING:
        return tuple(_texts(bounds, schema))
    return tuple(_checks(bounds, schema.format, kind))


def _texts(bounds: Mapping[str, Json], schema: Schema) -> Iterator[ir.Check]:
    found, kind = _span(bounds, "Length"), represented(schema)
    if found and kind is None:
        yield ir.Length(*found)
    elif found and kind is not ir.ScalarKind.UUID:  # each of these has as many characters
        yield ir.Holds(Long(*found))
    if schema.format in VERSIONS:
        yield ir.UuidVersion(VERSIONS[schema.format])


def _checks(bounds: Mapping[str, Json], format_: str, kind: Kind | None) -> Iterator[ir.Check]:
    if kind is None or kind in _NUMBERS:
        yield from _numbers(bounds)
    if kind is Kind.INTEGER and format_ in _WIDTHS and not _is_narrower(bounds, _WIDTHS[format_]):
        yield _WIDTHS[format_]
    if kind is None and (found := _span(bounds, "Length")):
        yield ir.Length(*found)
    if kind in (None, Kind.ARRAY):
        if found := _span(bounds, "Items"):
            yield ir.Count(*found)
        if bounds.get("uniqueItems") == Json("true"):
            yield ir.Unique()
    if kind in (None, Kind.OBJECT) and (found := _span(bounds, "Properties")):
        yield ir.Size(*found)


def _is_narrower(bounds: Mapping[str, Json], width: ir.Width) -> bool:
    """Return whether all numbers within bounds have no more than so many bits."""
    least, most = (_whole(bounds.get(keyword)) for keyword in ("minimum", "maximum"))
    if least is None or most is None:
        return False
    unsigned = range(2**width.bits)
    offset = 2 ** (width.bits - 1) if width.signed else 0
    return least + offset in unsigned and most + offset in unsigned


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
