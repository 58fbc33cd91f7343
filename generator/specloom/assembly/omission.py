"""A document without some of its nodes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from specloom.assembly.whole import Whole
from specloom.diagnostics import Diagnostic, Severity
from specloom.document.node import Node, at_pointer
from specloom.values import Place, Tree

_LEFT_OUT = "it is left out, as the target allows"


def omitted(
    findings: Iterable[Diagnostic], allowed: Collection[str], document: Whole
) -> tuple[tuple[Place, Diagnostic], ...]:
    """Return what is left out for what is wrong with a document, each place once, with a warning."""
    root = Node(document.tree, Place(document.file, ""), document.tree)
    gone: dict[Place, Diagnostic] = {}
    for found in findings:
        omission = found.omission
        if omission is None or omission.feature not in allowed or omission.without is None:
            continue
        if at_pointer(root, omission.without.pointer) is not None:
            said = replace(found, severity=Severity.WARNING, hint=_LEFT_OUT)
            gone.setdefault(omission.without, said)
    return tuple(gone.items())


def without(document: Whole, places: Collection[Place]) -> Whole:
    """Return a document in which these nodes are not there, nor what is below them."""
    gone = frozenset(place.pointer for place in places)
    moved: dict[str, Place] = {}
    tree = _without(document.tree, Place(document.file, ""), "", gone, moved)
    return replace(document, tree=tree, origins=document.origins.then(moved))


def _without(
    tree: Tree, at: Place, pointer: str, gone: frozenset[str], moved: dict[str, Place]
) -> Tree:
    """Return a tree without what is `gone`; enter which items of lists have `moved`.

    `at` is where the tree stood, `pointer` where it stands now.
    """
    if not any(one.startswith(f"{at.pointer}/") for one in gone):
        return tree
    if isinstance(tree, Mapping):
        steps = {key: at.step(key) for key in tree}
        return {
            key: _without(value, steps[key], _below(pointer, steps[key]), gone, moved)
            for key, value in tree.items()
            if steps[key].pointer not in gone
        }
    assert isinstance(tree, Sequence)
    assert not isinstance(tree, str)
    kept: list[Tree] = []
    for index, value in enumerate(tree):
        step = at.step(index)
        if step.pointer in gone:
            continue
        here = f"{pointer}/{len(kept)}"
        if len(kept) != index:
            moved[here] = step
        kept.append(_without(value, step, here, gone, moved))
    return kept


def _below(pointer: str, step: Place) -> str:
    return f"{pointer}/{step.pointer.rpartition('/')[2]}"
