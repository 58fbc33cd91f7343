"""What of a path is sent."""

from __future__ import annotations

import re

_SENT = re.compile(r"(?:\{[^{}]*\}|[^#])*")


def sent(path: str) -> str:
    """Return a path without its fragment, which no request has (RFC 9110, section 4.2.5).

    In braces `#` is a letter of a name (OpenAPI 3.2.0, section 4.8.2, "Path Templating").
    """
    found = _SENT.match(path)
    return found[0] if found else path
