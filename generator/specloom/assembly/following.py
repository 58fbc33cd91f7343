"""From a reference to what it means, through files and through other references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from specloom.assembly.library import Library
from specloom.assembly.references import Reference, Unfollowed, parsed
from specloom.document.grammar import A
from specloom.limits import raising
from specloom.near import Guesses
from specloom.pointers import pointer_to, tokens_of
from specloom.shown import shown
from specloom.values import Place, Tree

_OF_SCHEMAS: tuple[tuple[str, ...], ...] = (("$defs",), ("definitions",))
"""Where a file that is a schema keeps others."""


class Follower:
    """Follows references of the files of a library, which it opens on the way."""

    def __init__(self, library: Library, sections: Mapping[tuple[str, ...], A], most: int) -> None:
        self._library = library
        self._most = most
        self._units = dict(sections) | {above: A("schema") for above in _OF_SCHEMAS}
        self._guesses = Guesses()

    def followed(self, file: str, words: str) -> Place:
        """Return the place that a reference in a file means in the end.

        References on the way are followed, and so is what is nothing but one: as far as the last
        that leads to another file, for within the document it says something to be a reference.
        Raises Unfollowed.
        """
        at = self._start(file, words)
        seen: dict[Place, None] = {}
        best: Place | None = None
        while True:
            if at in seen:
                message = f"`{shown(words)}` comes back to itself and never to a value"
                raise Unfollowed("broken-reference", message)
            if len(seen) >= self._most:
                raise self._too_far(words)
            seen[at] = None
            value = self.value(at)
            next_words = lone(value)
            if next_words is None:
                return best or at
            is_named = at.file == self._library.main and next_words.startswith("#")
            best = (best or at) if is_named else None
            at = self._start(at.file, next_words)

    def leads_somewhere(self, file: str, words: str) -> bool:
        try:
            self._start(file, words)
        except Unfollowed:
            return False
        return True

    def unit(self, at: Place, holds: A) -> tuple[Place, A, str]:
        """Return the component that a place is in, what that is, and the way from there.

        A place in no component is taken by itself.
        """
        tokens = tokens_of(at.pointer)
        for above, held in self._units.items():
            length = len(above) + 1
            if len(tokens) > length and tokens[: len(above)] == above:
                return (
                    Place(at.file, pointer_to(tokens[:length])),
                    held,
                    pointer_to(tokens[length:]),
                )
        return at, holds, ""

    def value(self, at: Place) -> Tree:
        """Return what is at a place that exists."""
        value = self._library.tree(at.file)
        for token in tokens_of(at.pointer):
            value = _child(value, token)[0]
        return value

    def exists(self, at: Place) -> bool:
        value = self._library.tree(at.file)
        for token in tokens_of(at.pointer):
            found = _child(value, token)
            if not found:
                return False
            value = found[0]
        return True

    def _start(self, file: str, words: str) -> Place:
        """Return the place that a reference means at first; raise Unfollowed."""
        reference = parsed(words)
        file = self._library.named(reference.path, file, words)
        for _ in range(self._most):
            found = self._stepped(file, reference, words)
            if isinstance(found, Place):
                return found
            file, reference = found
        raise self._too_far(words)

    def _too_far(self, words: str) -> Unfollowed:
        message = f"`{shown(words)}` leads through more than {self._most:,} references"
        return Unfollowed("limit", message, raising("references"))

    def _stepped(
        self, file: str, reference: Reference, words: str
    ) -> Place | tuple[str, Reference]:
        """Return a place, or where to go on if a reference is in the way."""
        value = self._library.tree(file)
        for depth, token in enumerate(reference.tokens):
            found = _child(value, token)
            if found:
                value = found[0]
            elif (next_words := lone(value)) is not None:
                onward = parsed(next_words)
                file = self._library.named(onward.path, file, next_words)
                return file, Reference("", onward.tokens + reference.tokens[depth:])
            else:
                raise self._broken(file, value, reference, depth, words)
        return Place(file, pointer_to(reference.tokens))

    def _broken(
        self, file: str, value: Tree, reference: Reference, depth: int, words: str
    ) -> Unfollowed:
        token, above = reference.tokens[depth], pointer_to(reference.tokens[:depth])
        where = f"`{shown(file)}`" + (
            f" has no `{shown(token)}` at `{shown(above)}`"
            if above
            else f" has no `{shown(token)}`"
        )
        keys = value.keys() if isinstance(value, Mapping) else ()
        near = self._guesses.nearest(token, keys)
        hint = f"did you mean `{shown(near)}`?" if near else ""
        if reference.tokens == ("",):
            hint = "a reference to a whole file has no `#`, or nothing behind it"
        return Unfollowed("broken-reference", f"`{shown(words)}` leads nowhere: {where}", hint)


def lone(value: Tree) -> str | None:
    """Return what a reference says that has nothing beside it; None for any other value."""
    if (
        isinstance(value, Mapping)
        and len(value) == 1
        and isinstance(words := value.get("$ref"), str)
    ):
        return words
    return None


def _child(value: Tree, token: str) -> tuple[Tree, ...]:
    """Return what is below a value, if there is such a thing."""
    if isinstance(value, Mapping):
        return (value[token],) if token in value else ()
    if isinstance(value, Sequence) and not isinstance(value, str):
        is_index = token.isascii() and token.isdigit() and len(token) < 10
        if is_index and str(int(token)) == token and int(token) < len(value):
            return (value[int(token)],)
    return ()
