"""How large a tree is, with all that is shared written out: later stages walk all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from specloom.limits import Limits
from specloom.values import Tree


@dataclass(frozen=True, slots=True)
class Extent:
    nodes: int
    depth: int

    @classmethod
    def of(cls, tree: Tree) -> Extent:
        """Return how large a tree is; the limits of files bound it."""
        nodes, deepest, pending = 0, 0, [(tree, 0)]
        while pending:
            value, depth = pending.pop()
            nodes, deepest = nodes + 1, max(deepest, depth)
            if isinstance(value, Mapping):
                pending += ((part, depth + 1) for part in value.values())
            elif isinstance(value, list):
                pending += ((part, depth + 1) for part in value)
        return cls(nodes, deepest)

    def exceeded(self, limits: Limits) -> str:
        """Return the limit that it exceeds by what is written into a document, if there is one."""
        if self.depth > limits.depth:
            return "depth"
        return "aliased-nodes" if self.nodes > limits.aliased_nodes else ""

    def with_parts(self, count: int, at_depth: int, part: Extent) -> Extent:
        """Return what this cannot exceed with a part in some more places."""
        depth = max(self.depth, at_depth + 1 + part.depth)
        return Extent(self.nodes + count * part.nodes, depth)
