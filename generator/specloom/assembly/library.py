"""The files that a document is made of: each read once, when a reference first leads there."""

from __future__ import annotations

import os
from pathlib import Path

from specloom.assembly.folder import holds, is_hidden, root_of
from specloom.assembly.references import Unfollowed
from specloom.diagnostics import Diagnostic
from specloom.limits import Limits, raising
from specloom.shown import shown
from specloom.source import Source, Unreadable, read_part
from specloom.source.file import beside
from specloom.values import Tree

_ALLOWING = "name the folder that references may lead to: --root DIR, or `root` in the target"


class Library:
    """Files by what messages call them. What is one file by two spellings has one name."""

    def __init__(self, main: Source, root: str | None, limits: Limits) -> None:
        self._limits = limits
        self.main = main.name
        self._sources = {main.name: main}
        self._broken: dict[str, Unreadable | None] = {}
        self._path = os.path.realpath(main.name)
        self._root = root_of(main.name, root)
        self._paths = {main.name: self._path}
        self._bytes = len(main.page.text)
        self.warnings: list[Diagnostic] = []

    @property
    def sources(self) -> tuple[Source, ...]:
        """All that could be read; the first is the one that the user named."""
        return tuple(self._sources.values())

    @property
    def broken(self) -> tuple[Unreadable, ...]:
        """What is wrong with the files that could not be read."""
        return tuple(reason for reason in self._broken.values() if reason is not None)

    def tree(self, name: str) -> Tree:
        return self._sources[name].tree

    def named(self, path: str, base: str, words: str) -> str:
        """Return the name of the file that a relative path means in another file.

        Raises Unfollowed where it may not be opened, or holds nothing that can be read.
        """
        if not path:
            return base
        real = os.path.realpath(os.path.join(os.path.dirname(self._paths[base]), path))
        if real == self._path:
            return self.main
        self._check(real, words)
        way = os.path.relpath(real, os.path.dirname(self._path))
        name = os.path.normpath(os.path.join(os.path.dirname(self.main), way))
        if name not in self._sources:
            self._open(real, name, words)
        return name

    def way(self, name: str) -> str:
        """Return how a file is reached from the folder of the document, spelled alike everywhere."""
        way = os.path.relpath(self._paths[name], os.path.dirname(self._path))
        return way.replace(os.sep, "/")

    def _check(self, real: str, words: str) -> None:
        own = os.path.dirname(self._path)
        if not holds(self._root, real):
            message = f"`{shown(words)}` leads out of the folder of the document: it is not opened"
            raise Unfollowed("foreign-reference", message, _ALLOWING)
        if is_hidden(own if holds(own, real) else self._root, real):
            message = f"`{shown(words)}` leads to a hidden file: it is not opened"
            raise Unfollowed("foreign-reference", message)

    def _open(self, real: str, name: str, words: str) -> None:
        if name in self._broken:
            raise _unusable(real, words, self._broken[name])
        if len(self._sources) + len(self._broken) >= self._limits.files:
            message = (
                f"`{shown(words)}` leads to one file too many: {self._limits.files:,} are read"
            )
            raise Unfollowed("limit", message, raising("files"))
        try:
            source, warnings = read_part(Path(real), name, limits=self._limits)
        except Unreadable as reason:
            self._broken[name] = reason if os.path.lexists(real) else None
            raise _unusable(real, words, self._broken[name]) from None
        self._bytes += len(source.page.text)
        if self._bytes > self._limits.bytes:
            message = f"with `{shown(words)}` the files have more than {self._limits.bytes:,} bytes"
            raise Unfollowed("limit", message, raising("bytes"))
        self._sources[name] = source
        self._paths[name] = real
        self.warnings += warnings


def _unusable(real: str, words: str, reason: Unreadable | None) -> Unfollowed:
    if reason is not None:
        message = f"`{shown(words)}` leads to a file that cannot be read"
        return Unfollowed("broken-reference", message)
    near = beside(Path(real))
    hint = f"did you mean `{shown(near)}`?" if near else ""
    return Unfollowed("broken-reference", f"`{shown(words)}`: there is no such file", hint)
