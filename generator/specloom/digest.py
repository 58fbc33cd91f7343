"""Digests, by which the lock knows files again."""

from __future__ import annotations

import hashlib

from specloom.regular import contents


def digest(data: bytes) -> str:
    """Return the SHA-256 of a text, and that it is one.

    Version control may end its lines as the system does: that is no change.
    """
    text = data.replace(b"\r\n", b"\n")
    return f"sha256:{hashlib.sha256(text).hexdigest()}"


def digest_of_file(path: str) -> str:
    """Return the digest of a regular file. Raises OSError and ValueError."""
    return digest(contents(path))
