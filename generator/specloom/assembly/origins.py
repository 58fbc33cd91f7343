"""Where the parts of an assembled document were written."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from specloom.values import Place


@dataclass(frozen=True, slots=True)
class Origins:
    """The way back from a place of an assembled tree to the file that it was read from.

    A place below one that was moved has moved with it; what nobody moved stands where it stood.
    """

    file: str
    """The file that the user named."""
    moved: Mapping[str, Place]
    """By pointer of the assembled tree: where that node was written."""

    def of(self, place: Place) -> Place:
        """Return where a place of the assembled tree was written."""
        head = _around(place.pointer, self.moved)
        tail = place.pointer[len(head) :]
        base = self.moved.get(head, Place(self.file, head))
        # the key of a node that was moved is the key that it had
        return Place(base.file, base.pointer + tail, key=place.key or (not tail and base.key))

    def then(self, moved: Mapping[str, Place]) -> Origins:
        """Return the way back from a tree that was made of this one.

        `moved` says, by pointer of the new tree, which place of this tree a node was made from, or
        which place of another file. What it does not name must stand where it stood.
        """
        back = {
            pointer: self.of(place) if place.file == self.file else place
            for pointer, place in moved.items()
        }
        return Origins(self.file, {**self.moved, **self._carried(moved), **back})

    def _carried(self, moved: Mapping[str, Place]) -> Mapping[str, Place]:
        """Return what was moved before into the parts that are moved now: it goes with them."""
        inner = sorted(self.moved)
        found: dict[str, Place] = {}
        for pointer, place in moved.items() if inner else ():
            if place.file != self.file:
                continue
            first = bisect_left(inner, f"{place.pointer}/")
            last = bisect_left(inner, f"{place.pointer}0")  # the character after the slash
            for old in inner[first:last]:
                key = pointer + old.removeprefix(place.pointer)
                if _around(key, moved) == pointer:
                    found[key] = self.moved[old]
        return found


def _around(pointer: str, moved: Mapping[str, Place]) -> str:
    """Return the innermost part around a place that is moved."""
    while pointer and pointer not in moved:
        pointer = pointer.rpartition("/")[0]
    return pointer
