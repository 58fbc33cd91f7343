"""What an action of an overlay makes of the nodes that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

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


@dataclass(frozen=True, slots=True)
class _Ways:
    """The nodes that are to be changed, by what leads to them."""

    below: dict[str | int, _Ways] = field(default_factory=dict[str | int, "_Ways"])
    ends: list[bool] = field(default_factory=list[bool])
    """Not empty where a node itself is meant."""

    @classmethod
    def of(cls, ways: Iterable[tuple[str | int, ...]]) -> _Ways:
        root = cls()
        for way in ways:
            node = root
            for token in way:
                node = node.below.setdefault(token, cls())
            node.ends.append(True)
        return root


def changed(
    whole: Written, ways: Iterable[tuple[str | int, ...]], change: Change
) -> Written | None:
    """Return a tree in which the nodes at the end of some ways have changed.

    What is within another node comes first: a change of what is around it cannot hide it.
    """
    return _changed(whole, _Ways.of(ways), change)


def _changed(node: Written, ways: _Ways, change: Change) -> Written | None:
    if ways.below and isinstance(node.tree, Mapping):
        keys = [str(token) for token in ways.below]
        parts = {key: _changed(node.member(key), ways.below[key], change) for key in keys}
        node = node.with_members(parts)
    elif ways.below:
        items = node.items()
        done = [
            _changed(item, ways.below[i], change) if i in ways.below else item
            for i, item in enumerate(items)
        ]
        node = node.with_items([item for item in done if item is not None])
    return change(node) if ways.ends else node


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
