"""The schemas of a document, each read once: equal ones are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import unquote

from specloom.pointers import tokens_of
from specloom.unions.dialect import LISTS, MAPS, SINGLE, translated
from specloom.values import Kind, Tree, in_order

_LONGEST_CHAIN = 100
"""Of references that lead to nothing but references."""


@dataclass(frozen=True, slots=True)
class Part:
    """A schema of the document, by its JSON pointer (RFC 6901), perhaps without some of its
    keywords."""

    pointer: str
    without: frozenset[str] = frozenset()
    kind: Kind | None = None
    """Of a schema that stands nowhere: all that it says is of what kind a value is."""


@dataclass(frozen=True, slots=True)
class Schema:
    """What a schema asserts, in the words of JSON Schema 2020-12."""

    name: str
    """Of its content, and of nothing else: neither of its place nor of when it was read."""
    always: bool | None = field(compare=False)
    """The schemas `true`, also spelled `{}`, and `false`."""
    values: Mapping[str, Tree] = field(compare=False)
    single: Mapping[str, Schema] = field(compare=False)
    lists: Mapping[str, tuple[Schema, ...]] = field(compare=False)
    maps: Mapping[str, Mapping[str, Schema]] = field(compare=False)
    reference: str | None = field(compare=False)
    """As written."""

    def __contains__(self, keyword: str) -> bool:
        return any(keyword in part for part in (self.values, self.single, self.lists, self.maps))

    def parts(self) -> Iterator[Schema]:
        yield from self.single.values()
        for listed in self.lists.values():
            yield from listed
        for named in self.maps.values():
            yield from named.values()


TRUE = Schema("true", True, {}, {}, {}, {}, None)
FALSE = Schema("false", False, {}, {}, {}, {}, None)


class Library:
    """The schemas of one document, translated when they are asked for."""

    def __init__(self, tree: Tree, version: str) -> None:
        self.tree = tree
        self._version = version
        self._schemas: dict[str, Schema] = {}
        self._parts: dict[Part, Schema] = {}
        self._targets: dict[str, Schema | None] = {}

    def part(self, part: Part) -> Schema:
        """Return a schema that stands in the document; where none does, one that asserts nothing."""
        if part not in self._parts:
            written = at(self.tree, part.pointer) if part.kind is None else _of_kind(part.kind)
            if part.without and isinstance(written, Mapping):
                # Null goes with the union: without it, `nullable` alone would mean null only.
                gone = part.without | {"nullable"}
                written = {k: value for k, value in written.items() if k not in gone}
            self._parts[part] = self.made(translated(written, self._version))
        return self._parts[part]

    def reads(self, schema: Mapping[str, Tree]) -> bool:
        """Return whether anything counts beside `$ref`: in 3.0 nothing does."""
        return self._version != "3.0" or not isinstance(schema.get("$ref"), str)

    def target(self, reference: str) -> Schema | None:
        """Return what a reference leads to, or None where that is nothing within the document."""
        if reference not in self._targets:
            pointer = pointer_of(reference)
            written = None if pointer is None else at(self.tree, pointer)
            is_schema = pointer is not None and isinstance(written, bool | Mapping)
            self._targets[reference] = self.part(Part(pointer or "")) if is_schema else None
        return self._targets[reference]

    def resolved(self, schema: Schema) -> Schema:
        """Return the schema that a mere reference means, in the end."""
        for _ in range(_LONGEST_CHAIN):
            reference = schema.reference
            if reference is None or schema.values or any(schema.parts()):
                break
            target = self.target(reference)
            if target is None:
                break
            schema = target
        return schema

    def made(self, written: Tree) -> Schema:
        """Return the schema for a translated one."""
        if not isinstance(written, Mapping) or not written:
            return FALSE if written is False else TRUE
        if (alone := _alone(written)) is not None:
            return self.made(alone)
        single = {k: self.made(written[k]) for k in SINGLE if k in written}
        lists = {k: tuple(map(self.made, _list(written[k]))) for k in LISTS if k in written}
        maps = {
            k: {name: self.made(inner) for name, inner in _map(written[k]).items()}
            for k in MAPS
            if k in written
        }
        reference = written.get("$ref")
        known = {*SINGLE, *LISTS, *MAPS, "$ref"}
        values = {keyword: value for keyword, value in written.items() if keyword not in known}
        reference = reference if isinstance(reference, str) else None
        content = [
            values,
            reference,
            {k: inner.name for k, inner in single.items()},
            {k: [inner.name for inner in listed] for k, listed in lists.items()},
            {k: {n: inner.name for n, inner in named.items()} for k, named in maps.items()},
        ]
        schema = Schema(_digest(content), None, values, single, lists, maps, reference)
        return self._schemas.setdefault(schema.name, schema)


def pointer_of(reference: str) -> str | None:
    """Return the pointer that a reference into its own document is, as RFC 6901 writes it."""
    file, mark, fragment = reference.partition("#")
    pointer = unquote(fragment)
    return pointer if mark and not file and (not pointer or pointer.startswith("/")) else None


def at(tree: Tree, pointer: str) -> Tree:
    """Return what stands at a pointer, or None."""
    for token in tokens_of(pointer):
        if isinstance(tree, Mapping):
            tree = tree.get(token)
        elif isinstance(tree, Sequence) and not isinstance(tree, str) and _is_index(token):
            tree = tree[int(token)] if int(token) < len(tree) else None
        else:
            return None
    return tree


def _of_kind(kind: Kind) -> Tree:
    return {"type": kind.value}


def _is_index(token: str) -> bool:
    return token.isascii() and token.isdecimal() and len(token) < 10


def _alone(written: Mapping[str, Tree]) -> Tree:
    """Return the only schema of a list that is all there is, which says what the list says."""
    for keyword in ("allOf", "anyOf", "oneOf"):
        listed = _list(written.get(keyword, ()))
        if len(written) == len(listed) == 1:
            return listed[0]
    return None


def _digest(content: Tree) -> str:
    return blake2b(in_order(content).encode(), digest_size=12).hexdigest()


def _list(value: Tree) -> Sequence[Tree]:
    return value if isinstance(value, Sequence) else ()


def _map(value: Tree) -> Mapping[str, Tree]:
    return value if isinstance(value, Mapping) else {}
