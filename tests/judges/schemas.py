"""Whether a value fits a schema of a document, by jsonschema-rs, which has not read ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import UUID

import jsonschema_rs

from .document import Json, Node, members

_VERBATIM = ("enum", "const", "default", "example", "examples")
_NAME = "urn:document"


@dataclass
class Schemas:
    """The schemas of a document as draft 2020-12, compiled when they are first asked for."""

    root: Json
    resources: jsonschema_rs.Registry = field(init=False)
    compiled: dict[tuple[str, bool], jsonschema_rs.Validator | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        version = members(self.root).get("openapi")
        old = isinstance(version, str) and version.startswith("3.0")
        modern = _modern(self.root) if old else self.root
        self.resources = jsonschema_rs.Registry([(_NAME, modern)])

    def fits(self, schema: Node, value: Json) -> bool | None:
        """Return whether a value is valid; None where the schema cannot be compiled."""
        validator = self._validator(schema.pointer, formats=False)
        return None if validator is None else validator.is_valid(value)

    def complaint(self, schema: Node, value: Json, *, formats: bool = False) -> str:
        """Return why a value is not valid: where, and which keyword; `format` only if asked."""
        validator = self._validator(schema.pointer, formats=formats)
        if validator is None:
            return "the schema cannot be compiled"
        for error in validator.iter_errors(value):
            where = "/".join(map(str, error.instance_path))
            keyword = error.schema_path[-1] if error.schema_path else "schema"
            return f"`{keyword}` of the schema at `/{where}`"
        return ""

    def _validator(self, pointer: str, *, formats: bool) -> jsonschema_rs.Validator | None:
        key = (pointer, formats)
        if key not in self.compiled:
            try:
                self.compiled[key] = jsonschema_rs.Draft202012Validator(
                    {"$ref": f"{_NAME}#{quote(pointer)}"},
                    registry=self.resources,
                    validate_formats=formats,
                    formats={"uuid4": _is_uuid},
                    offline=True,
                )
            except (ValueError, jsonschema_rs.ReferencingError):
                self.compiled[key] = None
        return self.compiled[key]


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def bounded(schema: Mapping[str, Json]) -> dict[str, Json]:
    """Return a schema in which a bound that is marked as exclusive, as in 3.0, is one."""
    found = dict(schema)
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        marked = found.pop(exclusive) if isinstance(found.get(exclusive), bool) else False
        if marked and bound in found:
            found[exclusive] = found.pop(bound)
    return found


def _modern(value: Json) -> Json:
    """Return schemas of 3.0 in the words of 2020-12, every one where it was."""
    if isinstance(value, list):
        return [_modern(item) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str):
        return {"$ref": value["$ref"]}  # 3.0.3, Reference Object: what stands beside is ignored
    made = bounded({key: v if key in _VERBATIM else _modern(v) for key, v in value.items()})
    if value.get("nullable") is True and isinstance(value.get("type"), str):
        made["type"] = [value["type"], "null"]
    return made
