"""What the JSON Schema of Swagger 2.0 says of a document, beyond our own rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from specloom.diagnostics import Diagnostic
from specloom.document.node import Node
from specloom.document.swagger import SWAGGER
from specloom.pointers import tokens_of
from specloom.rules.findings import judge
from specloom.rules.table import finding
from specloom.rules.validator import Finding, schema_findings
from specloom.values import Place

_ITS_OWN = frozenset(
    ("enum", "format", "minItems", "minProperties", "pattern", "required", "uniqueItems")
)
"""What only the schema judges. Types and fields are a matter of the grammar, which is milder."""
_ALTERNATIVES = ("parameters", "securityDefinitions")
"""What it describes by alternatives, without telling which of them was meant."""
_KEYWORDS = SWAGGER.nouns["schema"].fields


def by_the_letter(root: Node, spoken: Collection[str]) -> Iterator[Diagnostic]:
    """Return the findings that are worth telling; `spoken` says of which places something is said."""
    found = schema_findings(root.value, "2.0")
    yield from judge((f for f in found if _is_worth_telling(f)), root.at.file, spoken)
    for one in found:
        if one.keyword == "additionalProperties" and one.pointer not in spoken:
            yield from _of_later(one, Place(root.at.file, one.pointer))


def _is_worth_telling(found: Finding) -> bool:
    tokens = tokens_of(found.pointer)
    if found.keyword not in _ITS_OWN or any(token in _ALTERNATIVES for token in tokens):
        return False
    names = {name.raw for name in found.names}
    # those are told of the document that is made of this one
    return "responses" not in names and tokens[-1:] != ("required",)


def _of_later(found: Finding, at: Place) -> Iterator[Diagnostic]:
    tokens = tokens_of(found.pointer) or ("",)
    name, owner = tokens[-1], tokens[-3] if len(tokens) > 2 else ""
    if name in _KEYWORDS and owner not in _ALTERNATIVES:
        message = f"`{name}` is a keyword of OpenAPI 3, not of Swagger 2.0: it is read as there"
        yield finding("openapi-advice", at.at_key(), message)
