"""What the stages cannot do yet: each is an error with a place, never a guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from specloom.diagnostics import Diagnostic
from specloom.document.grammar import METHODS, A
from specloom.document.node import Node
from specloom.document.walk import walk
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Kind, Place, Tree

_KEYWORDS = (
    "$id",
    "$anchor",
    "$dynamicRef",
    "$dynamicAnchor",
    "patternProperties",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
    "dependentRequired",
    "dependentSchemas",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "pattern",
    "not",
    "if",
    "then",
    "else",
)
_DIALECTS = (
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.1/",
    "https://spec.openapis.org/oas/3.2/",
)
_STYLES = {"path": ("simple", False), "query": ("form", True)}


def support(root: Node) -> Iterator[Diagnostic]:
    """Return every place of a sound document that waits for a later version."""
    yield from _dialect(root, "jsonSchemaDialect")
    yield from _schemas(root)
    if (webhooks := root.get("webhooks")) is not None and webhooks.value:
        yield not_yet(webhooks.at.at_key(), "`webhooks`")
    for server in root.elements("servers"):
        yield from _server(server)
    for path, item in root.children("paths"):
        if not path.startswith("x-"):
            yield from _path_item(item.followed())


def not_yet(at: Place, what: str, hint: str = "") -> Diagnostic:
    return finding("not-supported-yet", at, f"{what}: this version cannot do that yet", hint)


def _schemas(root: Node) -> Iterator[Diagnostic]:
    for visit in walk(root):
        node = visit.node
        if visit.holds != A("schema"):
            continue
        yield from _dialect(node, "$schema")
        if node.value is False and not node.at.pointer.endswith("/additionalProperties"):
            yield not_yet(node.at, "a schema that nothing fits")
        for keyword in _KEYWORDS:
            if (child := node.get(keyword)) is not None:
                yield not_yet(child.at.at_key(), f"`{keyword}`")
        kinds = node.get("type")
        if kinds is not None and isinstance(kinds.value, Sequence):
            words = set(_words(kinds.value)) - {Kind.NULL.value}
            if len(words) > 1:
                yield not_yet(kinds.at, "a value of several types")


def _dialect(node: Node, key: str) -> Iterator[Diagnostic]:
    dialect = node.word(key)
    if dialect is not None and not dialect.rstrip("#").startswith(_DIALECTS):
        yield not_yet(node.at.step(key), f"the dialect `{shown(dialect)}`")


def _words(value: Tree) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence):
        return tuple(word for word in value if isinstance(word, str))
    return ()


def _server(node: Node) -> Iterator[Diagnostic]:
    if (variables := node.get("variables")) is not None and variables.value:
        yield not_yet(variables.at.at_key(), "a server with variables")
    url = node.word("url") or ""
    if url != "/" and not url.startswith(("https://", "http://")):
        yield not_yet(node.at.step("url"), f"the relative address `{shown(url)}`")


def _path_item(node: Node) -> Iterator[Diagnostic]:
    for name in ("servers", "additionalOperations"):
        if (child := node.get(name)) is not None:
            yield not_yet(child.at.at_key(), f"`{name}` of a path")
    parameters = tuple(node.elements("parameters"))
    for method, operation in node.members():
        if method in METHODS:
            yield from _operation(operation)
            parameters += tuple(operation.elements("parameters"))
    for parameter in {p.followed().at: p.followed() for p in parameters}.values():
        yield from _parameter(parameter)


def _operation(node: Node) -> Iterator[Diagnostic]:
    for name in ("servers", "callbacks"):
        if (child := node.get(name)) is not None and child.value:
            yield not_yet(child.at.at_key(), f"`{name}` of an operation")
    if (body := node.get("requestBody")) is not None:
        yield from _content(body.followed(), "request body")
    for status, child in node.children("responses"):
        response = child.followed()
        if status.startswith("x-"):
            continue
        if (headers := response.get("headers")) is not None and headers.value:
            yield not_yet(headers.at.at_key(), "`headers` of a response")
        if status.upper().startswith("2") or status == "default":
            yield from _content(response, "response")


def _content(node: Node, what: str) -> Iterator[Diagnostic]:
    media_types = tuple(node.children("content"))
    if len(media_types) > 1:
        at = media_types[1][1].at.at_key()
        yield not_yet(at, f"a {what} of several content types")
    for name, child in media_types[:1]:
        media_type = child.followed()
        codec = codec_of(name)
        if codec is None or (codec == "form" and what == "response"):
            yield not_yet(child.at.at_key(), f"a {what} of type `{shown(name)}`")
        elif media_type.get("schema") is None:
            yield not_yet(child.at.at_key(), f"a {what} without a schema")
        for field in ("encoding", "itemSchema", "prefixEncoding", "itemEncoding"):
            if (found := media_type.get(field)) is not None and found.value:
                yield not_yet(found.at.at_key(), f"`{field}`")


def codec_of(media_type: str) -> str | None:
    """Return how a media type is written (RFC 6839, section 3.1): `json`, `form` or None."""
    name = media_type.partition(";")[0].strip().lower()
    if name == "application/json" or name.endswith("+json"):
        return "json"
    return "form" if name == "application/x-www-form-urlencoded" else None


def _parameter(node: Node) -> Iterator[Diagnostic]:
    location = node.word("in") or ""
    if location not in _STYLES:
        yield not_yet(node.at.step("in"), f"a parameter in `{shown(location)}`")
        return
    style, explode = _STYLES[location]
    if node.word("style") not in (None, style):
        yield not_yet(node.at.step("style"), f"a style other than `{style}` in the {location}")
    if node.flag("explode", absent=explode) is not explode:
        yield not_yet(node.at.step("explode"), "an `explode` that is not the style's own")
    for name in ("allowReserved", "allowEmptyValue"):
        if node.flag(name):
            yield not_yet(node.at.step(name).at_key(), f"`{name}`")
    if (content := node.get("content")) is not None:
        yield not_yet(content.at.at_key(), "`content` of a parameter")
