"""The schemas of OpenAPI as JSON Schema 2020-12, and nothing in them but what it asserts.

Annotations go, and so does what is malformed: it asserts nothing. Null is read as authors mean it
(`nullable` alone is null, beside a mention or a union it adds null). What describes members or
items means objects or arrays, except where a condition is asked: there the letter counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeGuard

from specloom.values import Kind, Tree, kind_of

SINGLE = (
    "additionalProperties",
    "items",
    "contains",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
    "unevaluatedProperties",
    "unevaluatedItems",
)
"""Keywords that hold a schema."""
LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
"""Keywords that hold a list of schemas."""
MAPS = ("properties", "patternProperties", "dependentSchemas")
"""Keywords that hold schemas by name."""
_CONDITIONS = frozenset({"not", "if", "then", "else", "dependentSchemas"})
_KINDS = frozenset(kind.value for kind in Kind)
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_COUNTS = (
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minContains",
    "maxContains",
    "minProperties",
    "maxProperties",
)
_UUIDS = frozenset(f"uuid{version}" for version in range(1, 9))
_NULL: Mapping[str, Tree] = {"type": "null"}
_COMBINED = ("$ref", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if")
"""What has its own say about null, whatever `type` says."""


def translated(schema: Tree, version: str, *, asserted: bool = True) -> Tree:
    """Return a schema of OpenAPI `version` ("3.0", "3.1" or "3.2") as JSON Schema 2020-12 has it.

    References stay as they are. `asserted` is false within conditions.
    """
    if isinstance(schema, bool):
        return schema
    if not isinstance(schema, Mapping):
        return True
    nullable = schema.get("nullable") is True
    if version == "3.0" and isinstance(schema.get("$ref"), str):
        found: dict[str, Tree] = {"$ref": schema["$ref"]}  # 3.0.4, 4.8.23: siblings are ignored
    else:
        found = {**_values(schema), **_schemas(schema, version, asserted)}
        implied = _implied(found) if asserted else None
        if implied:
            found["type"] = implied
    return _with_null(found) if nullable else found


def _with_null(found: Mapping[str, Tree]) -> Tree:
    if not found:
        return _NULL
    said = found.get("type")
    if said is None or any(keyword in found for keyword in _COMBINED):
        return {"anyOf": [found, _NULL]}
    kinds: list[Tree] = [said] if isinstance(said, str) else list(_list(said))
    return {**found, "type": [*kinds, *(["null"] if "null" not in kinds else [])]}


def _implied(found: Mapping[str, Tree]) -> str | None:
    """Return what the author did not write. `required` alone implies nothing: it is often one of
    several conditions on one object."""
    if any(keyword in found for keyword in ("type", "enum", "const")):
        return None
    if "properties" in found or "additionalProperties" in found:
        return "object"
    return "array" if "items" in found else None


def _values(schema: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return the keywords that hold no schemas, as far as they are well-formed."""
    found: dict[str, Tree] = {}
    if isinstance(schema.get("$ref"), str):
        found["$ref"] = schema["$ref"]
    if kinds := _kinds(schema.get("type")):
        found["type"] = kinds
    if enum := _list(schema.get("enum")):
        found["enum"] = enum
    if "const" in schema:
        found["const"] = schema["const"]
    found |= _bounds(schema)
    for keyword in _COUNTS:
        count = schema.get(keyword)
        if _is_number(count) and count >= 0 and kind_of(count) is Kind.INTEGER:
            found[keyword] = int(count)
    if isinstance(schema.get("pattern"), str):
        found["pattern"] = schema["pattern"]
    if isinstance(written := schema.get("format"), str):
        found["format"] = "uuid" if written in _UUIDS else written
    if schema.get("uniqueItems") is True:
        found["uniqueItems"] = True
    if required := _names(schema.get("required")):
        found["required"] = required
    dependent = schema.get("dependentRequired")
    if isinstance(dependent, Mapping):
        found["dependentRequired"] = {name: _names(needed) for name, needed in dependent.items()}
    return found


def _bounds(schema: Mapping[str, Tree]) -> dict[str, Tree]:
    found = {k: v for k in _BOUNDS if _is_number(v := schema.get(k))}
    # JSON Schema draft 4, which 3.0 goes by: a flag about the bound beside it
    for flag, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if schema.get(flag) is True and bound in found:
            found[flag] = found.pop(bound)
    multiple = schema.get("multipleOf")
    if _is_number(multiple) and multiple > 0:
        found["multipleOf"] = multiple
    return {**found}


def _schemas(schema: Mapping[str, Tree], version: str, asserted: bool) -> dict[str, Tree]:
    """Return the keywords that hold schemas, these translated."""

    def inner(value: Tree, keyword: str) -> Tree:
        return translated(value, version, asserted=asserted and keyword not in _CONDITIONS)

    found: dict[str, Tree] = {}
    for keyword in SINGLE:
        value = schema.get(keyword)
        if isinstance(value, bool | Mapping):
            found[keyword] = inner(value, keyword)
    for keyword in LISTS:
        if values := _list(schema.get(keyword)):
            found[keyword] = [inner(value, keyword) for value in values]
    for keyword in MAPS:
        named = schema.get(keyword)
        if isinstance(named, Mapping):
            found[keyword] = {name: inner(value, keyword) for name, value in named.items()}
    return found


def _kinds(value: Tree) -> Tree:
    """Return `type` where it names kinds of JSON: `file` and `any` are none, and say nothing."""
    if isinstance(value, str):
        return value if value in _KINDS else None
    words: list[Tree] = [w for w in _list(value) if isinstance(w, str) and w in _KINDS]
    return list(dict.fromkeys(words)) if words and len(words) == len(_list(value)) else None


def _names(value: Tree) -> list[Tree]:
    return list(dict.fromkeys(name for name in _list(value) if isinstance(name, str)))


def _list(value: Tree) -> Sequence[Tree]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _is_number(value: Tree) -> TypeGuard[int | float]:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)
