"""Which members hold what must not be seen."""

from __future__ import annotations

import re
from collections.abc import Collection

from specloom.document.schema import Schema
from specloom.values import Text

_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_LAST = (("secret",), ("password",), ("token",), ("api", "key"), ("apikey",), ("private", "key"))
_OF_GRANTS = ("code", "code_verifier", "assertion")
"""Credentials by the words of RFC 6749, 7521 and 7636, where a `grant_type` stands beside them."""


def is_secret(name: Text, schema: Schema, siblings: Collection[Text]) -> bool:
    """Return whether a member is a secret, by what its author says or by its name."""
    if schema.format == "password" or schema.write_only or schema.secret:
        return True
    words = tuple(word.lower() for word in _WORDS.findall(name.raw))
    if any(words[-len(last) :] == last for last in _LAST):
        return True
    return name.raw in _OF_GRANTS and Text("grant_type") in siblings
