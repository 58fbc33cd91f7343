"""openapi-spec-validator's own walk, sooner, with places, and never out of the document.

Importing this module imports the validator, which takes a quarter of a second: only the child
process of `validator` does. The classes replaced here are the validator's own registry of
keywords; a test compares what they say with what the validator says as it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NoReturn, TypeVar, cast

import jsonschema_rs
from jsonschema_path import SchemaPath
from openapi_schema_validator import OAS30Validator, OAS31Validator, OAS32Validator
from openapi_schema_validator._specifications import REGISTRY
from openapi_spec_validator.validation import keywords
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError
from openapi_spec_validator.validation.registries import KeywordValidatorRegistry
from openapi_spec_validator.validation.validators import (
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
    SpecValidator,
)
from referencing.exceptions import Unresolvable

from specloom.rules.told import Told, finding_of, placed
from specloom.rules.validator import Finding
from specloom.values import Tree

_T = TypeVar("_T")
_UNGUARDED = ("schema", "default")
"""Keywords that are not guarded: the first guards itself, the second is called by it."""


def walked(tree: Tree, version: str) -> Iterator[Finding]:
    """Return what the validator's walk finds, in its order, also past what would have ended it.

    `version` is "3.0", "3.1" or "3.2"; nothing but `tree` is read, whatever its references say.
    """
    spec, schema = _VERSIONS[version]
    registry = Registry({**spec.keyword_validators, "schema": schema, "operation": OperationOnce})
    path = DocumentPath.from_dict(
        cast("dict[str, object]", tree), handlers=NoDocuments(), resolved_cache_maxsize=1024
    )
    lost: set[Finding] = set()
    root = cast("Guard", registry["__root__"])
    for error in root(path):
        finding = finding_of(tree, error)
        if isinstance(error.error, Unresolvable):
            # Each list around a broken reference stumbles over it again.
            mark = Finding("", finding.keyword, names=finding.names)
            if mark in lost:
                continue
            lost.add(mark)
        yield finding


class NoDocuments(dict[str, Callable[[str], NoReturn]]):
    """Handlers that open nothing: every scheme is known, and refused."""

    def __contains__(self, scheme: object) -> bool:
        return True

    def __getitem__(self, scheme: str) -> Callable[[str], NoReturn]:
        def refuse(_: str) -> NoReturn:
            raise LookupError("outside of the document")

        return refuse


class DocumentPath(SchemaPath):
    """A path that keeps `default` from the validator, which would follow a `$ref` in its data."""

    def __contains__(self, key: object) -> bool:
        return key != "default" and super().__contains__(cast("str", key))


class Ids(list[_T]):
    """A list that is only appended to and asked `in`, at the speed of a set."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[object] = set()

    def append(self, value: _T) -> None:
        try:
            self._known.add(value)
        except TypeError:  # An operationId may be any JSON
            super().append(value)

    def __contains__(self, value: object) -> bool:
        try:
            return value in self._known
        except TypeError:
            return super().__contains__(value)


class Registry(KeywordValidatorRegistry):
    """The validator's registry, in which every part has a guard."""

    def __missing__(self, keyword: str) -> keywords.KeywordValidator:
        part = self.keyword_validators[keyword](self)
        self[keyword] = part if keyword in _UNGUARDED else Guard(self, part)
        return self[keyword]


class Guard(keywords.KeywordValidator):
    """Says where the complaints of one part of the walk belong, and lets the rest go on."""

    def __init__(self, registry: KeywordValidatorRegistry, part: keywords.KeywordValidator) -> None:
        super().__init__(registry)
        self._part = cast("Callable[..., Iterator[Exception]]", part)

    def __call__(self, *arguments: object) -> Iterator[Told]:
        path = next(a for a in arguments if isinstance(a, SchemaPath))
        try:
            for error in self._part(*arguments):
                yield error if isinstance(error, Told) else placed(error, path, arguments)
        except MemoryError:
            raise
        except Exception as error:
            yield Told(error, path.parts)


class OperationOnce(keywords.OperationValidator):
    """The validator's operations, with a set of their ids."""

    def __init__(self, registry: KeywordValidatorRegistry) -> None:
        super().__init__(registry)
        self.operation_ids_registry: list[str] | None = Ids()


class QuickSchema(keywords.SchemaValidator):
    """The validator's schemas: each asked once, and by compiled code first."""

    def __init__(self, registry: KeywordValidatorRegistry) -> None:
        super().__init__(registry)
        self._visited: Ids[int] = Ids()
        self.visited_schema_ids: list[int] | None = self._visited
        self.meta_checked_schema_ids: list[int] | None = Ids()

    def __call__(
        self, schema: SchemaPath, require_properties: bool = True, meta_checked: bool = False
    ) -> Iterator[Told]:
        try:
            contents = cast("Tree", schema.read_value())
            seen = id(contents) in self._visited
            for error in super().__call__(schema, require_properties, meta_checked):
                yield error if isinstance(error, Told) else Told(error, schema.parts)
            if not seen and id(contents) in self._visited:
                yield from self._default(schema, contents)
        except MemoryError:
            raise
        except Exception as error:
            yield Told(error, schema.parts)

    def _default(self, schema: SchemaPath, contents: Tree) -> Iterator[Told]:
        if not isinstance(contents, Mapping) or "default" not in contents:
            return
        value = contents["default"]
        if value is None and contents.get("nullable") is True:
            return
        for error in self.default_validator(schema, value):
            yield Told(error, (*schema.parts, "default"), keyword="Default")

    def _collect_properties(self, schema: SchemaPath) -> set[str]:
        """Return the names that the validator collects, of each schema once: they share parts."""
        names: set[str] = set()
        seen: set[int] = set()
        pending = [schema]
        while pending:
            path = pending.pop()
            try:
                contents = cast("Tree", path.read_value())
                if id(contents) in seen or not isinstance(contents, Mapping):
                    continue
                seen.add(id(contents))
                if "properties" in contents:
                    names.update(map(str, (path / "properties").keys()))
                for keyword in ("allOf", "anyOf", "oneOf"):
                    if keyword in contents:
                        pending.extend(path / keyword)
                pending.extend(
                    path / keyword for keyword in ("items", "not") if keyword in contents
                )
            except (Unresolvable, LookupError, TypeError, ValueError, RecursionError):
                continue  # The walk comes by itself to where this fails
        return names

    def _validate_schema_meta(
        self, schema: SchemaPath, schema_value: object
    ) -> OpenAPIValidationError | None:
        try:
            valid = self.is_plainly_valid(schema, schema_value)
        except (TypeError, ValueError):  # Not for compiled code
            valid = False
        return None if valid else super()._validate_schema_meta(schema, schema_value)

    def is_plainly_valid(self, schema: SchemaPath, value: object) -> bool:
        """Whether compiled code accepts the schema; it is as strict as the validator's check."""
        raise NotImplementedError


class Schema30(QuickSchema, keywords.OpenAPIV30SchemaValidator):
    """Schemas of OpenAPI 3.0."""

    def is_plainly_valid(self, schema: SchemaPath, value: object) -> bool:
        return _compiled("3.0").is_valid(value)


class Schema31(QuickSchema, keywords.OpenAPIV31SchemaValidator):
    """Schemas of OpenAPI 3.1."""

    def is_plainly_valid(self, schema: SchemaPath, value: object) -> bool:
        dialect = self._get_schema_dialect_id(schema, value)
        return dialect == self.default_jsonschema_dialect_id and _compiled("3.1").is_valid(value)


class Schema32(QuickSchema, keywords.OpenAPIV32SchemaValidator):
    """Schemas of OpenAPI 3.2."""

    def is_plainly_valid(self, schema: SchemaPath, value: object) -> bool:
        dialect = self._get_schema_dialect_id(schema, value)
        return dialect == self.default_jsonschema_dialect_id and _compiled("3.2").is_valid(value)


_VERSIONS: Mapping[str, tuple[type[SpecValidator], type[QuickSchema]]] = {
    "3.0": (OpenAPIV30SpecValidator, Schema30),
    "3.1": (OpenAPIV31SpecValidator, Schema31),
    "3.2": (OpenAPIV32SpecValidator, Schema32),
}


@cache
def _compiled(version: str) -> jsonschema_rs.Validator:
    """Return the check of a schema against its meta-schema, with the validator's own formats."""
    validator = {"3.0": OAS30Validator, "3.1": OAS31Validator, "3.2": OAS32Validator}[version]
    checker = validator.FORMAT_CHECKER

    def conforms(name: str) -> Callable[[str], bool]:
        return lambda value: bool(checker.conforms(value, name))

    contents = ((uri, cast("dict[str, object]", REGISTRY[uri].contents)) for uri in REGISTRY)
    return jsonschema_rs.validator_for(
        validator.META_SCHEMA,
        formats={name: conforms(name) for name in checker.checkers},
        validate_formats=True,
        registry=jsonschema_rs.Registry(contents),
        offline=True,
    )
