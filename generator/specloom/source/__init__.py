"""Bytes of a file → a tree of plain JSON values, and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from specloom.diagnostics import Diagnostic, Span
from specloom.digest import digest
from specloom.limits import DEFAULT, Limits
from specloom.source import file
from specloom.source import syntax as reading
from specloom.source.locate import Wanted, existing
from specloom.source.page import Page, Unreadable
from specloom.source.syntax import Syntax
from specloom.values import Place, Tree

__all__ = ["Source", "Unreadable", "read", "read_part"]

_EMPTY = "the file holds nothing; {} is expected"
_SYNTAXES = {".json": Syntax.JSON, ".yaml": Syntax.YAML, ".yml": Syntax.YAML}
_MARKDOWN = frozenset({".md", ".markdown"})
_MARKUP = re.compile(r"\s*<[a-z!?]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Source:
    """A document that could be read."""

    name: str
    """How messages call the file: its path as the user gave it."""
    tree: Tree
    digest: str
    """That of the file, by which the lock knows it again."""
    syntax: Syntax
    page: Page

    def locate(self, places: Iterable[Place]) -> dict[Place, Span]:
        """Return where places stand in the file; one that does not exist, where its parent does.

        All are found in one pass. `Place.file` is not looked at: the places are of this file.
        """
        wanted = {place: existing(self.tree, place) for place in places}
        if not wanted:
            return {}
        paths = Wanted.of(path for path, _ in wanted.values())
        found = reading.offsets(self.syntax, self.page.text, paths)
        offsets: dict[Place, int] = {}
        for place, (path, key) in wanted.items():
            while path not in found:  # behind an alias
                path, key = path[:-1], False
            offsets[place] = found[path].key if key else found[path].value
        spans = self.page.spans(offsets.values())
        return {place: spans[at] for place, at in offsets.items()}


def read(
    path: Path,
    name: str | None = None,
    what: str = "an OpenAPI document",
    limits: Limits = DEFAULT,
) -> tuple[Source, tuple[Diagnostic, ...]]:
    """Return the document in a file and warnings about it; raise Unreadable.

    The extension says how it is written: .json, .yaml or .yml, .md or .markdown; with any other,
    a brace at the beginning means JSON. In Markdown the document is a fenced block. `what` is the
    kind of document that is expected.
    """
    source, warnings = read_part(path, str(path) if name is None else name, what, limits)
    if not isinstance(source.tree, dict):
        raise source.page.refusal("not-openapi", f"{what} is a mapping at the top; this is not")
    return source, warnings


def read_part(
    path: Path, name: str, what: str = "a part of a document", limits: Limits = DEFAULT
) -> tuple[Source, tuple[Diagnostic, ...]]:
    """Return what `read` does of a file that may hold any value; raise Unreadable."""
    contents = file.contents(path, name, limits.bytes)
    if path.suffix.lower() in _MARKDOWN:
        file.check_size(contents, limits.markdown_bytes, name, "markdown-bytes")
    page = Page(name, file.text_of(contents, name))
    syntax, page = _document(path.suffix.lower(), page, what, limits)
    tree, warnings = reading.read(syntax, page, limits)
    if tree is None:
        raise page.refusal("empty", _EMPTY.format(what))
    return Source(name, tree, digest(contents), syntax, page), warnings


def _document(extension: str, page: Page, what: str, limits: Limits) -> tuple[Syntax, Page]:
    """Return the text of the document and what it is written in."""
    if not page.text.strip():
        raise page.refusal("empty", _EMPTY.format(what))
    if extension in _MARKDOWN:
        from specloom.source import markdown  # markdown_it is needed for nothing else

        return markdown.document(page, limits)
    if _MARKUP.match(page.text):
        message = "this looks like a web page or XML; save the document itself, as YAML or JSON"
        raise page.refusal("not-openapi", message)
    return _SYNTAXES.get(extension) or Syntax.of(page.text), page
