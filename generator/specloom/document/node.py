"""A node of a document: a value, and where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import unquote

from specloom.pointers import pointer_to, tokens_of
from specloom.values import EMPTY, Json, Place, Text, Tree


class _Absent(Enum):
    """No member: null is one."""

    ABSENT = "absent"


_ABSENT = _Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Node:
    """Reads what the structural rules have already found to be of the right kind.

    Words of the document leave it as `Text` or `Json` only; `word` is for the vocabulary of
    OpenAPI itself, which is compared and never emitted.
    """

    value: Tree = field(repr=False)
    at: Place
    root: Tree = field(repr=False)

    def child(self, token: str | int, value: Tree) -> Node:
        """Return the node of a member or an item whose value is known."""
        return Node(value, self.at.step(token), self.root)

    def get(self, key: str) -> Node | None:
        value = self.value
        # a dict is known to be a mapping faster than an abstract class finds out
        if not isinstance(value, (dict, Mapping)) or key not in value:
            return None
        return Node(value[key], self.at.step(key), self.root)

    def _member(self, key: str) -> Tree | _Absent:
        """Return a value without its place: most are asked for a word, and have none."""
        value = self.value
        return value.get(key, _ABSENT) if isinstance(value, (dict, Mapping)) else _ABSENT

    @property
    def keys(self) -> Collection[str]:
        return self.value.keys() if isinstance(self.value, (dict, Mapping)) else ()

    def members(self) -> Iterator[tuple[str, Node]]:
        if isinstance(self.value, (dict, Mapping)):
            for key, value in self.value.items():
                yield key, self.child(key, value)

    def items(self) -> Iterator[Node]:
        if isinstance(self.value, Sequence) and not isinstance(self.value, str):
            for index, value in enumerate(self.value):
                yield self.child(index, value)

    def children(self, key: str) -> Iterator[tuple[str, Node]]:
        """Return the members of the mapping under `key`; none where there is no such key."""
        node = self.get(key)
        return iter(()) if node is None else node.members()

    def elements(self, key: str) -> Iterator[Node]:
        """Return the items of the array under `key`; none where there is no such key."""
        node = self.get(key)
        return iter(()) if node is None else node.items()

    @property
    def json(self) -> Json:
        return Json.of(self.value)

    def text(self, key: str) -> Text | None:
        value = self._member(key)
        return Text(value) if isinstance(value, str) else None

    def prose(self, key: str) -> Text:
        return self.text(key) or EMPTY

    def texts(self, key: str) -> tuple[Text, ...]:
        return tuple(Text(n.value) for n in self.elements(key) if isinstance(n.value, str))

    def word(self, key: str) -> str | None:
        value = self._member(key)
        return value if isinstance(value, str) else None

    def flag(self, key: str, *, absent: bool = False) -> bool:
        value = self._member(key)
        return absent if value is _ABSENT else value is True

    @property
    def reference(self) -> str | None:
        return self.word("$ref")

    def followed(self) -> Node:
        """Return what a Reference Object refers to, through any number of them.

        That is the last of them where it leads nowhere, or back.
        """
        node = self
        seen: set[Place] = set()
        while (target := node.reference) is not None:
            seen.add(node.at)
            found = resolve(node, target)
            if found is None or found.at in seen:
                return node
            node = found
        return node


def resolve(node: Node, reference: str) -> Node | None:
    """Return the node that a local reference (`#` and a JSON pointer, RFC 6901) means, if any."""
    tokens = pointer_tokens(reference)
    return None if tokens is None else _reached(node, tokens)


def at_pointer(node: Node, pointer: str) -> Node | None:
    """Return the node at a JSON pointer of the same document, if there is one."""
    is_one = not pointer or pointer.startswith("/")
    return _reached(node, tokens_of(pointer)) if is_one else None


def _reached(node: Node, tokens: Iterable[str]) -> Node | None:
    found: Node | None = Node(node.root, Place(node.at.file, ""), node.root)
    for token in tokens:
        if found is None:
            return None
        found = found.get(token) or _item(found, token)
    return found


def pointer_tokens(reference: str) -> tuple[str, ...] | None:
    """Return the tokens of a local reference; None where it is none."""
    head, mark, fragment = reference.partition("#")
    pointer = unquote(fragment)
    if head or not mark or (pointer and not pointer.startswith("/")):
        return None
    return tokens_of(pointer)


def pointer_of(reference: str) -> str:
    """Return the JSON pointer that a local reference means, in its one normal spelling."""
    if reference.startswith("#/") and "%" not in reference and "~" not in reference:
        return reference[1:]  # as most are
    return pointer_to(pointer_tokens(reference) or ())


def _item(node: Node, token: str) -> Node | None:
    items = node.value
    if isinstance(items, str) or not isinstance(items, Sequence):
        return None
    if not (token.isascii() and token.isdigit() and len(token) < 10):
        return None
    index = int(token)
    return node.child(index, items[index]) if index < len(items) else None
