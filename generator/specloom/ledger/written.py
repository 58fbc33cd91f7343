"""The ledger of the files that a document was written in, whatever it was assembled to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from specloom import ir
from specloom.assembly import Whole
from specloom.document.node import Node
from specloom.ledger.entries import GENERATED, Bucket, Entry, Ledger, ignored, strongest
from specloom.source import Source
from specloom.values import Place


def written(ledger: Ledger, whole: Whole, missing: Iterable[ir.Missing] = ()) -> Ledger:
    """Return what became of every node of the files that were read.

    What was taken over several times is what the strongest of these became; `missing` was left out.
    """
    gone = {part.at: Entry(Bucket.UNSUPPORTED, part.feature) for part in missing}
    if not whole.origins.moved and not gone and len(whole.sources) == 1:
        return ledger
    known: dict[Place, list[Entry]] = {}
    for at, entry in ledger.entries.items():
        origin = whole.origins.of(at)
        known.setdefault(Place(origin.file, origin.pointer), []).append(entry)
    taken = {at: strongest(entries) for at, entries in known.items()}
    found: dict[Place, Entry] = {}
    for source in whole.sources:
        found.update(_of_file(source, taken, gone))
    return Ledger(found)


def _of_file(
    source: Source, taken: Mapping[Place, Entry], gone: Mapping[Place, Entry]
) -> Iterator[tuple[Place, Entry]]:
    otherwise = _fallback(source)
    root = Node(source.tree, Place(source.name, ""), source.tree)
    pending: list[tuple[Node, Entry | None, Node]] = [(root, None, root)]
    while pending:
        node, around, owner = pending.pop()
        around = gone.get(node.at, around)
        yield node.at, around or taken.get(node.at) or otherwise(owner, node)
        inner = (*(n for _, n in node.members()), *node.items())
        pending += reversed([(child, around, node) for child in inner])


def _fallback(source: Source) -> Callable[[Node, Node], Entry]:
    """Return what becomes of nodes that the assembled document has not."""
    if not isinstance(source.tree, Mapping):
        return lambda _, __: ignored("unused")
    if "overlay" in source.tree:
        return lambda _, __: ignored("overlay")
    if "swagger" in source.tree:
        return _of_swagger
    return lambda _, __: ignored("unused")


def _of_swagger(owner: Node, node: Node) -> Entry:
    """Return what becomes of a word of Swagger 2.0 that OpenAPI 3 says in other places, or not at all."""
    tokens = node.at.pointer.split("/")
    if "examples" in tokens and "responses" in tokens[: tokens.index("examples")]:
        return ignored("example")
    if tokens[-1] == "name" and owner.word("in") == "body":
        return ignored("body-name")
    return GENERATED
