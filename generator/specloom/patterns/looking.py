"""Whether an expression finds something in a text, look-arounds and boundaries included.

Each node of the tree leads from a place in the text to the places where its match may end. What
leads where does not depend on how a place was come by, as long as nothing goes back to a group: so
each is asked once, and a text takes no more steps than it has places, times those of the pattern.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from specloom.patterns.ranges import Ranges, contains
from specloom.patterns.syntax import (
    Back,
    Boundary,
    Either,
    End,
    Group,
    Look,
    Node,
    One,
    Property,
    Repeat,
    Sequence,
    Start,
)

STEPS = 200_000
"""Places that are looked at for one text: some tenths of a second."""
_WORD = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
Places = frozenset[int]
_NOWHERE: Places = frozenset()


class _Unknown(Exception):
    """It goes back to a group, or asks for a property of Unicode, or would take too long."""


def finds(tree: Node, text: str) -> bool | None:
    """Return whether an expression finds something in a text; None where that is not known."""
    search = _Search(text)
    try:
        return any(search.ends(tree, at, 1) for at in range(len(text) + 1))
    except _Unknown:
        return None


class _Search:
    """Remembers what leads where in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[int, int, int], Places] = {}
        self._points: dict[int, Ranges] = {}
        self._left = STEPS

    def ends(self, node: Node, at: int, way: int) -> Places:
        """Return where a match may end that begins at a place, read forwards (1) or backwards (-1)."""
        key = id(node), at, way
        if key not in self._known:
            self._known[key] = self._ends(node, at, way)
        found = self._known[key]
        self._left -= 1 + len(found)
        if self._left < 0:
            raise _Unknown
        return found

    def _ends(self, node: Node, at: int, way: int) -> Places:
        match node:
            case One():
                return self._one(node, at, way)
            case Start() | End() | Boundary() | Look():
                return frozenset({at}) if self._holds(node, at) else _NOWHERE
            case Group(of):
                return self.ends(of, at, way)
            case Sequence(of):
                parts: Iterable[Node] = of if way > 0 else reversed(of)
                here = frozenset({at})
                return reduce(lambda places, part: self._all(part, places, way), parts, here)
            case Either(of):
                return _NOWHERE.union(*(self.ends(each, at, way) for each in of))
            case Repeat():
                return self._repeated(node, at, way)
            case Back() | Property():
                raise _Unknown

    def _all(self, node: Node, places: Iterable[int], way: int) -> Places:
        return _NOWHERE.union(*(self.ends(node, place, way) for place in places))

    def _one(self, node: One, at: int, way: int) -> Places:
        read = at if way > 0 else at - 1
        if not 0 <= read < len(self._text):
            return _NOWHERE
        points = self._points.setdefault(id(node), node.points)
        return frozenset({at + way}) if contains(points, ord(self._text[read])) else _NOWHERE

    def _holds(self, node: Start | End | Boundary | Look, at: int) -> bool:
        match node:
            case Start():
                return at == 0
            case End():
                return at == len(self._text)
            case Boundary(negated):
                return (self._is_word(at - 1) is self._is_word(at)) is negated
            case Look(of, ahead, negated):
                return bool(self.ends(of, at, 1 if ahead else -1)) is not negated

    def _is_word(self, at: int) -> bool:
        return 0 <= at < len(self._text) and contains(_WORD, ord(self._text[at]))

    def _repeated(self, node: Repeat, at: int, way: int) -> Places:
        enough = len(self._text) + 1  # rounds: in a further one, nothing would be taken
        places: Places = frozenset({at})
        for _ in range(min(node.least, enough)):
            places = self._all(node.of, places, way)
        found = set(places)
        most = enough if node.most is None else min(node.most - node.least, enough)
        for _ in range(most):
            places = self._all(node.of, places, way) - found
            if not places:
                break
            found |= places
        return frozenset(found)
