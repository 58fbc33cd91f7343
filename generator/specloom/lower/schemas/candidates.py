"""A schema as the calculus of unions, and as assertions, know it: by its places in the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from specloom.assertion import Assertion, Every
from specloom.document.node import at_pointer, pointer_of
from specloom.document.root import Document
from specloom.document.schema import Schema
from specloom.lower.meaning.parts import is_synthetic
from specloom.lower.meaning.restricted import restricted
from specloom.lower.schemas.assertions import assertion_of
from specloom.lower.schemas.formatted import Formats
from specloom.lower.schemas.leaves import ITSELF, is_itself
from specloom.unions import Alternative, Part


def places(schema: Schema, document: Document) -> Alternative:
    """Return the places that say together what a schema says."""
    if is_synthetic(schema):
        return tuple(part for each in schema.all_of for part in places(each, document))
    pointer = schema.at.pointer
    if schema.reference is not None and _spoken(schema) == frozenset({"$ref"}):
        return (Part(pointer_of(schema.reference)),)
    if is_itself(schema):
        return (Part(pointer.removesuffix(ITSELF), frozenset({"discriminator"})),)
    written = at_pointer(document.root, pointer)
    match None if written is None else written.value:
        case Mapping() as members:
            return (Part(pointer, frozenset(members) - _spoken(schema)),)
        case Sequence() as listed if not isinstance(listed, str):
            # a union that stands beside another: the schema that it is a keyword of, and no more
            home, _, keyword = pointer.rpartition("/")
            around = at_pointer(document.root, home)
            others = () if around is None else around.keys
            return (Part(home, frozenset(others) - {keyword}),)
        case None if schema.kinds is not None:  # what was made for one kind of value
            return (Part(pointer, kind=schema.kinds[0]),)
        case _:
            return (Part(pointer),)


def asserted(schema: Schema, document: Document, *, formats: Formats = Formats.HERE) -> Assertion:
    """Return all that a schema asserts, wherever it says so.

    Formats count where variants are told apart, not where values are refused.
    """
    if is_synthetic(schema):
        return Every(tuple(asserted(each, document, formats=formats) for each in schema.all_of))
    if not isinstance(schema.node.value, Mapping):
        return assertion_of(schema, document, formats=formats)
    return assertion_of(restricted(schema, _spoken(schema)), document, formats=formats)


def _spoken(schema: Schema) -> frozenset[str]:
    """Return the keywords of a schema that count: a base stands without the union around it."""
    gone = {
        "oneOf": not schema.one_of,
        "anyOf": not schema.any_of,
        "allOf": not schema.all_of,
        "$ref": schema.reference is None,
        "discriminator": schema.discriminator is None,
    }
    return frozenset(key for key in schema.node.keys if not gone.get(key, False))
