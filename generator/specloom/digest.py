"""Digests, by which the lock knows files again."""

from __future__ import annotations

import hashlib
import os
import stat


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, and that it is one."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def digest_of_file(path: str) -> str:
    """Return the digest of what a regular file holds, whatever its size. Raises OSError."""
    with open(path, "rb", opener=_open) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path} is no regular file")
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _open(path: str, flags: int) -> int:
    nonblock: int = getattr(os, "O_NONBLOCK", 0)  # or a FIFO without a writer would hang us
    return os.open(path, flags | nonblock)
