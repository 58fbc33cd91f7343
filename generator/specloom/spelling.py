"""Texts as the packages spell them, for those scalars that Python has a type of its own for."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeGuard
from uuid import UUID

from specloom import ir
from specloom.formats import FORMATS
from specloom.values import Tree

_FRACTION = re.compile(r"\.[0-9]{7,}")
_DURATION = re.compile(
    r"P(?=.)([0-9]+Y)?([0-9]+M)?(?:([0-9]{1,8})W)?(?:([0-9]{1,8})D)?"
    r"(?:T(?=.)(?:([0-9]{1,8})H)?(?:([0-9]{1,8})M)?(?:([0-9]{1,8})(?:\.([0-9]{1,6}))?S)?)?"
)
_DECIMAL = re.compile(r"-?[0-9]{1,100}(\.[0-9]{1,100})?")


def canonical(kind: ir.ScalarKind, text: str) -> str | None:
    """Return a text as it is sent; None where it is no value of the kind, or more than Python holds."""
    with suppress(ValueError):
        match kind:
            case ir.ScalarKind.UUID:
                return str(UUID(text)) if str(UUID(text)) == text.lower() else None
            case ir.ScalarKind.DATE_TIME:
                return _offset(_moment(text).isoformat()) if _is_exact(text, "date-time") else None
            case ir.ScalarKind.DATE:
                return date.fromisoformat(text).isoformat() if FORMATS["date"](text) else None
            case ir.ScalarKind.TIME:
                return _offset(_time(text).isoformat()) if _is_exact(text, "time") else None
            case ir.ScalarKind.DURATION:
                return _duration(text)
            case ir.ScalarKind.BASE64:
                return text if b64encode(b64decode(text, validate=True)).decode() == text else None
            case ir.ScalarKind.BASE64URL:
                return text if _base64url(octets(kind, text)) == text else None
            case ir.ScalarKind.DECIMAL:
                return f"{Decimal(text):f}" if _DECIMAL.fullmatch(text) else None
            case _:
                return text
    return None


def is_canonical(value: Tree, kind: ir.ScalarKind) -> TypeGuard[str]:
    """Return whether a value is a text of the kind, as it is sent."""
    return isinstance(value, str) and canonical(kind, value) == value


def span(text: str) -> timedelta | None:
    """Return how long a duration is; None where that depends on the calendar."""
    found = _DURATION.fullmatch(text)
    if found is None or found[1] or found[2]:
        return None
    weeks, days, hours, minutes, seconds, fraction = found.groups("0")[2:]
    micro = int(fraction.ljust(6, "0"))
    whole = (int(part) for part in (minutes, hours, weeks))
    return timedelta(int(days), int(seconds), micro, 0, *whole)


def octets(kind: ir.ScalarKind, text: str) -> bytes:
    """Return the octets that a text means. Raises ValueError where it means none."""
    if kind is ir.ScalarKind.BASE64:
        return b64decode(text, validate=True)
    return b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)


def _base64url(content: bytes) -> str:
    return b64encode(content, b"-_").decode().rstrip("=")


def _is_exact(text: str, format_: str) -> bool:
    """Return whether Python holds all of a moment; of a time the offset may be absent."""
    said = FORMATS[format_](text) or (format_ == "time" and FORMATS[format_](f"{text}Z"))
    return said and not _FRACTION.search(text)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.upper())


def _time(text: str) -> time:
    return time.fromisoformat(text.upper())


def _offset(text: str) -> str:
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def _duration(text: str) -> str | None:
    if _DURATION.fullmatch(text) is None:
        return None
    length = span(text)
    if length is None:
        return text
    hours, rest = divmod(length.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    second = f"{seconds}.{length.microseconds:06}" if length.microseconds else str(seconds)
    parts = [f"{hours}H" if hours else ""]
    parts += [f"{minutes}M" if minutes or (hours and second != "0") else ""]
    parts += [f"{second}S" if second != "0" else ""]
    time_of_day = "".join(parts)
    days = f"{length.days}D" if length.days else ""
    return f"P{days}{'T' if time_of_day else ''}{time_of_day}" if days or time_of_day else "PT0S"
