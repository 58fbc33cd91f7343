"""Strings that Python has a type of its own for, by `format` or `contentEncoding`."""

from __future__ import annotations

from specloom import ir
from specloom.document.schema import Schema

VERSIONS = {f"uuid{version}": version for version in range(1, 9)}
UUIDS = frozenset(("uuid", *VERSIONS))
"""`format`s that are read as a UUID (RFC 9562); a number says which version is meant."""
_FORMATS = {
    **dict.fromkeys(UUIDS, ir.ScalarKind.UUID),
    "date-time": ir.ScalarKind.DATE_TIME,
    "date": ir.ScalarKind.DATE,
    "time": ir.ScalarKind.TIME,
    "duration": ir.ScalarKind.DURATION,
    "byte": ir.ScalarKind.BASE64,
    "base64url": ir.ScalarKind.BASE64URL,
    "decimal": ir.ScalarKind.DECIMAL,
}
"""OpenAPI Format Registry; JSON Schema Validation 2020-12, section 7.3."""
_ENCODINGS = {"base64": ir.ScalarKind.BASE64, "base64url": ir.ScalarKind.BASE64URL}
"""RFC 4648, sections 4 and 5, by the names of JSON Schema Validation 2020-12, section 8.3."""


def represented(schema: Schema) -> ir.ScalarKind | None:
    """Return what a string is read as, if as anything but a string.

    How it is encoded goes before its format: that is of the text, not of what it means.
    """
    return _ENCODINGS.get(schema.encoding) or _FORMATS.get(schema.format)
