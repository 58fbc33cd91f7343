"""Which objects of the document became something, and what that decides of their fields."""

from __future__ import annotations

from dataclasses import replace

from specloom import ir
from specloom.document.hints import GROUPS
from specloom.document.node import Node
from specloom.document.schema import read_schema
from specloom.ledger.entries import DOCUMENTATION, GENERATED, Entry, ignored
from specloom.ledger.facts import Facts, unit
from specloom.ledger.hints import is_hinted
from specloom.lower.operations.contents import is_more_than_text
from specloom.lower.schemas.media import FORMS
from specloom.python.client.outdated import told
from specloom.values import Kind
from specloom.words import split

_IN_MODEL = (
    *("operation", "parameter", "header", "request body", "response", "security scheme", "server"),
)
"""Nouns whose objects stand in the model by their own place."""
_DEFINED = ("$defs", "definitions")
_NAMED = ("name", "url", "content")
"""Members that a finding about the whole may be at."""
_OF_PARTS = ("itemSchema", "prefixEncoding", "itemEncoding")


def fate(node: Node, noun: str, facts: Facts) -> Entry:
    """Return what becomes of an object whose surroundings became something."""
    target = node.followed() if noun != "schema" else node
    pointer = target.at.pointer
    if noun == "parameter" and pointer in facts.telling:
        return GENERATED
    if noun == "schema" and _owner_field(node) in _DEFINED and pointer not in facts.referred:
        return ignored("unused")
    if noun in _IN_MODEL and pointer not in facts.places:
        return _left_out(node, noun, facts)
    if noun == "tag" and pointer not in facts.places:
        return ignored("tag")
    if noun == "flow" and pointer not in facts.places:
        return _said_within(node, facts) or ignored("token-source")
    if noun == "media type" and node.at.pointer not in facts.contents:
        return _content(node, facts)
    return GENERATED


def _left_out(node: Node, noun: str, facts: Facts) -> Entry:
    """Return why an object is not in the model: a finding, or what is said of its kind."""
    said = _said(node, facts)
    if said is not None:
        return said
    if _is_asked_with(node, noun, facts):
        return ignored("incoming")
    if noun == "server":
        # `/` alone is where the caller says that the API is
        return GENERATED if node.word("url") == "/" and _is_first(node) else ignored("other-server")
    if node.at.pointer.startswith("/components/"):
        return ignored("unused")
    return ignored("overridden-parameter" if noun == "parameter" else "unused")


def _is_asked_with(node: Node, noun: str, facts: Facts) -> bool:
    """Return whether something says how the API itself asks, of one request or of all of an item."""
    owner = _owner(node)
    is_asked = owner in facts.incoming or owner in facts.asking
    return is_asked and noun in ("parameter", "server", "header")


def _said(node: Node, facts: Facts) -> Entry | None:
    for place in (node.at, *(node.at.step(key) for key in _NAMED)):
        if (rule := facts.left_out.get(place.pointer)) is not None:
            return ignored(rule)
    return None


def _said_within(node: Node, facts: Facts) -> Entry | None:
    """Return the rule of a finding about an object, or one of its fields."""
    for place in (node.at, *(child.at for _, child in node.members())):
        if (rule := facts.left_out.get(place.pointer)) is not None:
            return ignored(rule)
    return None


def scope_of(scope: Node, facts: Facts) -> Entry:
    """Return what becomes of what is said of a scope: the first that speaks of it counts."""
    text = scope.value if isinstance(scope.value, str) else ""
    is_told = text in facts.printed.get(scope.at.pointer, ())
    return DOCUMENTATION if is_told and text.strip() else ignored("unprinted")


def _owner_field(node: Node) -> str:
    """Return the field that holds the map or the list that a node is in."""
    return node.at.pointer.rpartition("/")[0].rpartition("/")[2]


def _is_first(node: Node) -> bool:
    return node.at.pointer.endswith("/servers/0")


def _owner(node: Node) -> str:
    """Return the pointer of what a list or a map that holds the node stands in."""
    return node.at.pointer.rpartition("/")[0].rpartition("/")[0]


def _content(node: Node, facts: Facts) -> Entry:
    """Return what becomes of content that the model does not have."""
    owner = _owner(node)
    at = owner.rpartition("/")
    if at[0].endswith("/parameters") or at[0].endswith("/headers"):
        return GENERATED  # of a parameter or a header, which says itself how it is written
    if node.at.pointer.startswith("/components/mediaTypes/"):
        return GENERATED
    said = _said(node, facts)
    if said is None and (rule := facts.left_out.get(f"{owner}/content")) is not None:
        said = ignored(rule)
    return said or ignored("failure-content")


# --- fields ----------------------------------------------------------------------------------


def field_of(noun: str, owner: Node, field: str, facts: Facts) -> Entry:
    """Return what becomes of a field of an object that became something."""
    match noun, field:
        case _, "$ref" if noun != "schema":
            return GENERATED
        case _, _ if owner.reference is not None and noun not in ("schema", "path item"):
            return ignored("beside-reference")
        case "operation", "summary" if (owner.word("description") or "").strip():
            return ignored("unprinted")
        case "operation", "summary" | "description":
            return prose(owner, field, facts)
        case "operation", "tags" if is_hinted(owner, GROUPS):
            return ignored("later-tag")
        case "operation", "parameters" if _is_told(owner, facts):
            return GENERATED
        case "operation", "security" | "tags" | "servers" | "parameters" if (
            owner.at.pointer in facts.incoming
        ):
            return ignored("incoming")
        case "operation" | "header", "deprecated" if owner.at.pointer not in facts.printed:
            return ignored("deprecated")
        case "operation" | "parameter", "deprecated" if _may_warn(owner, noun):
            return GENERATED
        case "operation" | "parameter" | "header", "deprecated":
            return DOCUMENTATION
        case "operation" | "parameter", "description" if (
            owner.flag("deprecated") and _may_warn(owner, noun) and told(owner.prose(field))
        ):
            return GENERATED
        case "tag", "name":
            return DOCUMENTATION  # it says whose words they are
        case "header" | "parameter" | "request body" | "response" | "tag", "description":
            return prose(owner, field, facts)
        case "request body", "required" if owner.at.pointer not in facts.bodies:
            return ignored("incoming")
        case "parameter", "name" | "in" if owner.at.pointer not in facts.parameters:
            return ignored("unused")  # it is referred to as a header
        case "parameter", "required" if owner.word("in") == "path":
            return ignored("required-in-path")
        case "server", "description" | "name":
            return _server(owner, field, facts)
        case "media type", _:
            return _media_type(owner, field, facts)
        case "encoding", "contentType" if any(
            owner.get(key) is not None for key in ("style", "explode", "allowReserved")
        ):
            return ignored("beside-style")
        case "security scheme", "flows" if owner.word("type") != "oauth2":
            return ignored("token-source")
        case "flow", "authorizationUrl" if owner.at.pointer.endswith("/clientCredentials"):
            return ignored("token-source")
        case "security scheme", "name" | "in" if owner.word("type") != "apiKey":
            return ignored("token-source")
        case "security scheme", "scheme" if owner.word("type") != "http":
            return ignored("token-source")
        case _:
            return GENERATED


def _is_told(operation: Node, facts: Facts) -> bool:
    """Return whether an operation is a webhook of which a header says something."""
    parameters = operation.elements("parameters")
    return any(each.followed().at.pointer in facts.telling for each in parameters)


def _may_warn(owner: Node, noun: str) -> bool:
    """Return whether a call may be warned of: a parameter that has to be given says nothing."""
    return noun == "operation" or not (owner.flag("required") or owner.word("in") == "path")


def prose(owner: Node, field: str, facts: Facts) -> Entry:
    """Return what becomes of words about something that may have a docstring."""
    text = owner.word(field)
    here = facts.printed.get(owner.at.pointer)
    if text is None or not text.strip():
        return ignored("unprinted") if here is None else DOCUMENTATION
    is_told = text in (here or ()) or text in facts.moved.get(unit(owner.at.pointer), ())
    return DOCUMENTATION if is_told else ignored("unprinted")


def _server(owner: Node, field: str, facts: Facts) -> Entry:
    server = facts.servers.get(owner.at.pointer)
    text = owner.word(field)
    if server is None or text is None or not text.strip():
        return ignored("unprinted")
    names = [hint.text.raw for hint in server.hints if 0 < len(split(hint.text)) <= 3]
    if names[:1] == [text]:
        return GENERATED
    return prose(owner, field, facts)


def _media_type(owner: Node, field: str, facts: Facts) -> Entry:
    content = facts.contents.get(owner.at.pointer)
    if content is None:
        return GENERATED
    if content.series is not None and not isinstance(content.series, ir.Chunks):
        if field not in ("schema", "itemSchema"):
            return ignored("carried-whole")
        return GENERATED if content.series.item is not None else ignored("untyped-content")
    if content.opaque is not None:
        is_inside = field == "itemSchema" or (field == "schema" and not owner.get("itemSchema"))
        kept = is_inside and content.opaque.inside is not None
        return GENERATED if kept else ignored("carried-whole")
    if field in _OF_PARTS:
        return ignored("unknown-field")  # as the finding says: it is no stream, and has names
    if field == "encoding":
        return GENERATED if content.codec in FORMS else ignored("encoding-of-no-form")
    return GENERATED if content.type is not None else ignored("untyped-content")


def decisive(owner: Node, noun: str, field: str, facts: Facts) -> Node | None:
    """Return the node within a field that is not generated which decides that it is not.

    A text of a schema of numbers is handed over as it is; the same schema of texts would be a type.
    """
    content = facts.contents.get(owner.at.pointer) if noun == "media type" else None
    schema = owner.get("schema") if field == "schema" else None
    if content is None or schema is None or content.codec is not ir.Codec.TEXT:
        return None
    kind = schema.get("type")
    if (
        content.opaque is not None
        or content.series is not None
        or kind is None
        or kind.value == Kind.STRING.value
    ):
        return None
    as_text = replace(read_schema(schema), kinds=(Kind.STRING,))
    return kind if is_more_than_text(as_text) else None


def item_of(field: str, number: int) -> Entry | None:
    """Return what becomes of a word in a list of a field, where that depends on its number."""
    match field:
        case "tags":
            return GENERATED if number == 0 else ignored("later-tag")
        case "security requirement":
            return ignored("token-source")
        case _:
            return None
