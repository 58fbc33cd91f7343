"""What usually becomes of the fields of each object of OpenAPI, beside its grammar.

A field that is not named here is generated where its object is. What depends on more than that is
asked in `objects` and `keywords`.
"""

from __future__ import annotations

from collections.abc import Mapping

from specloom.ledger.entries import Entry, ignored

_DOCS = {"externalDocs": "external-docs"}
_EXAMPLES = {"example": "example", "examples": "example"}

_IGNORED: Mapping[str, Mapping[str, str]] = {
    "document": {
        **_DOCS,
        "openapi": "dialect",
        "$self": "dialect",
        "jsonSchemaDialect": "dialect",
    },
    "info": dict.fromkeys(
        ("summary", "description", "termsOfService", "contact", "license"), "about"
    ),
    "path item": {"summary": "unprinted", "description": "unprinted"},
    "operation": _DOCS,
    "server variable": {"description": "unprinted"},
    "parameter": {
        **_EXAMPLES,
        "allowEmptyValue": "allow-empty-value",
    },
    "header": _EXAMPLES,
    "tag": {**_DOCS, **dict.fromkeys(("summary", "parent", "kind"), "tag")},
    "media type": _EXAMPLES,
    "encoding": {"headers": "part-header"},
    "response": {"summary": "unprinted", "links": "link"},
    "components": {"examples": "example", "links": "link"},
    "security scheme": {
        "description": "unprinted",
        "bearerFormat": "token-source",
        "openIdConnectUrl": "token-source",
        "oauth2MetadataUrl": "token-source",
        "deprecated": "deprecated",
    },
    "flow": {"deviceAuthorizationUrl": "token-source"},
    "schema": {
        **_DOCS,
        **_EXAMPLES,
        **dict.fromkeys(("$schema", "$id", "$vocabulary"), "dialect"),
        "$comment": "comment",
        "contentSchema": "content-schema",
        "xml": "xml",
    },
}
FIELDS: Mapping[tuple[str, str], Entry] = {
    (noun, field): ignored(rule)
    for noun, fields in _IGNORED.items()
    for field, rule in fields.items()
}


def usual(noun: str, field: str) -> Entry | None:
    """Return what becomes of a field wherever it stands; None where that depends."""
    return FIELDS.get((noun, field))
