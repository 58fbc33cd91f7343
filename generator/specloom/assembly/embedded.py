"""References that count from a schema around them, not from the top of the document.

Tools that write JSON Schema put what a schema needs into its own `$defs`, and refer to that as if
the schema were the whole document. Such a reference leads nowhere, and what it means is clear.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from specloom.assembly.marks import Marked, replaced
from specloom.assembly.whole import Whole
from specloom.diagnostics import Diagnostic
from specloom.document.grammar import A
from specloom.document.node import Node, at_pointer, pointer_tokens, resolve
from specloom.document.walk import Visit, is_reference, walk
from specloom.pointers import fragment, pointer_to, tokens_of
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Place, Tree


def extracted(whole: Whole) -> tuple[Whole, tuple[Diagnostic, ...]]:
    """Return a document in which references count from its top, and findings with their lines."""
    if not _is_suspect(whole.tree):
        return whole, ()
    root = Node(whole.tree, Place(whole.file, ""), whole.tree)
    meant = {at: to for visit in walk(root) for at, to in _references(visit)}
    if not meant:
        return whole, ()
    edits, findings = Marked[Tree](), list[Diagnostic]()
    for at, to in meant.items():
        message = f"this leads nowhere: what is meant is taken to be `{shown(to)}`, around it"
        findings.append(finding("embedded-reference", at, message))
        edits.add(tokens_of(at.pointer), to)
    return replace(whole, tree=replaced(whole.tree, edits)), whole.placed(findings)


def _is_suspect(tree: Tree) -> bool:
    """Return whether there may be such a reference: a walk by the grammar takes much longer."""
    known = frozenset(tree) if isinstance(tree, Mapping) else frozenset[str]()
    pending: list[Tree] = [tree]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            if _is_lost(value.get("$ref"), known):
                return True
            mapping = value.get("mapping")
            if isinstance(mapping, dict) and any(_is_lost(v, known) for v in mapping.values()):
                return True
            pending += [v for v in value.values() if isinstance(v, dict | list)]
        elif isinstance(value, list):
            pending += [v for v in value if isinstance(v, dict | list)]
    return False


def _is_lost(reference: Tree, known: Collection[str]) -> bool:
    """Return whether a local reference begins with nothing that the document has."""
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return False
    return reference[2:].partition("/")[0] not in known


def _references(visit: Visit) -> Iterator[tuple[Place, str]]:
    """Return the references at a place that mean something around it, and what they mean."""
    node = visit.node
    match visit.holds:
        case A("discriminator"):
            targets = (child for _, child in node.children("mapping"))
        case A() if is_reference(visit):
            targets = (child for key, child in node.members() if key == "$ref")
        case _:
            return
    for target in targets:
        if isinstance(target.value, str) and target.value.startswith("#/"):
            to = _meant(node, target.value)
            if to is not None:
                yield target.at, to


def _meant(node: Node, reference: str) -> str | None:
    """Return the reference from the top that one means, by the nearest place around it."""
    tokens = pointer_tokens(reference)
    if not tokens or resolve(node, reference) is not None:
        return None
    tail = pointer_to(tokens)
    around = node.at.pointer
    while around:
        if at_pointer(node, around + tail) is not None:
            return fragment(around + tail)
        around = around.rpartition("/")[0]
    return None
