"""The whole document: OpenAPI 3.0, 3.1 or 3.2."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from specloom.document.incoming import Incoming, read_incoming
from specloom.document.node import Node, at_pointer, pointer_of, resolve
from specloom.document.operation import Operation, read_operations
from specloom.document.schema import Schema, read_schema
from specloom.document.security import (
    SecurityRequirement,
    SecurityScheme,
    read_requirements,
    read_schemes,
)
from specloom.document.server import Server, read_servers
from specloom.document.tag import Tag, read_tags
from specloom.values import EMPTY, Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    at: Place
    legacy: bool
    """OpenAPI 3.0, whose schemas are not quite those of JSON Schema."""
    title: Text
    version: Text
    tags: tuple[Tag, ...]
    servers: tuple[Server, ...]
    security: tuple[SecurityRequirement, ...]
    security_schemes: tuple[SecurityScheme, ...]
    schemas: tuple[tuple[Text, Schema], ...]
    operations: tuple[Operation, ...]
    incoming: tuple[Incoming, ...]
    heirs: Mapping[str, tuple[str, ...]]
    """By the pointer of a schema: the components whose `allOf` or `$ref` is of it, by pointer."""
    components: Mapping[str, Schema]
    """The schemas of the components, by pointer."""
    ends: Mapping[str, Schema]
    """By the pointer of a component that is nothing but a reference: where a chain of these ends."""
    root: Node
    homes: Mapping[str, str]
    """By pointer: the address of what was written in another file."""

    def schema(self, origin: Schema) -> Schema | None:
        """Return the schema that the reference of `origin` means; None where it leads nowhere."""
        if origin.reference is None:
            return None
        known = self.components.get(pointer_of(origin.reference))
        if known is not None:
            return known
        node = resolve(origin.node, origin.reference)
        return None if node is None else read_schema(node)

    def end(self, origin: Schema) -> Schema | None:
        """Return what `schema` does, behind components that are nothing but references."""
        found = self.schema(origin)
        return None if found is None else self.ends.get(found.at.pointer, found)


def read_document(root: Node, homes: Mapping[str, str] = MappingProxyType({})) -> Document:
    """Read a document in which the rules have found no error."""
    info = root.get("info")
    components = root.get("components")
    security = root.get("security")
    schemas = tuple(
        (Text(key), read_schema(node))
        for key, node in (components.children("schemas") if components else ())
    )
    named = {schema.at.pointer: schema for _, schema in schemas}
    return Document(
        at=root.at,
        legacy=(root.word("openapi") or "").startswith("3.0"),
        title=EMPTY if info is None else info.prose("title"),
        version=EMPTY if info is None else info.prose("version"),
        tags=read_tags(root),
        servers=read_servers(root),
        security=() if security is None else read_requirements(security),
        security_schemes=read_schemes(components),
        schemas=schemas,
        operations=tuple(read_operations(root)),
        incoming=tuple(read_incoming(root)),
        heirs=_heirs(schemas),
        components=named,
        ends=_ends(named),
        root=root,
        homes=homes,
    )


def reread(document: Document, root: Node, changed: Callable[[str], bool]) -> Document:
    """Return a document that says something else at some places.

    `changed` says of a pointer whether it leads into what is said otherwise, or reaches that. The
    rest stays as it was read: a large document takes seconds.
    """
    own = {o.address: o for o in read_operations(root, changed)}
    schemas = tuple(
        (key, read_schema(_at(root, schema)) if changed(schema.at.pointer) else schema)
        for key, schema in document.schemas
    )
    named = {schema.at.pointer: schema for _, schema in schemas}
    is_asked = any(changed(request.operation.at.pointer) for request in document.incoming)
    return replace(
        document,
        root=root,
        schemas=schemas,
        components=named,
        ends=_ends(named),
        operations=tuple(own.get(o.address, o) for o in document.operations),
        incoming=tuple(read_incoming(root)) if is_asked else document.incoming,
    )


def _at(root: Node, schema: Schema) -> Node:
    found = at_pointer(root, schema.at.pointer)
    assert found is not None, "a schema stays where it was"
    return found


def _ends(components: Mapping[str, Schema]) -> Mapping[str, Schema]:
    """Return where chains of references end; each link is looked at once. Circles have no end."""
    found: dict[str, Schema | None] = {}
    for start in components:
        pointer, way = start, dict[str, None]()
        while pointer not in found and pointer not in way:
            component = components.get(pointer)
            reference = (
                None if component is None or len(component.node.keys) > 1 else component.reference
            )
            if reference is None:
                break
            way[pointer] = None
            pointer = pointer_of(reference)
        if pointer in found:
            end = found[pointer]
        elif pointer in way:
            end = None
        else:  # what is no component is looked up from the last link
            end = components.get(pointer) or components.get(next(reversed(way), ""))
        found |= dict.fromkeys(way, end)
    return {pointer: end for pointer, end in found.items() if end is not None}


def _heirs(schemas: Iterable[tuple[Text, Schema]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for _, component in schemas:
        for reference in _bases(component):
            found.setdefault(pointer_of(reference), {})[component.at.pointer] = None
    return {base: tuple(heirs) for base, heirs in found.items()}


def _bases(schema: Schema) -> Iterator[str]:
    if schema.reference is not None:
        yield schema.reference
    for part in schema.all_of:
        yield from _bases(part)
