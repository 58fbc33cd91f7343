"""Digests, by which the lock knows files again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from itertools import islice

from specloom.regular import opened, too_large

_CHUNK = 1 << 20
_MOST = 1 << 30
"""Bytes. Whatever has more, nobody generated it, or generates from it."""


def digest(data: bytes) -> str:
    """Return the SHA-256 of a text, and that it is one.

    Version control may end its lines as the system does: that is no change.
    """
    return _digest((data,))


def digest_of_file(path: str, folder: int | None = None) -> str:
    """Return the digest of a regular file that is not endless. Raises OSError and ValueError.

    In a `folder`, by its handle, no link is followed.
    """
    with opened(path, folder) as file:
        if os.fstat(file.fileno()).st_size > _MOST:
            raise too_large(path)
        # it may grow meanwhile
        return _digest(islice(iter(lambda: file.read(_CHUNK), b""), _MOST // _CHUNK + 1))


def _digest(chunks: Iterable[bytes]) -> str:
    found, rest = hashlib.sha256(), b""
    for chunk in chunks:
        text = rest + chunk
        rest = b"\r" if text.endswith(b"\r") else b""  # a line may end in two chunks
        found.update(text.removesuffix(rest).replace(b"\r\n", b"\n"))
    found.update(rest)
    return f"sha256:{found.hexdigest()}"
