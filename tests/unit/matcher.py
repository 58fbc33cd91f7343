"""A backtracking matcher, as `re` is one, that counts what it tries."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.patterns.ranges import contains
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
from specloom.patterns.widths import width

_NODES = 20
"""Nodes of a tree that are passed for a character that is looked at."""


class TooMuch(Exception):
    """More was tried than was allowed."""


class Matcher:
    """Tries the ways to read a text in the order of `re`. It goes back to no group."""

    def __init__(self, text: str, most: int) -> None:
        self._text = text
        self._left = _NODES * most
        self.tried = 0
        """How often a character was looked at."""
        self.tried_last = 0
        """How often the end of the text was, instead."""

    def searches(self, tree: Node) -> bool:
        return any(self.matches(tree, at) for at in range(len(self._text) + 1))

    def matches(self, tree: Node, at: int) -> bool:
        return next(self.ends(tree, at), None) is not None

    def ends(self, node: Node, at: int) -> Iterator[int]:
        """Yield where each way ends to read a text from a place."""
        self._left -= 1
        if self._left < 0:
            raise TooMuch
        match node:
            case One():
                self.tried += 1
                self.tried_last += at == len(self._text)
                if at < len(self._text) and contains(node.points, ord(self._text[at])):
                    yield at + 1
            case Start():
                yield from [at] if at == 0 else []
            case End():
                yield from [at] if at == len(self._text) else []
            case Boundary(negated):
                yield from [at] if (self._is_word(at - 1) is self._is_word(at)) is negated else []
            case Group(of):
                yield from self.ends(of, at)
            case Look(of, ahead, negated):
                found = self.matches(of, at) if ahead else self._behind(of, at)
                yield from [at] if found is not negated else []
            case Either(of):
                for part in of:
                    yield from self.ends(part, at)
            case Sequence(of):
                yield from self._sequence(of, at)
            case Repeat(of):
                yield from self._repeated(node, at, 0)
            case Back() | Property():
                raise AssertionError("not for this matcher")

    def _sequence(self, parts: tuple[Node, ...], at: int) -> Iterator[int]:
        if not parts:
            yield at
            return
        for end in self.ends(parts[0], at):
            yield from self._sequence(parts[1:], end)

    def _repeated(self, node: Repeat, at: int, done: int) -> Iterator[int]:
        if node.lazy and done >= node.least:
            yield at
        if node.most is None or done < node.most:
            for end in self.ends(node.of, at):
                if end > at or done < node.least:
                    yield from self._repeated(node, end, done + 1)
        if not node.lazy and done >= node.least:
            yield at

    def _behind(self, of: Node, at: int) -> bool:
        begin = at - (width(of) or 0)
        return begin >= 0 and self.matches(of, begin)

    def _is_word(self, at: int) -> bool:
        return 0 <= at < len(self._text) and (self._text[at].isalnum() or self._text[at] == "_")
