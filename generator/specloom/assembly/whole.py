"""A document in one piece, and the files that it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from specloom.assembly.origins import Origins
from specloom.diagnostics import Diagnostic, Span
from specloom.limits import DEFAULT, Limits
from specloom.source import Source
from specloom.source.page import Page
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
    ways: Mapping[str, str] = field(default_factory=dict[str, str])
    """How files that references lead to are reached from the folder of the document, by name."""
    homes: Mapping[str, str] = field(default_factory=dict[str, str])
    """By pointer of the tree: the address, in its own file, of a part that has its place from us."""
    broken: tuple[Page, ...] = ()
    """The texts of files that hold no tree, for messages to quote."""
    limits: Limits = DEFAULT
    """Within which it has to stay."""

    @property
    def documents(self) -> tuple[str, ...]:
        """The digests of the files that the user named."""
        return tuple(source.digest for source in self.sources if source.name not in self.ways)

    @property
    def parts(self) -> dict[str, str]:
        """The digests of the files that references lead to, by how they are reached."""
        return {self.ways[s.name]: s.digest for s in self.sources if s.name in self.ways}

    @property
    def file(self) -> str:
        """What messages call the file that the user named."""
        return self.sources[0].name

    @property
    def size(self) -> int:
        """The characters of all files."""
        return sum(len(source.page.text) for source in self.sources)

    def locate(self, places: Iterable[Place]) -> dict[Place, Span]:
        """Return where places of the tree were written; one pass over each file concerned."""
        written = {place: self.origins.of(place) for place in places}
        spans = self.stand(written.values())
        return {place: spans[at] for place, at in written.items()}

    def stand(self, places: Iterable[Place]) -> dict[Place, Span]:
        """Return where places of the files that were read stand."""
        wanted = tuple(dict.fromkeys(places))
        spans: dict[Place, Span] = {}
        for source in self.sources:
            spans |= source.locate(at for at in wanted if at.file == source.name)
        return spans

    def placed(self, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return findings at places of the tree with the lines at which these were written."""
        found = tuple(findings)
        spans = self.locate(f.at for f in found if isinstance(f.at, Place))
        return tuple(replace(f, at=spans[f.at]) if isinstance(f.at, Place) else f for f in found)

    def lines(self) -> Callable[[Span], str | None]:
        """Return what finds the line of a file that a span is in; None if there is none."""
        texts = (*self.broken, *(source.page for source in self.sources))
        pages = {page.name: page.lines() for page in texts}
        return lambda span: pages[span.file](span) if span.file in pages else None


def whole(source: Source, limits: Limits = DEFAULT) -> Whole:
    """Return a file that is a document by itself."""
    return Whole(source.tree, (source,), Origins(source.name, {}), limits=limits)
