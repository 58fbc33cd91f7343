"""The documents of a folder: what has `openapi` or `swagger` at its top, and is no part of another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

ENDINGS = (".json", ".yaml", ".yml")
_HEAD = re.compile(r"""^\{?\s*["']?(?:openapi|swagger)["']?\s*:""", re.MULTILINE)
_TOP = re.compile(r"""^\s{0,4}["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]""", re.MULTILINE)
_REFERENCE = re.compile(r"""\$ref["']?\s*:\s*["']?([^"'#\s]+)""")
_SEVERAL = "multi"
"""The folder in which each folder is one document, or several that share files."""


def documents(folder: Path) -> Iterator[Path]:
    """Return the documents of a corpus in a fixed order: its files, then those below `multi`."""
    yield from filter(is_document, files(folder))
    several = folder / _SEVERAL
    for inner in sorted(several.iterdir()) if several.is_dir() else ():
        yield from _of_several_files(inner)


def files(folder: Path, names: Collection[str] = ()) -> list[Path]:
    """Return the files of a folder that may be documents, in a fixed order; or those of some names."""
    found = sorted(path for path in folder.iterdir() if path.suffix in ENDINGS)
    return [path for path in found if not names or path.name in names]


def name_of(document: Path, folder: Path) -> str:
    """Return what a document is called in a table: its path below the folder."""
    return document.relative_to(folder).as_posix()


def _of_several_files(folder: Path) -> Iterator[Path]:
    """Return the documents that no other document is made from, unless it is made from that, too."""
    found = [path.resolve() for path in sorted(folder.rglob("*")) if path.suffix in ENDINGS]
    mentions = {path: _mentioned(path) for path in found}
    reached = {path: _reached(path, mentions) for path in found if is_document(path)}
    for path in sorted(folder.rglob("*")):
        own = reached.get(path.resolve())
        if own is not None and not any(
            path.resolve() in others and other not in own for other, others in reached.items()
        ):
            yield path


def _mentioned(path: Path) -> set[Path]:
    text = path.read_text("utf-8", "replace")
    return {(path.parent / reference).resolve() for reference in _REFERENCE.findall(text)}


def _reached(path: Path, mentions: Mapping[Path, set[Path]]) -> set[Path]:
    reached: set[Path] = set()
    pending = [path]
    while pending:
        new = mentions.get(pending.pop(), set()) - reached
        reached |= new
        pending.extend(new)
    return reached


def is_document(path: Path) -> bool:
    """Return whether a file has the field at its top that every document has."""
    text = path.read_text("utf-8", "replace")
    return bool(_HEAD.search(text[:2000]) or _TOP.search(text))
