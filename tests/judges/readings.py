"""How Specloom reads a document against its letter, each way said in schemas that a validator judges.

What generated code makes of a value, and others do not, is explained where these come to the same
once the schema is read so, and nothing else has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from jsonschema_rs import Draft202012Validator

from .document import Json, pointer_of
from .schemas import bounded

Schema: TypeAlias = dict[str, Json]
Way: TypeAlias = Callable[["Components", Schema], Schema]
_MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_DATA = ("enum", "const", "default", "example", "examples", "discriminator", "required")
_SHARED = "#/$defs/"
_TWIN = "-open"


@dataclass(frozen=True)
class Components:
    """The schemas of a document that have names."""

    schemas: Mapping[str, Json]
    legacy: bool
    """Before OpenAPI 3.1: nothing counts beside a reference, and bounds are marked as exclusive."""
    tags: frozenset[str]
    """The names of members by which variants are told apart."""

    def why_refused(self, name: str, value: Json) -> str:
        """Return the reading by which a value does not fit a component; empty where it always does."""
        if not self._fits(name, value, (), formats=True):
            return "format"
        return "" if self._fits(name, value, (_null_alone,)) else "nullable"

    def why_accepted(self, name: str, value: Json) -> str:
        """Return the reading by which a value fits a component; empty where none of them helps."""
        if not self._fits(name, value, _WAYS.values()):
            return ""
        alone = (word for word, way in _WAYS.items() if self._fits(name, value, (way,)))
        return next(alone, "several")

    def _fits(
        self, name: str, value: Json, ways: Collection[Way], *, formats: bool = False
    ) -> bool:
        shared: Schema = {key: self._read(schema, ways) for key, schema in self.schemas.items()}
        shared |= {f"{key}{_TWIN}": _opened(schema) for key, schema in shared.items()}
        schema: Schema = {"$ref": f"#{quote(pointer_of(('$defs', name)))}", "$defs": shared}
        return Draft202012Validator(schema, validate_formats=formats).is_valid(value)

    def _read(self, schema: Json, ways: Collection[Way]) -> Json:
        if isinstance(schema, list):
            return [self._read(each, ways) for each in schema]
        if not isinstance(schema, dict):
            return schema
        found: Schema = {}
        for key, of in schema.items():
            if key in _DATA:
                found[key] = of
            elif key in _MAPS and isinstance(of, dict):
                found[key] = {name: self._read(each, ways) for name, each in of.items()}
            else:
                found[key] = self._read(of, ways)
        if isinstance(found.get("$ref"), str):
            found["$ref"] = _SHARED + str(found["$ref"]).rpartition("/")[2]
            found = {"$ref": found["$ref"]} if self.legacy else found
        found = _modern(found) if self.legacy else found
        for way in ways:
            found = way(self, found)
        return found

    def meant(self, schema: Json, left: int = 10) -> Schema:
        """Return what a reference is of; nothing, where it leads nowhere."""
        if not isinstance(schema, dict) or not left:
            return {}
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        return self.meant(self.schemas.get(reference.rpartition("/")[2]), left - 1)


def components(tree: Json) -> Components:
    root = tree if isinstance(tree, dict) else {}
    found: Json = root
    for step in ("definitions",) if "swagger" in root else ("components", "schemas"):
        found = found.get(step) if isinstance(found, dict) else None
    legacy = not str(root.get("openapi")).startswith(("3.1", "3.2"))
    return Components(found if isinstance(found, dict) else {}, legacy, frozenset(_tags(tree)))


def _tags(tree: Json) -> Iterator[str]:
    if isinstance(tree, dict):
        said = tree.get("discriminator")
        if isinstance(said, dict):
            yield str(said.get("propertyName"))
        elif isinstance(said, str):  # of Swagger 2.0
            yield said
    for each in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _tags(each)


def _modern(schema: Schema) -> Schema:
    """Return a schema without what only OpenAPI before 3.1 has: marked bounds, files."""
    return {key: of for key, of in bounded(schema).items() if (key, of) != ("type", "file")}


def _nullable(_: Components, schema: Schema) -> Schema:
    marked = any(schema.get(key) is True for key in ("nullable", "x-nullable"))
    return {"anyOf": [schema, {"type": "null"}]} if marked else schema


def _null_alone(_: Components, schema: Schema) -> Schema:
    """Mean null by what says nothing but that null fits."""
    return {"type": "null"} if schema == {"nullable": True} else schema


def _chosen(_: Components, schema: Schema) -> Schema:
    return _either(schema) if "discriminator" in schema else schema


def _one_type(known: Components, schema: Schema) -> Schema:
    """Mean by several variants of one scalar type that one of them fits, or more."""
    variants = schema.get("oneOf")
    if not isinstance(variants, list):
        return schema
    of_type: dict[str, list[Json]] = {}
    for variant in variants:
        of_type.setdefault(str(known.meant(variant).get("type")), []).append(variant)
    crowds = [of_type.pop(kind) for kind in ("string", "integer", "number") if kind in of_type]
    either: list[Json] = [{"anyOf": crowd} for crowd in crowds]
    return {**schema, "oneOf": either + [each for alone in of_type.values() for each in alone]}


def _either(schema: Schema) -> Schema:
    return {("anyOf" if key == "oneOf" else key): of for key, of in schema.items()}


def _open(_: Components, schema: Schema) -> Schema:
    """Mean by the parts of an `allOf` their twins, which say the same but are not closed."""
    parts = schema.get("allOf")
    if not isinstance(parts, list):
        return schema
    return {**schema, "allOf": [_opened(part) for part in parts]}


def _opened(schema: Json) -> Json:
    if not isinstance(schema, dict):
        return schema
    found = {key: of for key, of in schema.items() if (key, of) != ("additionalProperties", False)}
    reference = found.get("$ref")
    return {**found, "$ref": reference + _TWIN} if isinstance(reference, str) else found


_WAYS: Mapping[str, Way] = {
    "nullable": _nullable,
    "discriminator": _chosen,
    "one type": _one_type,
    "closed part": _open,
}
