"""The anchored values of a YAML document, and what an alias may stand for."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.shown import shown
from specloom.source.page import Mistake
from specloom.values import Tree


@dataclass(frozen=True, slots=True, eq=False)
class Anchored:
    """A value with a name. It is shared by all its aliases."""

    value: Tree
    nodes: int
    """Its size with all aliases written out; 0 while it is being read."""

    @property
    def height(self) -> int:
        """How deeply it is nested. The walk is as long as the value is large."""
        return _height(self.value)


class Anchors:
    """The names that are in force at a point of the document."""

    def __init__(self) -> None:
        self._known: dict[str, Anchored] = {}

    def begin(self, name: str, value: Tree) -> None:
        """Name a collection whose values are still to come."""
        self._known[name] = Anchored(value, 0)

    def finish(self, name: str, value: Tree, nodes: int) -> None:
        """Give the size of a collection, unless its name means another value by now."""
        if self._known[name].value is value:
            self._known[name] = Anchored(value, nodes)

    def define(self, name: str, value: Tree) -> None:
        """Name a scalar."""
        self._known[name] = Anchored(value, 1)

    def named(self, name: str, at: int) -> Anchored | Mistake:
        """Return what an alias stands for, if it stands for something complete."""
        found = self._known.get(name)
        if found is None:
            message = f"the alias *{shown(name)} names no anchor above it; check its spelling"
            return Mistake(at, "yaml-alias", message)
        if found.nodes == 0:
            message = f"the alias *{shown(name)} stands within its own value; use a $ref instead"
            return Mistake(at, "yaml-alias", message)
        return found


def _height(tree: Tree) -> int:
    if isinstance(tree, dict):
        return 1 + max(map(_height, tree.values()), default=0)
    if isinstance(tree, list):
        return 1 + max(map(_height, tree), default=0)
    return 0
