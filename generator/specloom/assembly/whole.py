"""A document in one piece, and the files that it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from specloom.assembly.origins import Origins
from specloom.diagnostics import Span
from specloom.source import Source
from specloom.values import Place, Tree


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Whole:
    """One tree of OpenAPI 3, in which every reference is local."""

    tree: Tree
    sources: tuple[Source, ...]
    """The files that were read; the first is the one that the user named."""
    origins: Origins
    is_judged: bool = False
    """Whether the shape of what was written has been judged, in a dialect of its own."""

    @property
    def file(self) -> str:
        """What messages call the file that the user named."""
        return self.sources[0].name

    def locate(self, places: Iterable[Place]) -> dict[Place, Span]:
        """Return where places of the tree were written; one pass over each file concerned."""
        written = {place: self.origins.of(place) for place in places}
        spans: dict[Place, Span] = {}
        for source in self.sources:
            spans |= source.locate({at: None for at in written.values() if at.file == source.name})
        return {place: spans[at] for place, at in written.items()}

    def lines(self) -> Callable[[Span], str | None]:
        """Return what finds the line of a file that a span is in; None if there is none."""
        pages = {source.name: source.page.lines() for source in self.sources}
        return lambda span: pages[span.file](span) if span.file in pages else None


def whole(source: Source) -> Whole:
    """Return a file that is a document by itself."""
    return Whole(source.tree, (source,), Origins(source.name, {}))
