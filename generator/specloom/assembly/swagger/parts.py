"""A tree under construction, in which every part knows where it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from specloom.document.node import Node
from specloom.pointers import escaped, fragment
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


@dataclass(frozen=True, slots=True)
class Made:
    """A part where it stands in the tree, and what is at its pointer if nothing moved."""

    part: Part
    pointer: str
    expected: str


def built(root: Part) -> Built:
    """Return the tree of all parts; a reference leads to the first that was made from its target."""
    homes: dict[str, str] = {}
    moved: dict[str, Place] = {}
    for made in everything(root):
        if made.part.at.pointer != made.expected:
            moved[made.pointer] = made.part.at
        if is_home(made.part):
            homes.setdefault(made.part.at.pointer, made.pointer)
    return Built(_tree(root, homes), moved)


def everything(root: Part) -> Iterator[Made]:
    """Return all parts, each before what is below it."""
    pending = [Made(root, "", root.at.pointer)]
    while pending:
        made = pending.pop()
        yield made
        at = made.part.at.pointer
        below = [
            Made(child, f"{made.pointer}/{token}", f"{at}/{token}")
            for token, child in _below(made.part)
        ]
        pending.extend(reversed(below))


def is_home(part: Part) -> bool:
    """Return whether a part is what a reference to its place may lead to."""
    return isinstance(part, Kept | Members | Items)


def target_of(part: Part) -> str | None:
    """Return the pointer that a part refers to, if it is a reference."""
    match part:
        case Link(target):
            return target
        case Again(at):
            return at.pointer
        case _:
            return None


def _below(part: Part) -> Iterator[tuple[str, Part]]:
    match part:
        case Members(members):
            for name, child in members.items():
                yield escaped(name), child
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
