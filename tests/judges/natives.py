"""Values of JSON as a caller has them in Python: moments, octets and UUIDs are objects of their own."""

from __future__ import annotations

from base64 import b64decode, urlsafe_b64decode
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from uuid import UUID

from .document import Json, Node, items, members
from .sampling import NoSample, merged


def native(schema: Node | None, value: Json) -> object:
    """Return a value as the argument of a method; as it is where it is nothing else in Python."""
    if schema is None:
        return value
    try:
        found = merged(schema)
    except NoSample:
        return value
    if isinstance(value, list):
        each = found.get("items")
        return [native(each, item) for item in items(value)]
    if isinstance(value, dict):
        named = dict(found.children("properties"))
        return {name: native(named.get(name), item) for name, item in members(value).items()}
    if not isinstance(value, str) or "enum" in found.members or "const" in found.members:
        return value
    meant = found.word("format") or found.word("contentEncoding") or ""
    read = _READ.get(meant)
    if read is None or (read is not UUID and _may_be_text(schema)):
        return value
    with suppress(ValueError, InvalidOperation):
        return read(value)
    return value


def _may_be_text(schema: Node) -> bool:
    """Return whether several alternatives are texts: then all of them are `str`."""
    union = schema.followed()
    branches = [b.followed() for key in ("oneOf", "anyOf") for _, b in union.children(key)]
    return sum(branch.word("type") == "string" for branch in branches) > 1


def _octets(text: str) -> bytes:
    return b64decode(text, validate=True)


def _octets_of_url(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


_READ: dict[str, Callable[[str], object]] = {
    "date-time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "decimal": Decimal,
    "byte": _octets,
    "base64": _octets,
    "base64url": _octets_of_url,
    "uuid": UUID,
    **{f"uuid{version}": UUID for version in range(1, 9)},
}
"""How a text is read, by its format or its encoding. A duration may stay the text that it is."""
