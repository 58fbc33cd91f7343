"""The values of a declared tag: what a `discriminator` says of each variant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from specloom.pointers import escaped, unescaped
from specloom.unions.library import Library, at, pointer_of
from specloom.unions.union import Declared
from specloom.values import Json, Text, Tree

_COMPONENTS = "/components/schemas/"
_MOST_SCHEMAS = 1_000
"""How many schemas within one variant may be what a tag is mapped to."""


def declared_by(library: Library, discriminator: Tree, variants: Sequence[Tree]) -> Declared | None:
    """Return what a discriminator says of variants, or None where there is none.

    OpenAPI 3.1.1, 4.8.25: a value of the tag is a key of `mapping`, or the name of a schema.
    """
    if not isinstance(discriminator, Mapping):
        return None
    name, mapping = discriminator.get("propertyName"), discriminator.get("mapping")
    if not isinstance(name, str):
        return None
    tags: dict[str, list[Json]] = {}
    for tag, target in mapping.items() if isinstance(mapping, Mapping) else ():
        if isinstance(target, str):
            tags.setdefault(_address(library, target), []).append(Json.of(tag))
    return Declared(Text(name), tuple(tuple(_tags(library, tags, each)) for each in variants))


def _tags(library: Library, tags: Mapping[str, Sequence[Json]], variant: Tree) -> Sequence[Json]:
    """Return the tags of a variant: its own, else those of the variants within, else its name."""
    within = list(_mentioned(library, variant))
    own = [tag for address in within[:1] for tag in tags.get(address, ())]
    if not own:
        own = [tag for address in within[1:] for tag in tags.get(address, ())]
    if own or not within:
        return tuple(dict.fromkeys(own))
    before, name = within[0][: len(_COMPONENTS)], within[0][len(_COMPONENTS) :]
    is_component = before == _COMPONENTS and "/" not in name
    return [Json.of(unescaped(name))] if is_component else ()


def _mentioned(library: Library, variant: Tree) -> Iterator[str]:
    """Return the addresses of schemas that a variant is, or has for a variant of its own."""
    pending = [variant]
    seen: set[str] = set()
    while pending and len(seen) < _MOST_SCHEMAS:
        schema = pending.pop(0)
        if not isinstance(schema, Mapping):
            continue
        reference = schema.get("$ref")
        if isinstance(reference, str):
            address = _address(library, reference)
            if address not in seen:
                seen.add(address)
                yield address
                pending.append(at(library.tree, address) if address.startswith("/") else None)
        for keyword in ("oneOf", "anyOf"):
            listed = schema.get(keyword)
            if isinstance(listed, Sequence) and not isinstance(listed, str):
                pending.extend(listed)


def _address(library: Library, target: str) -> str:
    """Return the pointer that a reference is, or a mere name means; else the target as it is."""
    token = escaped(target)
    if "#" not in target and at(library.tree, _COMPONENTS + token) is not None:
        return _COMPONENTS + token
    pointer = pointer_of(target)
    return target if pointer is None else pointer
