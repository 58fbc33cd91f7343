"""A file's bytes, and its text."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from specloom import regular
from specloom.limits import raising
from specloom.near import nearest
from specloom.shown import shown
from specloom.source.page import Page, Unreadable

_ENTRIES = 300
"""Files of a folder that are looked at for the one that was meant."""
_BOM = b"\xef\xbb\xbf"
_FOREIGN = (
    (b"\x1f\x8b", "this is gzip-compressed; unpack it first"),
    (b"PK\x03\x04", "this is a zip archive; unpack it and name the document inside"),
    (b"%PDF", "this is a PDF; name the document itself"),
    (b"\xff\xfe", "this is UTF-16; save it as UTF-8"),
    (b"\xfe\xff", "this is UTF-16; save it as UTF-8"),
)


def contents(path: Path, name: str, most: int) -> bytes:
    """Return the bytes of a regular file, read once, of which there may be so many; raise Unreadable."""
    try:
        found = regular.contents(str(path), most + 1)
    except regular.NotRegular:
        raise _unreadable(name, "this is not a regular file; save the document to one") from None
    except FileNotFoundError:
        near = beside(path)
        hint = f"did you mean `{shown(str(path.with_name(near)))}`?" if near else ""
        raise _unreadable(name, "there is no such file", hint) from None
    except IsADirectoryError:
        raise _unreadable(name, "this is a folder; name a file in it") from None
    except OSError as error:
        reason = (error.strerror or "the system does not say why").lower()
        raise _unreadable(name, f"the file cannot be read: {reason}") from None
    except ValueError:  # a NUL, or characters that the file system cannot spell
        raise _unreadable(name, "no file can have such a name") from None
    check_size(found, most, name, "bytes")
    return found


def check_size(found: bytes, most: int, name: str, key: str) -> None:
    """Raise Unreadable if there are more bytes than `most`, which is the limit of some name."""
    if len(found) > most:
        message = f"the file has more than {most:,} bytes; split it, or leave parts out"
        raise Page(name, "").refusal("limit", message, hint=raising(key))


def text_of(found: bytes, name: str) -> str:
    """Return UTF-8 bytes as text without a byte order mark; raise Unreadable."""
    start = found[:4]
    for magic, message in _FOREIGN:
        if start.startswith(magic):
            raise Page(name, "").refusal("encoding", message)
    if b"\0" in start:
        # OpenAPI begins with ASCII, so a NUL this early is the other half of one
        raise Page(name, "").refusal("encoding", "this is UTF-16 or binary; save it as UTF-8")
    found = found.removeprefix(_BOM)
    try:
        text = found.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in found:
            message = "this is binary, not a text; name the document itself"
            raise Page(name, "").refusal("encoding", message) from None
        page = Page(name, found.decode("utf-8", "backslashreplace"))
        message = f"the byte 0x{found[error.start]:02X} is not UTF-8; save the file as UTF-8"
        at = len(found[: error.start].decode("utf-8"))
        raise page.refusal("encoding", message, at) from None
    if (nul := text.find("\0")) >= 0:
        raise Page(name, text).refusal(
            "encoding", "a NUL is no character of a text; remove it", nul
        )
    return text


def _unreadable(name: str, message: str, hint: str = "") -> Unreadable:
    return Page(name, "").refusal("unreadable", message, hint=hint)


def beside(path: Path) -> str:
    """Return the name of the file in the same folder that may have been meant, if there is one."""
    try:
        with os.scandir(path.parent) as entries:
            return nearest(path.name, [entry.name for entry in islice(entries, _ENTRIES)])
    except OSError:
        return ""
