"""The fields of every object of Swagger 2.0, and what each may hold.

The second table beside `grammar`, from the "Fixed Fields" of that specification. Schemas are
those of OpenAPI 3 but for `discriminator` and the type `file`: authors write its keywords into
documents of 2.0, where they can mean nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from specloom.document.grammar import (
    COUNT,
    DATA,
    FLAG,
    NOUNS,
    NUMBER,
    PROSE,
    WORD,
    A,
    Grammar,
    Holds,
    ListOf,
    MapOf,
    Noun,
    Plain,
)

METHODS = ("get", "put", "post", "delete", "options", "head", "patch")

_SCHEMA = A("schema")
_ITEMS: Mapping[str, Holds] = {
    "type": WORD,
    "format": WORD,
    "items": A("items"),
    "collectionFormat": WORD,
    "default": DATA,
    "enum": ListOf(DATA),
    "maximum": NUMBER,
    "exclusiveMaximum": Plain.EXCLUSIVE,
    "minimum": NUMBER,
    "exclusiveMinimum": Plain.EXCLUSIVE,
    "maxLength": COUNT,
    "minLength": COUNT,
    "pattern": WORD,
    "maxItems": COUNT,
    "minItems": COUNT,
    "uniqueItems": FLAG,
    "multipleOf": NUMBER,
}
"""What says of a value that is no body what a schema would say."""
FACETS = tuple(key for key in _ITEMS if key not in ("items", "collectionFormat"))
_SAME = ("info", "external documentation", "security requirement", "paths", "responses")

_NOUNS: Mapping[str, Noun] = {
    **{name: NOUNS[name] for name in _SAME},
    "document": Noun(
        {
            "swagger": DATA,
            "info": A("info"),
            "host": WORD,
            "basePath": WORD,
            "schemes": ListOf(WORD),
            "consumes": ListOf(WORD),
            "produces": ListOf(WORD),
            "paths": A("paths"),
            "definitions": MapOf(_SCHEMA),
            "parameters": MapOf(A("parameter")),
            "responses": MapOf(A("response")),
            "securityDefinitions": MapOf(A("security scheme")),
            "security": ListOf(A("security requirement")),
            "tags": ListOf(A("tag")),
            "externalDocs": A("external documentation"),
        },
        required=("swagger", "info"),
    ),
    "tag": Noun(
        {"name": WORD, "description": PROSE, "externalDocs": A("external documentation")},
        required=("name",),
    ),
    "path item": Noun(
        {
            **{method: A("operation") for method in METHODS},
            "parameters": ListOf(A("parameter")),
            "$ref": WORD,
        }
    ),
    "operation": Noun(
        {
            "tags": ListOf(WORD),
            "summary": PROSE,
            "description": PROSE,
            "externalDocs": A("external documentation"),
            "operationId": WORD,
            "consumes": ListOf(WORD),
            "produces": ListOf(WORD),
            "parameters": ListOf(A("parameter")),
            "responses": A("responses"),
            "schemes": ListOf(WORD),
            "deprecated": FLAG,
            "security": ListOf(A("security requirement")),
        }
    ),
    "parameter": Noun(
        {
            **_ITEMS,
            "name": WORD,
            "in": WORD,
            "description": PROSE,
            "required": FLAG,
            "allowEmptyValue": FLAG,
            "schema": _SCHEMA,
            "example": DATA,
        },
        required=("name", "in"),
        referable=True,
    ),
    "items": Noun(_ITEMS),
    "header": Noun({**_ITEMS, "description": PROSE}),
    "response": Noun(
        {
            "description": PROSE,
            "schema": _SCHEMA,
            "headers": MapOf(A("header")),
            "examples": MapOf(DATA),
        },
        referable=True,
    ),
    "security scheme": Noun(
        {
            "type": WORD,
            "description": PROSE,
            "name": WORD,
            "in": WORD,
            "flow": WORD,
            "authorizationUrl": WORD,
            "tokenUrl": WORD,
            "scopes": MapOf(PROSE),
        },
        required=("type",),
    ),
    "schema": Noun(
        {**NOUNS["schema"].fields, "type": Plain.TYPE_OR_FILE, "discriminator": WORD},
        referable=True,
    ),
}

SWAGGER = Grammar("Swagger 2.0", _NOUNS, "document")
