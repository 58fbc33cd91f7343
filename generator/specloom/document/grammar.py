"""The fields of every object of OpenAPI 3.0, 3.1 and 3.2, and what each may hold.

One table, from the "Fixed Fields" of the specifications. It says where schemas, references and
prose stand, so that no other module searches a document by key: a property that is called
`$ref` is not a reference, and a default that holds one is data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Plain(Enum):
    """A field that holds no further object of OpenAPI."""

    PROSE = "prose"
    """A string for people."""
    WORD = "word"
    """A string for programs: a name, an address, a keyword."""
    FLAG = "flag"
    NUMBER = "number"
    COUNT = "count"
    """A whole number, not negative."""
    DATA = "data"
    """Any JSON value."""
    EXCLUSIVE = "exclusive"
    """`exclusiveMinimum` and its twin: a flag in 3.0, a number from 3.1 on."""
    TYPE = "type"
    """A string or a list of them."""
    TYPE_OR_FILE = "type or file"
    """`type` in Swagger 2.0, which has one for files."""


@dataclass(frozen=True, slots=True)
class ListOf:
    item: Holds


@dataclass(frozen=True, slots=True)
class MapOf:
    value: Holds


@dataclass(frozen=True, slots=True)
class A:
    """An object of OpenAPI, by its name in `NOUNS`. A schema may be a boolean as well."""

    noun: str


Holds: TypeAlias = "Plain | ListOf | MapOf | A"


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of object: its fixed fields, which of them it cannot do without, and the rest."""

    fields: Mapping[str, Holds]
    required: tuple[str, ...] = ()
    others: Holds | None = None
    """What fields with free names hold; None where there are no such fields."""
    referable: bool = False
    """Whether a Reference Object may stand in its place."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Grammar:
    """What the objects of a dialect are made of."""

    name: str
    nouns: Mapping[str, Noun]
    home: str
    """The noun whose fields hold what is referred to by name."""


PROSE, WORD, FLAG, NUMBER, COUNT, DATA = (
    Plain.PROSE,
    Plain.WORD,
    Plain.FLAG,
    Plain.NUMBER,
    Plain.COUNT,
    Plain.DATA,
)
_SCHEMA = A("schema")
_SCHEMAS = ListOf(_SCHEMA)
_DOCS: Mapping[str, Holds] = {"summary": PROSE, "description": PROSE}
_EXAMPLES: Mapping[str, Holds] = {"example": DATA, "examples": DATA}
_PARAMETER: Mapping[str, Holds] = {
    **_EXAMPLES,
    "description": PROSE,
    "required": FLAG,
    "deprecated": FLAG,
    "allowEmptyValue": FLAG,
    "style": WORD,
    "explode": FLAG,
    "allowReserved": FLAG,
    "schema": _SCHEMA,
    "content": MapOf(A("media type")),
}
_FLOW: Mapping[str, Holds] = {
    "authorizationUrl": WORD,
    "deviceAuthorizationUrl": WORD,
    "tokenUrl": WORD,
    "refreshUrl": WORD,
    "scopes": MapOf(PROSE),
}

WEBHOOKS = ("webhooks", "x-webhooks")
"""The second is what OpenAPI 3.0 has them as: of an extension by ReDoc the field of 3.1 was made."""
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

NOUNS: Mapping[str, Noun] = {
    "document": Noun(
        {
            "openapi": WORD,
            "$self": WORD,
            "info": A("info"),
            "jsonSchemaDialect": WORD,
            "servers": ListOf(A("server")),
            "paths": A("paths"),
            **dict.fromkeys(WEBHOOKS, MapOf(A("path item"))),
            "components": A("components"),
            "security": ListOf(A("security requirement")),
            "tags": ListOf(A("tag")),
            "externalDocs": A("external documentation"),
        },
        required=("openapi", "info"),
    ),
    "info": Noun(
        {
            **_DOCS,
            "title": PROSE,
            "version": PROSE,
            "termsOfService": PROSE,
            "contact": MapOf(DATA),
            "license": MapOf(DATA),
        },
        required=("title", "version"),
    ),
    "external documentation": Noun({"description": PROSE, "url": PROSE}),
    "tag": Noun(
        {
            **_DOCS,
            "name": WORD,
            "parent": WORD,
            "kind": WORD,
            "externalDocs": A("external documentation"),
        },
        required=("name",),
    ),
    "server": Noun(
        {
            "url": WORD,
            "name": WORD,
            "description": PROSE,
            "variables": MapOf(A("server variable")),
        },
        required=("url",),
    ),
    "server variable": Noun(
        {"enum": ListOf(WORD), "default": WORD, "description": PROSE}, required=("default",)
    ),
    "paths": Noun({}, others=A("path item")),
    "path item": Noun(
        {
            **_DOCS,
            **{method: A("operation") for method in METHODS},
            "additionalOperations": MapOf(A("operation")),
            "servers": ListOf(A("server")),
            "parameters": ListOf(A("parameter")),
            "$ref": WORD,
        }
    ),
    "operation": Noun(
        {
            **_DOCS,
            "tags": ListOf(WORD),
            "externalDocs": A("external documentation"),
            "operationId": WORD,
            "parameters": ListOf(A("parameter")),
            "requestBody": A("request body"),
            "responses": A("responses"),
            "callbacks": MapOf(A("callback")),
            "deprecated": FLAG,
            "security": ListOf(A("security requirement")),
            "servers": ListOf(A("server")),
        }
    ),
    "parameter": Noun(
        {**_PARAMETER, "name": WORD, "in": WORD}, required=("name", "in"), referable=True
    ),
    "header": Noun(_PARAMETER, referable=True),
    "request body": Noun(
        {"description": PROSE, "content": MapOf(A("media type")), "required": FLAG},
        required=("content",),
        referable=True,
    ),
    "media type": Noun(
        {
            **_EXAMPLES,
            "schema": _SCHEMA,
            "itemSchema": _SCHEMA,
            "encoding": MapOf(A("encoding")),
            "prefixEncoding": ListOf(A("encoding")),
            "itemEncoding": A("encoding"),
        },
        referable=True,
    ),
    "encoding": Noun(
        {
            "contentType": WORD,
            "headers": MapOf(A("header")),
            "style": WORD,
            "explode": FLAG,
            "allowReserved": FLAG,
            "encoding": MapOf(A("encoding")),
            "prefixEncoding": ListOf(A("encoding")),
            "itemEncoding": A("encoding"),
        }
    ),
    "responses": Noun({}, others=A("response")),
    "response": Noun(
        {
            **_DOCS,
            "headers": MapOf(A("header")),
            "content": MapOf(A("media type")),
            "links": MapOf(A("link")),
        },
        referable=True,
    ),
    "link": Noun(
        {
            "operationRef": WORD,
            "operationId": WORD,
            "parameters": DATA,
            "requestBody": DATA,
            "description": PROSE,
            "server": A("server"),
        },
        referable=True,
    ),
    "callback": Noun({}, others=A("path item"), referable=True),
    "example": Noun(
        {
            **_DOCS,
            "value": DATA,
            "dataValue": DATA,
            "serializedValue": DATA,
            "externalValue": WORD,
        },
        referable=True,
    ),
    "components": Noun(
        {
            "schemas": MapOf(_SCHEMA),
            "responses": MapOf(A("response")),
            "parameters": MapOf(A("parameter")),
            "examples": MapOf(A("example")),
            "requestBodies": MapOf(A("request body")),
            "headers": MapOf(A("header")),
            "securitySchemes": MapOf(A("security scheme")),
            "links": MapOf(A("link")),
            "callbacks": MapOf(A("callback")),
            "pathItems": MapOf(A("path item")),
            "mediaTypes": MapOf(A("media type")),
        }
    ),
    "security requirement": Noun({}, others=ListOf(WORD)),
    "security scheme": Noun(
        {
            "type": WORD,
            "description": PROSE,
            "name": WORD,
            "in": WORD,
            "scheme": WORD,
            "bearerFormat": PROSE,
            "flows": MapOf(A("flow")),
            "openIdConnectUrl": WORD,
            "oauth2MetadataUrl": WORD,
            "deprecated": FLAG,
        },
        required=("type",),
        referable=True,
    ),
    "flow": Noun(_FLOW),
    "discriminator": Noun(
        {"propertyName": WORD, "mapping": MapOf(WORD), "defaultMapping": WORD},
        required=("propertyName",),
    ),
    "schema": Noun(
        {
            "$ref": WORD,
            "$schema": WORD,
            "$id": WORD,
            "$anchor": WORD,
            "$dynamicRef": WORD,
            "$dynamicAnchor": WORD,
            "$vocabulary": DATA,
            "$comment": PROSE,
            "$defs": MapOf(_SCHEMA),
            "definitions": MapOf(_SCHEMA),
            "title": PROSE,
            "description": PROSE,
            "type": Plain.TYPE,
            "format": WORD,
            "nullable": FLAG,
            "const": DATA,
            "enum": ListOf(DATA),
            "default": DATA,
            **_EXAMPLES,
            "deprecated": FLAG,
            "readOnly": FLAG,
            "writeOnly": FLAG,
            "properties": MapOf(_SCHEMA),
            "required": ListOf(WORD),
            "additionalProperties": _SCHEMA,
            "patternProperties": MapOf(_SCHEMA),
            "propertyNames": _SCHEMA,
            "unevaluatedProperties": _SCHEMA,
            "unevaluatedItems": _SCHEMA,
            "minProperties": COUNT,
            "maxProperties": COUNT,
            "dependentRequired": MapOf(ListOf(WORD)),
            "dependentSchemas": MapOf(_SCHEMA),
            "items": _SCHEMA,
            "prefixItems": _SCHEMAS,
            "contains": _SCHEMA,
            "minContains": COUNT,
            "maxContains": COUNT,
            "minItems": COUNT,
            "maxItems": COUNT,
            "uniqueItems": FLAG,
            "minLength": COUNT,
            "maxLength": COUNT,
            "pattern": WORD,
            "minimum": NUMBER,
            "maximum": NUMBER,
            "exclusiveMinimum": Plain.EXCLUSIVE,
            "exclusiveMaximum": Plain.EXCLUSIVE,
            "multipleOf": NUMBER,
            "allOf": _SCHEMAS,
            "anyOf": _SCHEMAS,
            "oneOf": _SCHEMAS,
            "not": _SCHEMA,
            "if": _SCHEMA,
            "then": _SCHEMA,
            "else": _SCHEMA,
            "contentEncoding": WORD,
            "contentMediaType": WORD,
            "contentSchema": _SCHEMA,
            "discriminator": A("discriminator"),
            "xml": DATA,
            "externalDocs": A("external documentation"),
        },
        referable=True,
    ),
}

OPENAPI = Grammar("OpenAPI", NOUNS, "components")
