"""The formats that Specloom asserts where they tell variants apart, and the texts that have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from ipaddress import IPv4Address, IPv6Address

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OFFSET = r"([zZ]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
_TIME = rf"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?{_OFFSET}"
_LEAP = re.compile(rf"([01][0-9]|2[0-3]):([0-5][0-9]):60(?:\.[0-9]+)?{_OFFSET}")
_SPAN = r"([0-9]+H([0-9]+M([0-9]+S)?)?|[0-9]+M([0-9]+S)?|[0-9]+S)"
_DAYS = r"([0-9]+Y([0-9]+M([0-9]+D)?)?|[0-9]+M([0-9]+D)?|[0-9]+D)"
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_URI = r"[a-z][a-z0-9+.-]*:([a-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9a-f]{2})*"


def _is_date(text: str) -> bool:
    with suppress(ValueError):
        return bool(re.fullmatch(_DATE, text) and date.fromisoformat(text))
    return False


def _is_time(text: str) -> bool:
    return bool(re.fullmatch(_TIME, text)) or _is_leap_second(text)


def _is_leap_second(text: str) -> bool:
    """Return whether it is the second after 23:59:59 UTC (RFC 3339, section 5.6)."""
    found = _LEAP.fullmatch(text)
    if found is None:
        return False
    sign, offset = (text[-6], text[-5:]) if text[-1] not in "zZ" else ("+", "00:00")
    hours = int(found[1]) - int(sign + offset[:2])
    minutes = int(found[2]) - int(sign + offset[3:])
    return (hours * 60 + minutes) % 1440 == 1439


def _is_date_time(text: str) -> bool:
    return text[10:11] in ("T", "t") and _is_date(text[:10]) and _is_time(text[11:])


def _is_address(text: str, kind: Callable[[str], object]) -> bool:
    with suppress(ValueError):
        return "%" not in text and text.isascii() and kind(text) is not None
    return False


def _is_ipv4(text: str) -> bool:
    return _is_address(text, IPv4Address)


def _is_ipv6(text: str) -> bool:
    return _is_address(text, IPv6Address)


def _is_hostname(text: str) -> bool:
    return len(text) < 254 and bool(re.fullmatch(rf"(?ai){_LABEL}(\.{_LABEL})*", text))


def _is_email(text: str) -> bool:
    """Return whether it is a mailbox of RFC 5321, section 4.1.2."""
    local, _, domain = text.rpartition("@")
    quoted = r'"([ !#-\[\]-~]|\\[ -~])*"'
    if len(local) > 64 or not re.fullmatch(rf"(?ai){_ATOM}(\.{_ATOM})*|{quoted}", local):
        return False
    if domain.startswith("[") and domain.endswith("]"):
        return _is_ipv4(domain[1:-1]) or (domain[:6].lower() == "[ipv6:" and _is_ipv6(domain[6:-1]))
    return _is_hostname(domain)


def _matching(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII | re.IGNORECASE)
    return lambda text: compiled.fullmatch(text) is not None


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date": _is_date,
    "time": _is_time,
    "date-time": _is_date_time,
    "duration": _matching(rf"P({_DAYS}(T{_SPAN})?|T{_SPAN}|[0-9]+W)"),
    "uuid": _matching("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "ipv4": _is_ipv4,
    "ipv6": _is_ipv6,
    "email": _is_email,
    "hostname": _is_hostname,
    "uri": _matching(_URI),
}
