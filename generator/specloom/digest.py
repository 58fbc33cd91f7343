"""Digests, by which the lock knows files again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from specloom.regular import opened

_CHUNK = 1 << 20


def digest(data: bytes) -> str:
    """Return the SHA-256 of a text, and that it is one.

    Version control may end its lines as the system does: that is no change.
    """
    return _digest((data,))


def digest_of_file(path: str, folder: int | None = None) -> str:
    """Return the digest of a regular file, whatever its size. Raises OSError and ValueError.

    In a `folder`, by its handle, no link is followed.
    """
    with opened(path, folder) as file:
        return _digest(iter(lambda: file.read(_CHUNK), b""))


def _digest(chunks: Iterable[bytes]) -> str:
    found, rest = hashlib.sha256(), b""
    for chunk in chunks:
        text = rest + chunk
        rest = b"\r" if text.endswith(b"\r") else b""  # a line may end in two chunks
        found.update(text.removesuffix(rest).replace(b"\r\n", b"\n"))
    found.update(rest)
    return f"sha256:{found.hexdigest()}"
