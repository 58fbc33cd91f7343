"""Nodes of a tree that something is to become of, by the ways that lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from specloom.values import Tree

T = TypeVar("T")


@dataclass(slots=True)
class Marked(Generic[T]):
    """A node: its mark, if it has one, and what is marked below it, by token."""

    mark: T | None = None
    below: dict[str, Marked[T]] = field(default_factory=dict[str, "Marked[T]"])

    def add(self, way: Iterable[str], mark: T) -> None:
        node = self
        for token in way:
            node = node.below.setdefault(token, Marked())
        node.mark = mark


def replaced(tree: Tree, marks: Marked[Tree]) -> Tree:
    """Return a tree in which nodes are what they are marked with, and so is what is within these."""
    if marks.mark is not None:
        tree = marks.mark
    below = marks.below
    if not below:
        return tree
    if isinstance(tree, Mapping):
        return {k: replaced(v, below[k]) if k in below else v for k, v in tree.items()}
    assert isinstance(tree, Sequence)
    items = ((str(i), item) for i, item in enumerate(tree))
    return [replaced(item, below[i]) if i in below else item for i, item in items]
