"""The second opinion: what jsonschema-rs says of a value, by the schemas as JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
        self._whole: set[Schema] = set()
        """Schemas from which no reference leads nowhere."""
        self._registries: list[Registry] = []
        """The only one, once it is needed."""

    def judge(self, candidate: Candidate) -> Judge | Silent:
        """Return who can say whether values fit a candidate."""
        parts = [[self._library.part(part) for part in parts] for parts in candidate]
        if not self._is_whole(schema for schemas in parts for schema in schemas):
            return Silent("a reference within leads out of the document, or nowhere")
        import jsonschema_rs  # half a megabyte that only unions without proof need

        either = [{"allOf": [self._written(schema) for schema in schemas]} for schemas in parts]
        try:
            validator = jsonschema_rs.Draft202012Validator(
                {"anyOf": either}, registry=self._registry(), validate_formats=True, offline=True
            )
        except ValueError:  # its message would hold words of the document
            return Silent("the validator refuses one of the schemas")
        return Judge(validator)

    def _is_whole(self, schemas: Iterable[Schema]) -> bool:
        """Return whether all references lead somewhere within the document."""
        seen: set[Schema] = set()
        pending = list(schemas)
        while pending:
            schema = pending.pop()
            if schema in seen or schema in self._whole:
                continue
            seen.add(schema)
            pending.extend(schema.parts())
            if schema.reference is not None:
                target = self._library.target(schema.reference)
                if target is None:
                    return False
                pending.append(target)
        self._whole |= seen
        return True

    def _registry(self) -> Registry:
        if not self._registries:
            import jsonschema_rs

            targets = (self._library.target(ref) for ref in _references(self._library.tree))
            named = {target.name: target for target in targets if target is not None}
            # One resource: validators of many would each copy what schemas share
            written = {name: self._written(target) for name, target in named.items()}
            resources = [(_RESOURCE, {"$defs": written})]
            self._registries.append(
                jsonschema_rs.Registry(resources, draft=jsonschema_rs.Draft202012)
            )
        return self._registries[0]

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


def _references(tree: Tree) -> Iterator[str]:
    """Return whatever is called `$ref`. Where it is none, a schema more in the registry is no harm."""
    pending = [tree]
    while pending:
        match pending.pop():
            case Mapping() as mapping:
                if isinstance(reference := mapping.get("$ref"), str):
                    yield reference
                pending.extend(mapping.values())
            case str():
                pass
            case Sequence() as listed:
                pending.extend(listed)
            case _:
                pass
