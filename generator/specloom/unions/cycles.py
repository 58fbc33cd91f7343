"""Schemas that come back to themselves without a step into the value, and where that is cut.

Through `$ref`, `allOf`, unions and conditions a schema can speak of its own value again. To the
letter such a schema means nothing, and validators overflow. Within a cycle a union or a condition
is taken away, which is what is meant: a base with `oneOf` of its children, each `allOf` that base,
counts without its `oneOf` inside them. If a cycle is left, its mentions are taken away as well.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from specloom.components import components
from specloom.unions.library import Library, Schema

_PLAIN = ("allOf",)
_CHOSEN = ("anyOf", "oneOf")
_ASKED = ("not", "if", "then", "else")
_REFERENCE = "$ref"


@dataclass(frozen=True, slots=True)
class Uncut:
    """What is left of a schema's keywords that speak of the same value."""

    target: Schema | None
    """Of `$ref`. None: there is none, it leads nowhere, or it was cut."""
    gone: frozenset[str]
    """Keywords that were cut."""


class Cycles:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._uncut: dict[Schema, Uncut] = {}

    def uncut(self, schema: Schema) -> Uncut:
        """Return what is left of a schema; the same whatever was asked before."""
        if schema not in self._uncut:
            self._cut(schema)
        return self._uncut[schema]

    def inner(self, schema: Schema) -> Iterator[Schema]:
        """Return the schemas of the same value that a schema holds, or mentions: no cycle left."""
        uncut = self.uncut(schema)
        for keyword, part in self._edges(schema):
            if keyword not in uncut.gone:
                yield part

    def postorder(self, root: Schema, done: Container[Schema]) -> Iterator[Schema]:
        """Return `root` and what it holds of the same value: what is held before its holder.

        What is in `done`, and is held by what is in it, is left out.
        """
        seen = {root}
        stack = [(root, self.inner(root))]
        while stack:
            schema, rest = stack[-1]
            part = next((p for p in rest if p not in seen and p not in done), None)
            if part is None:
                stack.pop()
                yield schema
            else:
                seen.add(part)
                stack.append((part, self.inner(part)))

    def _edges(self, schema: Schema) -> Iterator[tuple[str, Schema]]:
        if schema.reference is not None:
            target = self._library.target(schema.reference)
            if target is not None:
                yield _REFERENCE, target
        for keyword in (*_PLAIN, *_CHOSEN):
            for part in schema.lists.get(keyword, ()):
                yield keyword, part
        for keyword in _ASKED:
            if keyword in schema.single:
                yield keyword, schema.single[keyword]
        for part in schema.maps.get("dependentSchemas", {}).values():
            yield "dependentSchemas", part

    def _cut(self, root: Schema) -> None:
        """Cut the cycles that `root` reaches: first at unions and conditions, then at the rest."""
        plain = (_REFERENCE, *_PLAIN)
        edges = self._graph(root)
        gone = _within(edges, lambda keyword: keyword not in plain)
        left = {
            schema: [(k, part) for k, part in out if (schema, k) not in gone]
            for schema, out in edges.items()
        }
        gone |= _within(left, lambda _: True)
        for schema, out in edges.items():
            lost = frozenset(keyword for keyword, _ in out if (schema, keyword) in gone)
            target = next((part for k, part in out if k == _REFERENCE and k not in lost), None)
            self._uncut[schema] = Uncut(target, lost)

    def _graph(self, root: Schema) -> dict[Schema, list[tuple[str, Schema]]]:
        found: dict[Schema, list[tuple[str, Schema]]] = {}
        pending = [root]
        while pending:
            schema = pending.pop()
            # What was cut before reaches no further cycle
            if schema not in found and schema not in self._uncut:
                found[schema] = list(self._edges(schema))
                pending.extend(part for _, part in found[schema])
        return found


_Edges = Mapping[Schema, Sequence[tuple[str, Schema]]]


def _within(edges: _Edges, counts: Callable[[str], bool]) -> set[tuple[Schema, str]]:
    """Return the keywords that lead from a schema into its own strongly connected component."""
    parts = {schema: [part for _, part in out if part in edges] for schema, out in edges.items()}
    component = {schema: number for number, own in enumerate(components(parts)) for schema in own}
    return {
        (schema, keyword)
        for schema, out in edges.items()
        for keyword, part in out
        if counts(keyword) and component.get(part) == component[schema]
    }
