"""Whether the fields of one object of Swagger 2.0 fit together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from specloom.assembly.swagger.parameters import STYLES
from specloom.assembly.swagger.security import FLOWS
from specloom.diagnostics import Diagnostic
from specloom.document.node import Node
from specloom.near import nearest
from specloom.rules.mending import type_meant
from specloom.rules.support import not_yet
from specloom.rules.table import finding
from specloom.shown import shown

_LOCATIONS = ("query", "header", "path", "formData", "body")
_TYPES = ("array", "boolean", "integer", "number", "string")
_FORMATS = (*STYLES, "tsv")
_STYLED = ("query", "formData")
"""Where OpenAPI 3 has more than one way to write a list."""
_KINDS = ("basic", "apiKey", "oauth2")
_NEEDED = {
    "implicit": ("authorizationUrl",),
    "password": ("tokenUrl",),
    "application": ("tokenUrl",),
    "accessCode": ("authorizationUrl", "tokenUrl"),
}


def value(node: Node, noun: str) -> Iterator[Diagnostic]:
    """Return what is wrong with a parameter, a header or an item."""
    location = node.word("in") or ""
    if noun == "parameter" and location not in _LOCATIONS:
        if location:
            yield _other(node, "in", _LOCATIONS)
        return
    yield from _described(node, noun, location)
    if location == "body":
        return
    if location == "path" and not node.flag("required"):
        message = "a parameter in the path is always `required: true`"
        yield finding("openapi-advice", (node.get("required") or node).at, message)
    if noun != "items":
        yield from _typed(node, location)
    yield from _joined(node, noun, location)


def _typed(node: Node, location: str) -> Iterator[Diagnostic]:
    """Return whether a value is of a type that its place has, and its items too."""
    kinds = (*_TYPES, "file") if location == "formData" else _TYPES
    if (kind := node.word("type")) is not None and kind not in kinds:
        message = f"expected one of {', '.join(kinds)}, found `{shown(kind)}`"
        yield finding("wrong-type", node.at.step("type"), message, type_meant(kind))
    if (items := node.get("items")) is None:
        return
    if location == "formData" and items.word("type") == "file":
        message = "no list holds files by the letter of Swagger 2.0: each is taken for a part"
        yield finding("openapi-advice", items.at, message)
    else:
        yield from _typed(items, "")


def _described(node: Node, noun: str, location: str) -> Iterator[Diagnostic]:
    """Return whether it is described by the field that does so in its place."""
    right, other = ("schema", "type") if location == "body" else ("type", "schema")
    if node.get(right) is not None:
        return
    if node.get(other) is not None and noun == "parameter":
        message = f"this is described by `{other}`, which is read though `{right}` is expected"
        at = node.at.step(other)
        yield finding("parameter-type", at.at_key(), message)
    else:
        yield finding("incomplete", node.at, f"there is no `{right}`: it may be anything")


def _joined(node: Node, noun: str, location: str) -> Iterator[Diagnostic]:
    said = node.get("collectionFormat")
    items = node.get("items")
    if items is not None and items.word("type") == "array":
        yield not_yet(items.at, "a list of lists outside of a body")
    if said is None or not isinstance(said.value, str):
        return
    if said.value not in _FORMATS:
        yield _other(node, "collectionFormat", _FORMATS)
    elif node.word("type") != "array":
        message = "this is no list: `collectionFormat` is ignored"
        yield finding("openapi-advice", said.at.at_key(), message)
    elif said.value == "tsv":
        yield not_yet(said.at, "a list separated by tabs")
    elif said.value == "multi" and location not in _STYLED:
        message = "only lists in a query or a form can be repeated"
        yield finding("openapi-schema", said.at, message, "write `collectionFormat: csv`")
    elif said.value != "csv" and location not in _STYLED and noun != "items":
        yield not_yet(said.at, f"a list `{shown(said.value)}` in this place")


def security_scheme(node: Node) -> Iterator[Diagnostic]:
    """Return what is wrong with a security scheme."""
    match node.word("type"):
        case "basic" | None:
            return
        case "apiKey":
            yield from _missing(node, ("name", "in"))
            if node.word("in") not in (None, "header", "query"):
                yield _other(node, "in", ("header", "query"))
        case "oauth2":
            flow = node.word("flow")
            if flow is None:
                yield from _missing(node, ("flow",))
            elif flow not in FLOWS:
                yield _other(node, "flow", FLOWS)
            else:
                absent = [key for key in _NEEDED[flow] if node.get(key) is None]
                for key in absent:
                    yield finding("incomplete", node.at.at_key(), f"there is no `{key}`")
        case _:
            yield _other(node, "type", _KINDS)


def _missing(node: Node, names: Iterable[str]) -> Iterator[Diagnostic]:
    for name in names:
        if node.get(name) is None:
            message = f"the security scheme has no `{name}`"
            yield finding("missing-field", node.at.at_key(), message)


def _other(node: Node, key: str, allowed: Iterable[str]) -> Diagnostic:
    listed = ", ".join(f"`{word}`" for word in allowed)
    found = node.get(key)
    at = node.at.step(key)
    word = found.value if found is not None and isinstance(found.value, str) else ""
    near = nearest(word, allowed) if word else ""
    hint = f"did you mean `{near}`?" if near else ""
    return finding("openapi-schema", at, f"expected one of {listed}", hint)
