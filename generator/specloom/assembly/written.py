"""A value, and where it and its parts were written: what is moved takes its places along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from specloom.assembly.origins import Origins
from specloom.pointers import tokens_of
from specloom.values import Place, Tree


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a node was written, and which of the nodes below were not written there."""

    at: Place
    below: Mapping[str, Trail] = field(default_factory=dict[str, "Trail"])

    @classmethod
    def of(cls, origins: Origins) -> Trail:
        trail = cls(Place(origins.file, ""))
        for pointer in sorted(origins.moved, key=len):  # what is around a node before the node
            trail = _put(trail, tokens_of(pointer), origins.moved[pointer])
        return trail

    def step(self, token: str | int) -> Trail:
        return self.below.get(str(token)) or Trail(self.at.step(token))

    def origins(self) -> Origins:
        """Return the way back from a tree that this is the trail of."""
        return Origins(self.at.file, dict(_moved(self, Place("", ""))))


@dataclass(frozen=True, slots=True)
class Written:
    """Neither the value nor the trail is ever changed: values of a tree may be shared."""

    tree: Tree
    trail: Trail

    def member(self, key: str) -> Written:
        assert isinstance(self.tree, Mapping)
        return Written(self.tree[key], self.trail.step(key))

    def items(self) -> list[Written]:
        assert isinstance(self.tree, list)
        return [Written(item, self.trail.step(i)) for i, item in enumerate(self.tree)]

    def with_members(self, members: Mapping[str, Written | None]) -> Written:
        """Return the object with some members set; None removes one."""
        assert isinstance(self.tree, Mapping)
        tree, below = dict(self.tree), dict(self.trail.below)
        for key, member in members.items():
            if member is None:
                del tree[key]
                below.pop(key, None)
            else:
                tree[key], below[key] = member.tree, member.trail
        return Written(tree, replace(self.trail, below=below))

    def with_items(self, items: list[Written]) -> Written:
        """Return the list with other items."""
        below = {str(i): item.trail for i, item in enumerate(items)}
        return Written([item.tree for item in items], replace(self.trail, below=below))


def _put(trail: Trail, tokens: tuple[str, ...], at: Place) -> Trail:
    if not tokens:
        return replace(trail, at=at)
    head, *rest = tokens
    return replace(trail, below={**trail.below, head: _put(trail.step(head), tuple(rest), at)})


def _moved(trail: Trail, here: Place) -> Iterator[tuple[str, Place]]:
    for token, part in trail.below.items():
        place = here.step(token)
        if part.at != trail.at.step(token):
            yield place.pointer, part.at
        yield from _moved(part, place)
