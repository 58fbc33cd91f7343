"""A tree under construction, in which every part knows where it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from specloom.document.node import Node
from specloom.values import Place, Tree


@dataclass(frozen=True, slots=True)
class Kept:
    """A value as it stands, with all that is below it."""

    node: Node

    @property
    def at(self) -> Place:
        return self.node.at


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a flag of OpenAPI, and what of the document it says."""

    value: str | bool
    at: Place


@dataclass(frozen=True, slots=True)
class Link:
    """The text of a reference to what was written at a pointer, wherever that stands now."""

    target: str
    at: Place


@dataclass(frozen=True, slots=True)
class Again:
    """A reference to what is made elsewhere of the same place."""

    at: Place


@dataclass(frozen=True, slots=True)
class Members:
    """An object."""

    members: Mapping[str, Part]
    at: Place


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Part, ...]
    at: Place


Part: TypeAlias = Kept | Word | Link | Again | Members | Items


@dataclass(frozen=True, slots=True)
class Built:
    """A tree, and by its pointers which place a node was made from: those that have moved."""

    tree: Tree
    moved: Mapping[str, Place]
    lost: tuple[str, ...]
    """The pointers that references lead to and that stand nowhere in the tree."""


def built(root: Part) -> Built:
    """Return the tree of all parts; a reference leads to the first that was made from its target."""
    homes: dict[str, str] = {}
    moved: dict[str, Place] = {}
    targets: dict[str, None] = {}
    pending: list[tuple[Part, str, str]] = [(root, "", root.at.pointer)]
    while pending:
        part, pointer, derived = pending.pop()
        if part.at.pointer != derived:
            moved[pointer] = part.at
        match part:
            case Link(target):
                targets[target] = None
            case Again(at):
                targets[at.pointer] = None
            case Kept() | Members() | Items():
                homes.setdefault(part.at.pointer, pointer)
            case Word():
                pass
        below = [
            (child, f"{pointer}/{token}", f"{part.at.pointer}/{token}")
            for token, child in _below(part)
        ]
        pending.extend(reversed(below))
    lost = tuple(target for target in targets if target not in homes)
    return Built(_tree(root, homes), moved, lost)


def fragment(pointer: str) -> str:
    """Return a reference to what is at a pointer (RFC 6901, section 6)."""
    return "#" + pointer.replace("%", "%25")


def _below(part: Part) -> Iterator[tuple[str, Part]]:
    match part:
        case Members(members):
            for name, child in members.items():
                yield name.replace("~", "~0").replace("/", "~1"), child
        case Items(items):
            for index, child in enumerate(items):
                yield str(index), child
        case Kept() | Word() | Link() | Again():
            return


def _tree(part: Part, homes: Mapping[str, str]) -> Tree:
    match part:
        case Kept(node):
            return node.value
        case Word(value):
            return value
        case Link(target):
            return fragment(_home(target, homes))
        case Again(at):
            return {"$ref": fragment(_home(at.pointer, homes))}
        case Members(members):
            return {name: _tree(child, homes) for name, child in members.items()}
        case Items(items):
            return [_tree(child, homes) for child in items]


def _home(pointer: str, homes: Mapping[str, str]) -> str:
    """Return where a place stands now: what nobody moved, where what is around it does."""
    head, tail = pointer, ""
    while head and head not in homes:
        head, mark, token = head.rpartition("/")
        tail = mark + token + tail
    return homes.get(head, head) + tail
