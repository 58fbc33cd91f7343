"""openapi-spec-validator's own walk, sooner, with places, and never out of the document.

Importing this module imports the validator, which takes a quarter of a second: only the child
process of `validator` does. The classes replaced here are the validator's own registry of
keywords; a test compares what they say with what the validator says as it comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NoReturn, Protocol, TypeVar, cast

import jsonschema_rs
from jsonschema_path import SchemaPath
from openapi_schema_validator import (
    OAS30Validator,
    OAS31Validator,
    OAS32Validator,
)
from openapi_schema_validator._specifications import REGISTRY
from openapi_spec_validator.validation import keywords
from openapi_spec_validator.validation.exceptions import (
    DuplicateOperationIDError,
    OpenAPIValidationError,
    UnresolvableParameterError,
)
from openapi_spec_validator.validation.registries import KeywordValidatorRegistry
from openapi_spec_validator.validation.validators import (
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
    SpecValidator,
)
from referencing.exceptions import PointerToNowhere, Unresolvable

from specloom.document.node import pointer_tokens
from specloom.rules.validator import Finding
from specloom.values import Place, Text, Tree

_T = TypeVar("_T")
_UNGUARDED = ("schema", "default")
"""Keywords that are not guarded: the first guards itself, the second is called by it."""


class _Error(Protocol):
    """What is read of a ValidationError of jsonschema, which has no types."""

    message: str
    validator: object
    validator_value: object
    instance: object
    absolute_path: Iterable[str | int]
    context: Sequence[_Error]


class Told(OpenAPIValidationError):
    """A complaint with the place that it is about; the validator passes it on as it is."""

    def __init__(
        self, error: Exception, parts: Sequence[Hashable], *, keyword: str = "", name: str = ""
    ) -> None:
        # An unresolvable reference would quote the whole document.
        said = "" if isinstance(error, Unresolvable) else getattr(error, "message", None) or error
        super().__init__(str(said))
        self.error = error
        self.parts = parts
        self.keyword = keyword
        self.name = name


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
    root = cast("Callable[[SchemaPath], Iterator[Exception]]", registry["__root__"])
    for error in root(path):
        if not isinstance(error, Told):
            raise TypeError("a complaint without a place")
        finding = _finding(tree, error)
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

    def __call__(self, *arguments: object) -> Iterator[Exception]:
        path = next(a for a in arguments if isinstance(a, SchemaPath))
        try:
            for error in self._part(*arguments):
                yield error if isinstance(error, Told) else _placed(error, path, arguments)
        except MemoryError:
            raise
        except Exception as error:
            yield Told(error, path.parts)


def _placed(error: Exception, path: SchemaPath, arguments: tuple[object, ...]) -> Told:
    match error, arguments:
        case DuplicateOperationIDError(), _:
            return Told(error, (*path.parts, "operationId"))
        case UnresolvableParameterError(), (str(url), str(method), *_):
            end = f"' for '{method}' operation in '{url}' was not resolved"
            name = str(error.message).removeprefix("Path parameter '").removesuffix(end)
            if re.search(rf"\{{{re.escape(name)}[}}:!]", url):
                return Told(error, path.parts[:2], name=name)
            return Told(error, path.parts, keyword="UnusedParameterError", name=name)
        case _:
            return Told(error, path.parts)


class OperationOnce(keywords.OperationValidator):
    """The validator's operations, with a set of their ids."""

    def __init__(self, registry: KeywordValidatorRegistry) -> None:
        super().__init__(registry)
        self.operation_ids_registry: list[str] | None = Ids()


class QuickSchema(keywords.SchemaValidator):
    """The validator's schemas: each asked once, and by compiled code first."""

    def __init__(self, registry: KeywordValidatorRegistry) -> None:
        super().__init__(registry)
        self.visited_schema_ids: list[int] | None = Ids()
        self.meta_checked_schema_ids: list[int] | None = Ids()

    def __call__(
        self, schema: SchemaPath, require_properties: bool = True, meta_checked: bool = False
    ) -> Iterator[Exception]:
        try:
            contents: object = schema.read_value()
            visited = self.visited_schema_ids or ()
            seen = id(contents) in visited
            for error in super().__call__(schema, require_properties, meta_checked):
                yield error if isinstance(error, Told) else Told(error, schema.parts)
            if not seen and id(contents) in visited:
                yield from self._default(schema, contents)
        except MemoryError:
            raise
        except Exception as error:
            yield Told(error, schema.parts)

    def _default(self, schema: SchemaPath, contents: object) -> Iterator[Told]:
        if not isinstance(contents, Mapping) or "default" not in contents:
            return
        value: object = contents["default"]
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
                contents: object = path.read_value()
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

    documents = jsonschema_rs.Registry([(uri, REGISTRY[uri].contents) for uri in REGISTRY])
    return jsonschema_rs.validator_for(
        validator.META_SCHEMA,
        formats={name: conforms(name) for name in checker.checkers},
        validate_formats=True,
        registry=documents,
        offline=True,
    )


def _finding(tree: Tree, told: Told) -> Finding:
    message = Text(str(told.args[0]))
    if isinstance(told.error, Unresolvable):
        place = (*_place(tree, told.parts), "$ref")
        mark = "#" if isinstance(told.error, PointerToNowhere) else ""
        names = (Text(f"{mark}{told.error.ref}"),)
        return Finding(_pointer(place), type(told.error).__name__, names=names)
    if told.keyword or told.name or not hasattr(told.error, "validator"):
        keyword = told.keyword or type(told.error).__name__
        names = (Text(told.name),) if told.name else ()
        return Finding(_pointer(_place(tree, told.parts)), keyword, message, names)
    error = _leaf(cast("_Error", told.error))
    keyword = error.validator if isinstance(error.validator, str) else type(told.error).__name__
    place = (*_place(tree, told.parts), *error.absolute_path)
    return Finding(_pointer(place), keyword, message, _names(error))


def _leaf(error: _Error) -> _Error:
    """Return the error deepest inside the alternatives of an error."""
    while error.context:
        error = max(error.context, key=lambda inner: len(tuple(inner.absolute_path)))
    return error


def _names(error: _Error) -> tuple[Text, ...]:
    match error.validator, error.validator_value:
        case "required", [*names]:
            missing = (
                name for name in names if error.message == f"{name!r} is a required property"
            )
            return tuple(Text(str(name)) for name in missing)
        case ("type" | "enum"), [*names]:
            return tuple(Text(str(name)) for name in names)
        case "type", str(name):
            return (Text(name),)
        case _:
            return ()


def _place(tree: Tree, parts: Iterable[Hashable]) -> tuple[str, ...]:
    """Return where a path leads that goes through references, as far as there is something."""
    tokens: tuple[str, ...] = ()
    node = tree
    for part in parts:
        tokens, node = _followed(tree, tokens, node)
        child = _child(node, str(part))
        if child is None:
            return tokens
        tokens, node = (*tokens, str(part)), child[0]
    # An undeclared parameter is the matter of the path, not of what the path refers to.
    return (
        tokens
        if tokens[:1] == ("paths",) and len(tokens) == 2
        else _followed(tree, tokens, node)[0]
    )


def _followed(tree: Tree, tokens: tuple[str, ...], node: Tree) -> tuple[tuple[str, ...], Tree]:
    seen: set[str] = set()
    while isinstance(node, Mapping) and isinstance(reference := node.get("$ref"), str):
        target = pointer_tokens(reference)
        found: tuple[Tree] | None = (tree,)
        for token in target or ():
            found = None if found is None else _child(found[0], token)
        if target is None or found is None or reference in seen:
            break
        seen.add(reference)
        tokens, node = target, found[0]
    return tokens, node


def _child(node: Tree, token: str) -> tuple[Tree] | None:
    match node:
        case Mapping():
            return (node[token],) if token in node else None
        case str():
            return None
        case Sequence() if token.isascii() and token.isdigit() and int(token[:9]) < len(node):
            return (node[int(token[:9])],)
        case _:
            return None


def _pointer(tokens: Iterable[str | int]) -> str:
    place = Place("", "")
    for token in tokens:
        place = place.step(token)
    return place.pointer
