"""Tokens of HTTP (RFC 9110, section 5.6.2): names of headers, cookies, methods and schemes."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def is_token(text: str) -> bool:
    return _TOKEN.fullmatch(text) is not None
