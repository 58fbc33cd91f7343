"""What the validator's complaints mean to the author of a document: our rules, our words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from specloom.diagnostics import Diagnostic
from specloom.document.grammar import NOUNS, A, MapOf
from specloom.pointers import tokens_of
from specloom.rules.table import finding
from specloom.rules.validator import Finding
from specloom.shown import shown
from specloom.values import Place, Text

_KINDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}
_PROSE = frozenset(("$comment", "description", "summary", "termsOfService", "title"))
_DOCUMENTATION = frozenset(("contact", "example", "examples", "externalDocs", "license", "xml"))
_MAPS = frozenset(
    name
    for noun in NOUNS.values()
    for name, holds in noun.fields.items()
    if isinstance(holds, MapOf) or (isinstance(holds, A) and NOUNS[holds.noun].others is not None)
)
"""Fields whose members have free names: there, `license` is a name."""
_SINCE_31 = frozenset(
    [
        "$anchor",
        "$comment",
        "$defs",
        "$dynamicAnchor",
        "$dynamicRef",
        "$id",
        "$schema",
        "const",
        "contains",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "dependentRequired",
        "dependentSchemas",
        "else",
        "examples",
        "if",
        "maxContains",
        "minContains",
        "patternProperties",
        "prefixItems",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    ]
)
_WHOLE = frozenset(
    [
        "anyOf",
        "if",
        "not",
        "oneOf",
        "uniqueItems",
        "ParameterDuplicateError",
        "UnusedParameterError",
    ]
)
"""What is said of a whole, though the fault is in a part."""
_CLASSES = re.compile("[A-Z]")
_ADVICE = {
    "format": "this does not have the form that the specification asks for",
    "minItems": "this list must not be empty",
    "minProperties": "this object must not be empty",
    "not": "two of these fields exclude each other",
    "pattern": "this does not have the form that the specification asks for",
    "propertyNames": "a name in `components` consists of letters, digits, `.`, `-` and `_`",
    "uniqueItems": "this list holds a value twice",
    "ExtraParametersError": "`required` lists properties that the schema does not describe",
}
_COMPLAINTS = frozenset(
    [
        "UnresolvableParameterError",
        "UnusedParameterError",
        "DuplicateOperationIDError",
        "Default",
        "ParameterDuplicateError",
        "PointerToNowhere",
        "NoSuchAnchor",
        "InvalidAnchor",
        "Unresolvable",
        "ExtraParametersError",
    ]
)
_QUOTABLE = ("Duplicate tag name ", "Tag '", "Circular tag ", "Unknown JSON Schema dialect: ")
"""Sentences of the validator that hold names, not values."""


def judge(findings: Iterable[Finding], file: str, spoken: Collection[str]) -> Iterator[Diagnostic]:
    """Return the validator's findings as ours, each once, in their order.

    `spoken` holds the pointers at which our own rules have said something: what the validator
    says there is the same matter in other words.
    """
    ours = frozenset(spoken)
    around = frozenset(above for pointer in ours for above in _above(pointer))
    said: set[Diagnostic] = set()
    places: set[str] = set()
    for found in findings:
        if found.pointer in ours or _is_of_a_part(found, ours, around, places):
            continue
        diagnostic = _judged(found, Place(file, found.pointer))
        if diagnostic not in said:
            said.add(diagnostic)
            places.add(found.pointer)
            yield diagnostic


def gave_up(file: str) -> Diagnostic:
    """Return what to say where the validator's walk did not come to its end."""
    message = "openapi-spec-validator did not finish with this document: it was judged without it"
    return finding("validator-gave-up", Place(file, ""), message)


def _is_of_a_part(
    found: Finding, ours: frozenset[str], around: frozenset[str], places: Collection[str]
) -> bool:
    """Whether a part of what is meant, or all that is around it, has been spoken of."""
    if found.keyword in _WHOLE or _is_without_status(found):
        return found.pointer in around or found.pointer in places
    if not _is_breakdown(found):
        return False
    over = (found.pointer, *_above(found.pointer))
    return found.pointer in around or any(place in ours or place in places for place in over)


def _is_breakdown(found: Finding) -> bool:
    """Whether the validator stumbled instead of complaining."""
    if found.keyword == "OpenAPIValidationError":
        return not found.message.raw.startswith(_QUOTABLE)
    return _CLASSES.match(found.keyword) is not None and found.keyword not in _COMPLAINTS


def _above(pointer: str) -> Iterator[str]:
    """Return the pointers to what is around a place, without the whole document."""
    end = pointer.rfind("/")
    while end > 0:
        yield pointer[:end]
        end = pointer.rfind("/", 0, end)


def _judged(found: Finding, at: Place) -> Diagnostic:
    tokens = tokens_of(found.pointer)
    match found.keyword:
        case "additionalProperties" | "unevaluatedProperties":
            return _unexpected(at, tokens)
        case "required":
            return _missing(found, at, tokens)
        case "type" | "enum" | "const":
            return _other_value(found, at, tokens)
        case "uniqueItems" if tokens[-1:] == ("required",):
            return finding("duplicate-required", at, "`required` lists a property twice")
        case "oneOf" | "anyOf" if found.names:
            if not tokens:
                message = f"none of {_listed(found)} is there: nothing is described"
                return finding("no-content", at, message)
            return finding("missing-field", at, f"one of {_listed(found)} must be there")
        case keyword if _CLASSES.match(keyword):
            return _walked(found, at)
        case keyword if keyword in _ADVICE:
            return finding("openapi-advice", at, _ADVICE[keyword])
        case keyword:
            message = f"OpenAPI does not allow this (`{shown(keyword)}` of its JSON Schema)"
            if _is_documentation(found, tokens):
                return finding("openapi-advice", at, message)
            return finding("openapi-schema", at, message)


def _unexpected(at: Place, tokens: tuple[str, ...]) -> Diagnostic:
    name = tokens[-1] if tokens else ""
    if tokens[-2:-1] == ("responses",) and tokens[:1] != ("components",):
        if re.fullmatch("[1-5]XX", name.upper()):
            message = f"`{shown(name)}` is read as `{shown(name.upper())}`"
            return finding("status-range", at.at_key(), message)
        message = f"`{shown(name)}` is no status: 100 to 599, 1XX to 5XX or default"
        return finding("status-key", at.at_key(), message)
    if tokens[:-1] == ("paths",):
        return finding("path", at.at_key(), f"the path `{shown(name)}` must begin with `/`")
    if name in _SINCE_31:
        message = f"`{name}` is a keyword of OpenAPI 3.1, not of 3.0"
        return finding("openapi-advice", at.at_key(), message)
    message = f"OpenAPI has no field `{shown(name)}` in this place: it is ignored"
    return finding("unknown-field", at.at_key(), message)


def _missing(found: Finding, at: Place, tokens: tuple[str, ...]) -> Diagnostic:
    name = found.names[0].raw if found.names else ""
    if name == "responses" or _is_without_status(found):
        message = (
            "no answer is described: any 2XX is taken for success, and its content is not read"
        )
        return finding("missing-responses", at, message)
    message = f"`{shown(name)}` is missing"
    if _is_clear_without(name, tokens) or _is_documentation(found, tokens):
        return finding("incomplete", at, message)
    return finding("missing-field", at, message)


def _is_without_status(found: Finding) -> bool:
    """Whether `responses` has no key that is a status; from 3.1 on, `default` is asked for then."""
    asked = found.keyword == "required" and found.names == (Text("default"),)
    return asked and found.pointer.endswith("/responses")


def _is_clear_without(name: str, tokens: tuple[str, ...]) -> bool:
    match name:
        case "title" | "version":
            return tokens == ("info",)
        case "name":
            return tokens[:1] == ("tags",)
        case "paths" | "info":
            return not tokens
        case "description" | "scopes" | "required":
            return True
        case _:
            return False


def _other_value(found: Finding, at: Place, tokens: tuple[str, ...]) -> Diagnostic:
    field = tokens[-1] if tokens else ""
    if field in ("exclusiveMaximum", "exclusiveMinimum"):
        message = f"`{field}` is true or false in OpenAPI 3.0, and a number from 3.1 on"
        return finding("openapi-advice", at, message)
    if field == "required" and found.keyword != "type":
        return finding("openapi-advice", at, "a parameter in the path is always `required: true`")
    if found.keyword == "type":
        kinds = " or ".join(_KINDS.get(name.raw, shown(name)) for name in found.names)
        if _is_documentation(found, tokens):
            return finding("openapi-advice", at, f"expected {kinds}")
        return finding("wrong-type", at, f"expected {kinds}")
    message = f"expected one of {_listed(found)}" if found.names else "another value is expected"
    return finding("openapi-schema", at, message)


def _walked(found: Finding, at: Place) -> Diagnostic:
    name = f"`{shown(found.names[0])}`" if found.names else "this"
    match found.keyword:
        case "UnresolvableParameterError":
            message = f"{name} is in the path but not declared: a required string"
            return finding("path-parameter", at.at_key(), message)
        case "UnusedParameterError":
            return finding(
                "unused-path-parameter", at, f"{name} is no part of the path: it is left out"
            )
        case "DuplicateOperationIDError":
            message = "this is the operationId of an earlier operation: this one is renamed"
            return finding("duplicate-operation-id", at, message)
        case "ParameterDuplicateError":
            return finding("duplicate-parameter", at, "a parameter is declared twice")
        case "Default":
            message = "the default does not fit its schema: it is dropped"
            return finding("bad-default", at, message)
        case "PointerToNowhere" | "NoSuchAnchor" | "InvalidAnchor":
            return finding("broken-reference", at, f"{name} leads nowhere")
        case "Unresolvable":
            message = f"{name} leaves this document: only `#/...` is followed"
            return finding("foreign-reference", at, message)
        case "ExtraParametersError":
            return finding("openapi-advice", at, _ADVICE[found.keyword])
        case "OpenAPIValidationError" if not _is_breakdown(found):
            return finding("openapi-advice", at, shown(found.message))
        case _:
            message = "openapi-spec-validator could not look at this: it was judged without it"
            return finding("validator-gave-up", at, message)


def _is_documentation(found: Finding, tokens: tuple[str, ...]) -> bool:
    """Whether a place is in a part of the document that only people read."""
    if found.names == (Text("string"),) and tokens and tokens[-1] in _PROSE:
        return True
    return any(
        token in _DOCUMENTATION and before not in _MAPS
        for before, token in zip(("", *tokens), tokens, strict=False)
    )


def _listed(found: Finding) -> str:
    return ", ".join(f"`{shown(name)}`" for name in found.names)
