"""Numbers and texts that fit the keywords of a schema."""

from __future__ import annotations

import re
from math import ceil, floor

from .document import Json
from .patterns import matching

FORMATS = {
    "date-time": "2024-02-29T12:30:00Z",
    "date": "2024-02-29",
    "time": "12:30:00Z",
    "duration": "P1DT2H",
    "uuid": "7f6b2b3e-6e0a-4b59-9a59-5c2f6b3c0a11",
    "uuid4": "7f6b2b3e-6e0a-4b59-9a59-5c2f6b3c0a11",
    "uri": "https://sample.test/a?b=c",
    "url": "https://sample.test/a",
    "iri": "https://sample.test/a",
    "uri-reference": "/a/b",
    "email": "someone@sample.test",
    "idn-email": "someone@sample.test",
    "hostname": "sample.test",
    "idn-hostname": "sample.test",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "ip": "192.0.2.1",
    "byte": "aGVsbG8=",
    "base64": "aGVsbG8=",
    "base64url": "aGVsbG8",
    "json-pointer": "/a/b",
    "regex": "^a$",
    "decimal": "1.5",
    "int64": "12",
}


def number(schema: dict[str, Json], *, integral: bool, nth: int) -> int | float:
    """Return a number within the bounds, the `nth` of those that differ."""
    step = _limit(schema, "multipleOf") or (1 if integral else 0.25)
    low, above = _lowest(schema)
    high, below = _highest(schema)
    start = 1.5 if not integral and "multipleOf" not in schema else step
    if low is not None and start <= low:
        start = ceil(low / step) * step
        start += step if above and start <= low else 0
    if high is not None and start >= high:
        start = floor(high / step) * step
        start -= step if below and start >= high else 0
        return _plain(start - nth * step, integral=integral)
    return _plain(start + nth * step, integral=integral)


def _plain(value: float, *, integral: bool) -> int | float:
    return int(value) if integral else value


def _lowest(schema: dict[str, Json]) -> tuple[float | None, bool]:
    """Return the lower bound, and whether it is itself excluded."""
    low, strict = _limit(schema, "minimum"), _limit(schema, "exclusiveMinimum")
    if strict is not None and (low is None or strict >= low):
        return strict, True
    return low, schema.get("exclusiveMinimum") is True  # as 3.0 has it


def _highest(schema: dict[str, Json]) -> tuple[float | None, bool]:
    """Return the upper bound, and whether it is itself excluded."""
    high, strict = _limit(schema, "maximum"), _limit(schema, "exclusiveMaximum")
    if strict is not None and (high is None or strict <= high):
        return strict, True
    return high, schema.get("exclusiveMaximum") is True


def _limit(schema: dict[str, Json], key: str) -> float | None:
    found = schema.get(key)
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def text(schema: dict[str, Json], nth: int) -> str | None:
    """Return a text of the format or pattern, and of a length within the bounds."""
    shortest, longest = int(_limit(schema, "minLength") or 0), _limit(schema, "maxLength")
    pattern = schema.get("pattern")
    form = schema.get("format")
    known = FORMATS.get(form) if isinstance(form, str) else None
    if known is not None and schema.get("contentEncoding") is None:
        if nth and form in ("uuid", "uuid4"):
            known = known[:-2] + f"{nth:02x}"
        elif nth:
            known = known.replace("sample", f"sample{nth}").replace("02-29", f"02-{10 + nth}")
        if not isinstance(pattern, str) or _found(pattern, known):
            return known
    if isinstance(pattern, str):
        return matching(pattern, shortest, None if longest is None else int(longest))
    if schema.get("contentEncoding") in ("base64", "base64url"):
        return FORMATS["base64url"] + ("=" if schema["contentEncoding"] == "base64" else "")
    made = f"text{nth}" if nth else "text"
    made += "x" * (shortest - len(made))
    return made if longest is None else made[-int(longest) :] if longest else ""


def _found(pattern: str, known: str) -> bool:
    try:
        return re.search(pattern, known) is not None
    except re.error:
        return False
