"""What becomes of extensions: some say what to call things, or what values of an enum mean."""

from __future__ import annotations

from specloom.document.hints import GROUPS, LABELS, NAMES, WORDS
from specloom.document.node import Node
from specloom.document.page_hints import KEYS as PAGES
from specloom.ledger.entries import DOCUMENTATION, GENERATED, Entry, ignored
from specloom.ledger.facts import Facts

_ONE_VALUE = ("oneOf", "anyOf")


def extension_of(owner: Node, noun: str, field: str, facts: Facts) -> Entry:
    """Return what becomes of an extension of an object that became something."""
    pointer = owner.at.pointer
    if noun == "schema" and field == "x-secret":
        return GENERATED
    if noun == "server" and field == "x-speakeasy-server-id" and not owner.word("name"):
        return GENERATED
    if field in LABELS or field in WORDS:
        counts = _counts(owner, field, LABELS if field in LABELS else WORDS)
        return DOCUMENTATION if counts and pointer in facts.told else ignored("extension")
    if noun == "operation" and field in GROUPS and _counts(owner, field, GROUPS):
        return GENERATED
    if noun == "operation" and field in PAGES:
        return GENERATED if facts.paged.get(pointer) == field else _NO_NAME
    if field in NAMES and _counts(owner, field, NAMES):
        return GENERATED if owner.word(field) in facts.called.get(pointer, ()) else _NO_NAME
    return _NO_NAME


_NO_NAME = ignored("extension")


def is_hinted(owner: Node, fields: tuple[str, ...]) -> bool:
    """Return whether an extension says what something is to be called."""
    return any((owner.word(field) or "").strip() for field in fields)


def tells_of_value(schema: Node, facts: Facts) -> bool:
    """Return whether the words of a variant are those of a value: of a union of constants."""
    union, _, _ = schema.at.pointer.rpartition("/")
    union, _, keyword = union.rpartition("/")
    return keyword in _ONE_VALUE and union in facts.told


def _counts(owner: Node, field: str, fields: tuple[str, ...]) -> bool:
    """Return whether an extension is the first of its kind."""
    return next((key for key in fields if owner.get(key) is not None), None) == field
