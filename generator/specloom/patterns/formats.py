"""The formats that tell variants apart, as regular expressions that take no less."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_DATE = (
    r"[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
)
_TIME = (
    r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?"
    r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
_HEX = "[0-9A-Fa-f]"
_UUID = rf"^{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}$"
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4 = rf"{_OCTET}(?:\.{_OCTET}){{3}}"

_UUIDS = ("uuid", *(f"uuid{version}" for version in range(1, 9)))

EXPRESSIONS: Mapping[str, str] = MappingProxyType(
    {
        "date": f"^{_DATE}$",
        "date-time": f"^{_DATE}[Tt ]{_TIME}$",
        "time": f"^{_TIME}$",
        "ipv4": f"^{_IPV4}$",
        "ipv6": rf"^[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(?:{_IPV4})?$",
        "duration": r"^P[0-9YMWDTHS.,]+$",
        "email": "@",
        "uri": r"^[A-Za-z][A-Za-z0-9+.\-]*:\S*$",
        "hostname": r"^[A-Za-z0-9._\-]+$",
    }
    | dict.fromkeys(_UUIDS, _UUID)
)
"""Wider than RFC 3339, 9562, 2673, 4291, 5321, 3986 and 1123, for validators differ: two formats
that have no text in common here have none with any of them."""

SAMPLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "date": ("2000-01-01", "1999-12-31"),
        "date-time": ("2000-01-01T00:00:00Z", "1999-12-31T23:59:59.5+01:00"),
        "time": ("00:00:00Z", "23:59:59.5+01:00"),
        "ipv4": ("0.0.0.0", "127.0.0.1"),
        "ipv6": ("::", "::1", "2001:db8::1"),
        "duration": ("P1D", "P1W", "PT1H", "P1Y2M3DT4H5M6S"),
        "email": ("a@a", "a@a.com"),
        "uri": ("a:", "urn:a", "http://a", "mailto:a@a", "https://a.com/"),
        "hostname": ("a", "a.com", "0.0.0.0"),
    }
    | dict.fromkeys(
        _UUIDS,
        ("00000000-0000-0000-0000-000000000000", "2eb8aa08-aa98-11ea-b4aa-73b441d16380"),
    )
)
"""Texts that strict validators take, the shortest first."""
