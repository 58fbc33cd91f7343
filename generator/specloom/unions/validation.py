"""The second opinion: what jsonschema-rs says of a value, by the schemas as JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from specloom.unions.cycles import Cycles
from specloom.unions.library import Library, Part, Schema
from specloom.values import Tree

if TYPE_CHECKING:
    from jsonschema_rs import Registry, Validator

_RESOURCE = "urn:specloom"
Alternative: TypeAlias = tuple[Part, ...]
"""All of them hold: a variant's own schema, and the base around it."""
Candidate: TypeAlias = tuple[Alternative, ...]
"""Any of them holds: several, where variants were merged into one."""


@dataclass(frozen=True, slots=True)
class Silent:
    """No opinion, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Judge:
    """An opinion of one candidate."""

    validator: Validator

    def accepts(self, value: Tree) -> bool:
        try:
            return self.validator.is_valid(value)
        except ValueError:  # a pattern that takes too many steps
            return False


class Validation:
    """The validators of one document."""

    def __init__(self, library: Library, cycles: Cycles) -> None:
        self._library = library
        self._cycles = cycles

    def judge(self, candidate: Candidate) -> Judge | Silent:
        """Return who can say whether values fit a candidate."""
        parts = [[self._library.part(part) for part in parts] for parts in candidate]
        mentioned = self._mentioned(schema for schemas in parts for schema in schemas)
        if mentioned is None:
            return Silent("a reference within leads out of the document, or nowhere")
        import jsonschema_rs  # half a megabyte that only unions without proof need

        either = [{"allOf": [self._written(schema) for schema in schemas]} for schemas in parts]
        try:
            validator = jsonschema_rs.Draft202012Validator(
                {"anyOf": either},
                registry=self._registry(mentioned),
                validate_formats=True,
                offline=True,
            )
        except ValueError:  # its message would hold words of the document
            return Silent("the validator refuses one of the schemas")
        return Judge(validator)

    def _mentioned(self, schemas: Iterable[Schema]) -> list[Schema] | None:
        """Return what references lead to, from these schemas on; None where one leads nowhere."""
        mentioned: dict[Schema, None] = {}
        seen: set[Schema] = set()
        pending = list(schemas)
        while pending:
            schema = pending.pop()
            if schema in seen:
                continue
            seen.add(schema)
            pending.extend(schema.parts())
            if schema.reference is not None:
                target = self._library.target(schema.reference)
                if target is None:
                    return None
                mentioned[target] = None
                pending.append(target)
        return list(mentioned)

    def _registry(self, schemas: Sequence[Schema]) -> Registry:
        import jsonschema_rs

        # One resource: the validator of many would copy what schemas share
        written = {schema.name: self._written(schema) for schema in schemas}
        return jsonschema_rs.Registry(
            [(_RESOURCE, {"$defs": written})], draft=jsonschema_rs.Draft202012
        )

    def _written(self, schema: Schema) -> Tree:
        """Return a schema as JSON Schema, without its cycles."""
        if schema.always is not None:
            return schema.always
        uncut = self._cycles.uncut(schema)
        gone = uncut.gone | {"then", "else"} if "if" in uncut.gone else uncut.gone
        found = dict(schema.values)
        if uncut.target is not None:
            found["$ref"] = _address(uncut.target)
        for keyword, inner in schema.single.items():
            found[keyword] = self._written(inner)
        for keyword, listed in schema.lists.items():
            found[keyword] = [self._written(inner) for inner in listed]
        for keyword, named in schema.maps.items():
            found[keyword] = {name: self._written(inner) for name, inner in named.items()}
        return {keyword: value for keyword, value in found.items() if keyword not in gone}


def _address(schema: Schema) -> str:
    return f"{_RESOURCE}#/$defs/{schema.name}"
