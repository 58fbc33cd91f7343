"""What reaches what in a graph; its strongly connected components: what reaches itself through
something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

K = TypeVar("K")


def reachable(start: Iterable[K], leads_to: Callable[[K], Iterable[K]]) -> set[K]:
    """Return all nodes that some lead to, these among them."""
    found: set[K] = set()
    pending = list(start)
    while pending:
        node = pending.pop()
        if node not in found:
            found.add(node)
            pending += leads_to(node)
    return found


def components(edges: Mapping[K, Sequence[K]]) -> Iterator[tuple[K, ...]]:
    """Yield the components of a graph, each after those that it leads to (Tarjan, 1972).

    Members stand in the order of `edges`, which has an entry for every node.
    """
    order = {node: number for number, node in enumerate(edges)}
    index: dict[K, int] = {}
    low: dict[K, int] = {}
    done: set[K] = set()
    open_: list[K] = []
    for root in edges:
        stack = [(root, iter(edges[root]))] if root not in index else []
        while stack:
            node, rest = stack[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                open_.append(node)
            part = next(rest, None)
            if part is not None:
                if part not in index:
                    stack.append((part, iter(edges[part])))
                elif part not in done:
                    low[node] = min(low[node], index[part])
                continue
            stack.pop()
            if stack:
                low[stack[-1][0]] = min(low[stack[-1][0]], low[node])
            if low[node] == index[node]:
                found = [open_.pop()]
                while found[-1] != node:
                    found.append(open_.pop())
                done.update(found)
                yield tuple(sorted(found, key=order.__getitem__))
