"""Digests of texts: the ends of lines do not count, wherever they stand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from specloom.digest import digest, digest_of_file

MEBIBYTE = 1 << 20


@pytest.mark.parametrize("before", [0, MEBIBYTE - 2, MEBIBYTE - 1, MEBIBYTE])
@pytest.mark.parametrize("end", [b"\r\n", b"\r\r\n", b"\r", b"\n\r", b"\n", b""])
def test_a_file_has_the_digest_of_its_text(tmp_path: Path, before: int, end: bytes) -> None:
    text = b"a" * before + end + b"b" + end
    (tmp_path / "file").write_bytes(text)
    plain = text.replace(b"\r\n", b"\n")
    assert digest_of_file(str(tmp_path / "file")) == digest(text)
    assert digest(text) == f"sha256:{hashlib.sha256(plain).hexdigest()}"
