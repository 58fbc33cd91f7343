"""A complaint of openapi-spec-validator, and the place in the document that it is about."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Protocol, cast

from jsonschema_path import SchemaPath
from openapi_spec_validator.validation.exceptions import (
    DuplicateOperationIDError,
    OpenAPIValidationError,
    UnresolvableParameterError,
)
from referencing.exceptions import PointerToNowhere, Unresolvable

from specloom.document.node import pointer_tokens
from specloom.rules.validator import Finding, words
from specloom.values import Place, Text, Tree


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


def placed(error: Exception, path: SchemaPath, arguments: tuple[object, ...]) -> Told:
    """Return a complaint of a part of the walk, called with `arguments`, with its place.

    The validator has one word for a parameter that the path lacks and for one that it has alone;
    the first is called UnusedParameterError here.
    """
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


def finding_of(tree: Tree, told: Told) -> Finding:
    """Return a complaint as plain values; its pointer goes through references to what is meant."""
    message = Text(str(told.args[0]))
    if isinstance(told.error, Unresolvable):
        place = _place(tree, told.parts)
        if _holds_reference(tree, place):
            place = (*place, "$ref")
        mark = "#" if isinstance(told.error, PointerToNowhere) else ""
        reference = Text(f"{mark}{told.error.ref}")
        return Finding(_pointer(place), type(told.error).__name__, names=(reference,))
    if told.keyword or told.name or not hasattr(told.error, "validator"):
        keyword = told.keyword or type(told.error).__name__
        names = (Text(told.name),) if told.name else ()
        return Finding(_pointer(_place(tree, told.parts)), keyword, message, names)
    error = _leaf(cast("_Error", told.error))
    keyword = error.validator if isinstance(error.validator, str) else type(told.error).__name__
    place = (*_place(tree, told.parts), *map(str, error.absolute_path))
    return Finding(_pointer(place), keyword, message, _names(error))


def _leaf(error: _Error) -> _Error:
    """Return the error deepest inside the alternatives of an error."""
    while error.context:
        error = max(error.context, key=lambda inner: len(tuple(inner.absolute_path)))
    return error


def _names(error: _Error) -> tuple[Text, ...]:
    allowed = error.validator_value
    if error.validator == "required":
        missing = (n for n in words(allowed) if error.message == f"{n!r} is a required property")
        return tuple(map(Text, missing))
    if error.validator in ("type", "enum"):
        return tuple(map(Text, words([allowed] if isinstance(allowed, str) else allowed)))
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
    if len(tokens) == 2 and tokens[0] == "paths":
        return tokens
    return _followed(tree, tokens, node)[0]


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


def _holds_reference(tree: Tree, place: tuple[str, ...]) -> bool:
    node: Tree = tree
    for token in (*place, "$ref"):
        child = _child(node, token)
        if child is None:
            return False
        node = child[0]
    return True


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


def _pointer(tokens: Iterable[str]) -> str:
    place = Place("", "")
    for token in tokens:
        place = place.step(token)
    return place.pointer
