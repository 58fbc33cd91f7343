"""What an action of an overlay makes of the nodes that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from specloom.assembly.marks import Marked
from specloom.assembly.written import Written
from specloom.values import Place, Tree

Change: TypeAlias = Callable[[Written], Written | None]
"""What becomes of a node; None: it is removed."""


class Incompatible(Exception):
    """Says that a value cannot be merged into one of another kind, and where it was written."""

    def __init__(self, at: Place, there: str, given: str) -> None:
        super().__init__(at, there, given)
        self.at = at
        self.there = there
        self.given = given


def changed(
    whole: Written, ways: Iterable[tuple[str | int, ...]], change: Change
) -> Written | None:
    """Return a tree in which the nodes at the end of some ways have changed.

    What is within another node comes first: a change of what is around it cannot hide it.
    """
    marks = Marked[bool]()
    for way in ways:
        marks.add(map(str, way), mark=True)
    return _changed(whole, marks, change)


def _changed(node: Written, marks: Marked[bool], change: Change) -> Written | None:
    below = marks.below
    if below and isinstance(node.tree, Mapping):
        parts = {key: _changed(node.member(key), part, change) for key, part in below.items()}
        node = node.with_members(parts)
    elif below:
        items = ((str(i), item) for i, item in enumerate(node.items()))
        done = (_changed(item, below[i], change) if i in below else item for i, item in items)
        node = node.with_items([item for item in done if item is not None])
    return change(node) if marks.mark else node


def merged(base: Written, update: Written) -> Written:
    """Return a node with what an action writes into it (Overlay 1.1.0, "Action Object").

    A list gets an item, or those of a list. Raises Incompatible.
    """
    if isinstance(base.tree, list) and not isinstance(update.tree, list):
        return base.with_items([*base.items(), update])
    return _merged(base, update)


def _merged(base: Written, update: Written) -> Written:
    there, given = _kind(base.tree), _kind(update.tree)
    if there != given:
        raise Incompatible(update.trail.at, there, given)
    match base.tree, update.tree:
        case Mapping() as members, Mapping() as more:
            parts = {key: update.member(key) for key in more}
            return base.with_members(
                {
                    key: _merged(base.member(key), part) if key in members else part
                    for key, part in parts.items()
                }
            )
        case list(), list():
            return base.with_items([*base.items(), *update.items()])
        case _:
            return update


def _kind(value: Tree) -> str:
    match value:
        case Mapping():
            return "an object"
        case None | bool() | int() | float() | str():
            return "a plain value"
        case _:
            return "a list"
