"""Extensions that say what to call things: for names and for prose, and for nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.document.node import Node
from specloom.values import EMPTY, Json, Text

NAMES = ("x-speakeasy-name-override", "x-fern-sdk-method-name", "x-ms-client-name", "x-name")
GROUPS = ("x-speakeasy-group", "x-fern-sdk-group-name")
LABELS = ("x-enum-varnames", "x-enumNames", "enumNames", "x-enumnames", "x-enum-names")
WORDS = ("x-enum-descriptions", "x-enumDescriptions", "x-enum-description")


@dataclass(frozen=True, slots=True)
class Value:
    """What an author calls a value of an enum, and says of it."""

    value: Json
    label: Text
    description: Text


def name_hint(node: Node) -> Text | None:
    """Return what something is to be called."""
    return _text(node, NAMES)


def group_hint(node: Node) -> Text | None:
    """Return what the group of an operation is to be called."""
    return _text(node, GROUPS)


def values(node: Node) -> tuple[Value, ...]:
    """Return what is said of the values of an enum; nothing where nothing is.

    Lists go by position, so they count only where they are as long as the enum; objects go by
    value. A union of constants says it by their titles and descriptions.
    """
    keys = node.keys
    if "enum" not in keys:
        return _constants(node) if "oneOf" in keys or "anyOf" in keys else ()
    if not any(key in keys for key in (*LABELS, *WORDS)):
        return ()
    listed = tuple(item.json for item in node.elements("enum"))
    labels, words = _said(node, LABELS, listed), _said(node, WORDS, listed)
    found = (Value(value, labels.get(value, EMPTY), words.get(value, EMPTY)) for value in listed)
    return tuple(found) if labels or words else ()


def _text(node: Node, keys: tuple[str, ...]) -> Text | None:
    written = node.keys
    found = (node.text(key) for key in keys if key in written)
    return next((text for text in found if text is not None and text.raw.strip()), None)


def _said(node: Node, keys: tuple[str, ...], listed: tuple[Json, ...]) -> dict[Json, Text]:
    for key in keys:
        items = tuple(item.value for item in node.elements(key))
        if len(items) == len(listed):
            pairs = zip(listed, items, strict=True)
            return {value: Text(item) for value, item in pairs if isinstance(item, str)}
        members = {name: item.value for name, item in node.children(key)}
        if members:
            own = ((value, members.get(_name(value))) for value in listed)
            return {value: Text(item) for value, item in own if isinstance(item, str)}
    return {}


def _name(value: Json) -> str:
    """Return a value as the name of a member."""
    return value.value if isinstance(value.value, str) else value.raw


def _constants(node: Node) -> tuple[Value, ...]:
    variants = (*node.elements("oneOf"), *node.elements("anyOf"))
    found = tuple(_constant(variant) for variant in variants)
    told = tuple(value for value in found if value is not None)
    some = any(value.label.raw or value.description.raw for value in told)
    return told if some and len(told) == len(found) else ()


def _constant(node: Node) -> Value | None:
    listed = tuple(node.elements("enum"))
    only = node.get("const") or (listed[0] if len(listed) == 1 else None)
    if only is None:
        return None
    return Value(only.json, node.prose("title"), node.prose("description"))
