"""The ledger of the files that a document was written in, whatever it was assembled to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from specloom import ir
from specloom.assembly import Whole
from specloom.document.node import Node
from specloom.ledger.entries import GENERATED, Bucket, Entry, Ledger, ignored, strongest
from specloom.ledger.walk import children, within
from specloom.source import Source
from specloom.values import Place


def written(
    ledger: Ledger, whole: Whole, missing: Iterable[ir.Missing] = (), *, is_subset: bool = False
) -> Ledger:
    """Return what became of every node of the files that were read.

    What was taken over several times is what the strongest of these became; `missing` was left out,
    and what else is not there was not chosen, where the document `is_subset`.
    """
    gone = {part.at: Entry(Bucket.UNSUPPORTED, part.feature) for part in missing}
    if len(whole.sources) == 1 and whole.tree is whole.sources[0].tree:
        return ledger
    known: dict[Place, list[Entry]] = {}
    for at, entry in ledger.entries.items():
        origin = whole.origins.of(at)
        known.setdefault(Place(origin.file, origin.pointer), []).append(entry)
    taken = {at: strongest(entries) for at, entries in known.items()}
    found: dict[Place, Entry] = {}
    for source in whole.sources:
        found.update(_of_file(source, taken, gone, is_subset=is_subset))
    return Ledger(found)


def _of_file(
    source: Source, taken: Mapping[Place, Entry], gone: Mapping[Place, Entry], *, is_subset: bool
) -> Iterator[tuple[Place, Entry]]:
    """Yield the nodes of a file. What the assembled document has not is as what is around it."""
    root = Node(source.tree, Place(source.name, ""), source.tree)
    references = tuple(_references(root))
    pending: list[tuple[Node, Node, Entry | None]] = [(root, root, None)]
    while pending:
        node, owner, lost = pending.pop()
        if node.at in gone:
            lost = gone[node.at]
        elif (lost is None or lost.bucket is not Bucket.UNSUPPORTED) and node.at in taken:
            lost = None
        elif lost is None:
            lost = _lost(root, owner, node, references, is_subset=is_subset)
        yield node.at, lost or taken[node.at]
        pending += reversed([(child, node, lost) for child in children(node)])


def _lost(
    root: Node, owner: Node, node: Node, references: tuple[str, ...], *, is_subset: bool
) -> Entry:
    """Return what became of a node that the assembled document has not."""
    if root.get("overlay") is not None:
        return ignored("overlay")
    key = node.at.pointer.rpartition("/")[2]
    if key in _NAMES:
        is_named = any(str(node.value) in reference for reference in references)
        return GENERATED if is_named else ignored("dialect")
    if root.get("swagger") is None or (is_subset and key not in _OF_SWAGGER):
        return ignored("not-chosen" if is_subset else "unused")
    if key == "examples":
        return ignored("example")
    return ignored("body-name") if key == "name" and owner.word("in") == "body" else GENERATED


def _references(root: Node) -> Iterator[str]:
    """Return what may mention what a schema calls itself."""
    for node in within(root):
        yield from (word for key in _REFERENCES if (word := node.word(key)) is not None)


_REFERENCES = ("$ref", "$dynamicRef")
_NAMES = ("$id", "$anchor", "$dynamicAnchor")
_OF_SWAGGER = (
    *("host", "basePath", "schemes", "consumes", "produces", "in", "name", "$ref", "required"),
    *("collectionFormat", "x-nullable", "examples"),
)
"""Words of Swagger 2.0 that OpenAPI 3 says in other places, or not at all."""
