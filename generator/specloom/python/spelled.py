"""Values of scalars that Python has a type of its own for, as code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from specloom import ir
from specloom.code import Code
from specloom.python.literals import bytes_literal, literal
from specloom.spelling import is_canonical, octets, span
from specloom.values import Json, Tree

_UTC = Code("dt.UTC")


def spelled(kind: ir.ScalarKind, value: Tree) -> Code:
    """Return what makes the Python value of a text as it is sent; of anything else the literal.

    They are calls that linters know to make what nobody can change: a default may be one.
    """
    if not is_canonical(value, kind):
        return literal(Json.of(value))
    match kind:
        case ir.ScalarKind.UUID:
            return Code(f"UUID({literal(value)})")
        case ir.ScalarKind.DATE_TIME:
            moment = datetime.fromisoformat(value)
            return Code(f"dt.datetime({_date(moment)}, {_time(moment)})")
        case ir.ScalarKind.DATE:
            return Code(f"dt.date({_date(date.fromisoformat(value))})")
        case ir.ScalarKind.TIME:
            return Code(f"dt.time({_time(time.fromisoformat(value))})")
        case ir.ScalarKind.DURATION:
            length = span(value)
            return literal(value) if length is None else _length(length)
        case ir.ScalarKind.BASE64 | ir.ScalarKind.BASE64URL:
            return bytes_literal(octets(kind, value))
        case ir.ScalarKind.DECIMAL:
            return Code(f"Decimal({literal(value)})")
        case _:
            return literal(Json.of(value))


def _date(of: date) -> Code:
    return Code(f"{of.year}, {of.month}, {of.day}")


def _time(of: datetime | time) -> Code:
    """Return the arguments for a time of day: what is 0 at the end is left out."""
    parts = [of.hour, of.minute, of.second, of.microsecond]
    while len(parts) > 2 and parts[-1] == 0:
        parts.pop()
    offset = of.utcoffset()
    zone = () if offset is None else (f"tzinfo={_zone(offset)}",)
    return Code(", ".join((*map(str, parts), *zone)))


def _zone(offset: timedelta) -> Code:
    return Code(f"dt.timezone({_length(offset)})") if offset else _UTC


def _length(of: timedelta) -> Code:
    """Return a span by its largest units: all of them are negative, or none is."""
    return Code(f"dt.timedelta({', '.join(_units(of)) or '0'})")


def _units(of: timedelta) -> Iterator[str]:
    sign, rest = (-1, -of) if of < timedelta() else (1, of)
    for name in ("days", "hours", "minutes", "seconds", "microseconds"):
        count, rest = divmod(rest, timedelta(**{name: 1}))
        if count:
            yield f"{name}={sign * count}"
