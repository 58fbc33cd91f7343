"""JSON pointers (RFC 6901): their tokens, and references that lead to what is at one."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

_FRAGMENT = "/~!$&'()*+,;=:@?"
"""What needs no escape in the fragment of a reference (RFC 3986, section 3.5)."""


def escaped(token: str) -> str:
    """Return a key as a token of a pointer (section 3)."""
    return token.replace("~", "~0").replace("/", "~1")


def unescaped(token: str) -> str:
    """Return the key that a token of a pointer means (section 4)."""
    return token.replace("~1", "/").replace("~0", "~")


def pointer_to(tokens: Iterable[str]) -> str:
    """Return the pointer of some keys and indices."""
    return "".join(f"/{escaped(token)}" for token in tokens)


def tokens_of(pointer: str) -> tuple[str, ...]:
    """Return the keys and indices of a pointer."""
    return tuple(unescaped(token) for token in pointer.split("/")[1:])


def fragment(pointer: str) -> str:
    """Return a local reference to what is at a pointer (section 6)."""
    return f"#{quote(pointer, safe=_FRAGMENT)}"
