"""Every union of a document, where it stands and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeGuard

from specloom.pointers import escaped
from specloom.unions.dialect import MAPS, SINGLE
from specloom.unions.library import TRUE, Library, Part
from specloom.unions.mapping import declared_by
from specloom.unions.schemas import Schemas
from specloom.unions.union import Declared
from specloom.unions.validation import Candidate
from specloom.values import Kind, Tree

UNIONS = ("oneOf", "anyOf")


@dataclass(frozen=True, slots=True)
class Site:
    pointer: str
    """Of the schema that holds the union."""
    keyword: str
    """`oneOf` or `anyOf`."""
    candidates: tuple[Candidate, ...]
    """As written, without those that are null alone. The schema's other keywords, and those of an
    `allOf` or a union around it, count in each."""
    declared: Declared | None


class _Holds(Enum):
    """What stands at a place."""

    OBJECT = "an object of OpenAPI"
    MAP = "objects of OpenAPI by free names"
    MAPS = "such maps by free names"
    SCHEMA = "a schema"
    SCHEMAS = "schemas by free names"


_FIELDS: Mapping[str, _Holds] = {
    "schema": _Holds.SCHEMA,
    "itemSchema": _Holds.SCHEMA,
    "schemas": _Holds.SCHEMAS,
    "callbacks": _Holds.MAPS,
    **dict.fromkeys(
        (
            "paths",
            "pathItems",
            "webhooks",
            "x-webhooks",
            "responses",
            "requestBodies",
            "parameters",
            "headers",
            "content",
            "mediaTypes",
            "encoding",
            "additionalOperations",
        ),
        _Holds.MAP,
    ),
}
"""The fields that hold anything but one object of OpenAPI, or a list of them."""
_IGNORED = ("example", "examples", "links", "securitySchemes", "variables")
"""Fields that hold no schemas, but perhaps what looks like them."""


@dataclass(frozen=True, slots=True)
class _Place:
    pointer: str
    value: Tree
    holds: _Holds
    base: tuple[Part, ...] = ()
    """Of a schema: what else holds for the same value."""

    def at(self, *steps: str | int) -> str:
        tokens = (escaped(str(step)) for step in steps)
        return "/".join((self.pointer, *tokens))


def unions(schemas: Schemas) -> Iterator[Site]:
    """Return the unions of a document, in the order of the document."""
    pending = [_Place("", schemas.library.tree, _Holds.OBJECT)]
    while pending:
        place = pending.pop()
        if place.holds is _Holds.SCHEMA:
            yield from _sites(schemas, place)
            inner = _schemas(schemas.library, place)
        else:
            inner = _objects(place)
        pending.extend(reversed(tuple(inner)))


def _objects(place: _Place) -> Iterator[_Place]:
    match place.value, place.holds:
        case Mapping() as value, _Holds.OBJECT:
            for key, inner in value.items():
                if key in _FIELDS or not (key in _IGNORED or key.startswith("x-")):
                    yield _Place(place.at(key), inner, _FIELDS.get(key, _Holds.OBJECT))
        case Mapping() as value, holds:
            within = {_Holds.MAPS: _Holds.MAP, _Holds.SCHEMAS: _Holds.SCHEMA}
            for key, inner in value.items():
                yield _Place(place.at(key), inner, within.get(holds, _Holds.OBJECT))
        case (str(), _):
            return
        case Sequence() as value, _:  # parameters of an operation are a list, elsewhere a map
            for index, inner in enumerate(value):
                yield _Place(place.at(index), inner, _Holds.OBJECT)
        case _:
            return


def _schemas(library: Library, place: _Place) -> Iterator[_Place]:
    """Return the schemas within a schema."""
    schema = place.value
    if not isinstance(schema, Mapping) or not library.reads(schema):
        return
    for key, inner in schema.items():
        if key in SINGLE:
            yield _Place(place.at(key), inner, _Holds.SCHEMA)
        elif key in MAPS or key == "$defs":
            yield _Place(place.at(key), inner, _Holds.SCHEMAS)
        elif key in ("allOf", *UNIONS, "prefixItems") and _is_list(inner):
            for index, each in enumerate(inner):
                base = _around(library, place, key, index) if key != "prefixItems" else ()
                yield _Place(place.at(key, index), each, _Holds.SCHEMA, base)


def _around(library: Library, place: _Place, keyword: str, index: int) -> tuple[Part, ...]:
    """Return what holds beside one schema of a list."""
    rest = Part(place.pointer, frozenset({keyword, "discriminator"}))
    found = (*place.base, *([] if library.part(rest) == TRUE else [rest]))
    listed = place.value.get(keyword) if isinstance(place.value, Mapping) else None
    if keyword != "allOf" or not _is_list(listed):
        return found
    others = (i for i in range(len(listed)) if i != index)
    return (*found, *(Part(place.at(keyword, other)) for other in others))


def _sites(schemas: Schemas, place: _Place) -> Iterator[Site]:
    schema = place.value
    if not isinstance(schema, Mapping) or not schemas.library.reads(schema):
        return
    for keyword in UNIONS:
        listed = schema.get(keyword)
        if not _is_list(listed) or not listed:
            continue
        base = _around(schemas.library, place, keyword, 0)
        parts = [Part(place.at(keyword, index)) for index in range(len(listed))]
        kept = [number for number, part in enumerate(parts) if not _is_null(schemas, part)]
        candidates = tuple(((parts[number], *base),) for number in kept)
        variants = [listed[number] for number in kept]
        discriminator = schema.get("discriminator")
        declared = declared_by(schemas.library, discriminator, variants)
        yield Site(place.pointer, keyword, candidates, declared)


def _is_null(schemas: Schemas, part: Part) -> bool:
    atoms = schemas.normal.atoms(schemas.library.part(part))
    return bool(atoms) and all(atom.kinds <= {Kind.NULL} for atom in atoms)


def _is_list(value: Tree) -> TypeGuard[Sequence[Tree]]:
    return isinstance(value, Sequence) and not isinstance(value, str)
