"""An overlay as it was written: its actions, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from specloom.diagnostics import Diagnostic
from specloom.document.node import Node
from specloom.jsonpath import Malformed, Query, parsed
from specloom.near import nearest
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Place, Tree

_VERSION = re.compile(r"1\.([01])\.[0-9]+")
_STRING, _FLAG = "a string", "true or false"
_ROOT = {"overlay": _STRING, "info": "an object", "extends": _STRING, "actions": "a list"}
_INFO = {"title": _STRING, "version": _STRING, "description": _STRING}
_ACTION = {"target": _STRING, "description": _STRING, "update": "", "remove": _FLAG}
_COPY = {"copy": _STRING}
"""New in 1.1."""
_TELLING = ("title", "version")


@dataclass(frozen=True, slots=True)
class Update:
    value: Tree
    at: Place


@dataclass(frozen=True, slots=True)
class Copy:
    source: Query
    at: Place


@dataclass(frozen=True, slots=True)
class Remove:
    pass


@dataclass(frozen=True, slots=True)
class Action:
    target: Query
    at: Place
    """Of the target."""
    does: Update | Copy | Remove


Reading: TypeAlias = "Iterator[Action | Diagnostic]"


def read_overlay(root: Node) -> Reading:
    """Return the actions of an overlay, and findings (Overlay 1.0.0 and 1.1.0, section "Schema")."""
    version = root.get("overlay")
    if version is None:
        message = "this is no overlay: there is no field `overlay`"
        hint = "it is the document itself" if root.get("openapi") else 'write `overlay: "1.0.0"`'
        yield finding("missing-field", root.at, message, hint)
        return
    stated = _VERSION.fullmatch(version.value) if isinstance(version.value, str) else None
    if stated is None:
        message = "this version of the Overlay Specification is not known: 1.0 and 1.1 are"
        yield finding("overlay-version", version.at, message)
        return
    yield from _fields(root, "overlay", _ROOT, required=("info", "actions"))
    if (info := root.get("info")) is not None:
        yield from _fields(info, "info", _INFO, required=_TELLING)
    actions = root.get("actions")
    if actions is not None and not actions.value:
        yield finding("overlay-no-effect", actions.at.at_key(), "this overlay has no actions")
    for node in root.elements("actions"):
        yield from _action(node, is_later=stated[1] != "0")


def _action(node: Node, *, is_later: bool) -> Reading:
    known = {**_ACTION, **_COPY} if is_later else _ACTION
    wrong = tuple(_fields(node, "action", known, required=("target",)))
    yield from wrong
    target = node.get("target")
    if target is None or not isinstance(target.value, str):
        return
    query = parsed(target.value)
    if isinstance(query, Malformed):
        yield _no_path(target, query)
        return
    given = [key for key in ("update", "copy") if key in known and node.get(key) is not None]
    if node.flag("remove"):
        for key in given:
            message = f"`{key}` means nothing beside `remove: true`"
            yield finding("overlay-no-effect", node.at.step(key).at_key(), message)
        yield Action(query, target.at, Remove())
    elif len(given) == 2:
        message = "an action has `update` or `copy`, not both"
        yield finding("overlay-update", node.at.step("copy").at_key(), message)
    elif not given and not any(found.hint for found in wrong):  # a mistyped field is enough
        hint = 'for `copy`, write `overlay: "1.1.0"`' if node.get("copy") else ""
        message = "this action has no `update`, and no `remove: true`: it does nothing"
        yield finding("overlay-no-effect", node.at, message, hint)
    elif (update := node.get("update")) is not None:
        yield Action(query, target.at, Update(update.value, update.at))
    elif (copied := node.get("copy")) is not None and isinstance(copied.value, str):
        yield from _copy(query, target.at, copied, copied.value)


def _copy(target: Query, at: Place, node: Node, text: str) -> Reading:
    source = parsed(text)
    if isinstance(source, Malformed):
        yield _no_path(node, source)
    else:
        yield Action(target, at, Copy(source, node.at))


def _no_path(node: Node, wrong: Malformed) -> Diagnostic:
    message = f"this is no JSONPath: at character {wrong.at + 1}, {wrong.reason}"
    is_in_name = isinstance(node.value, str) and node.value[wrong.at : wrong.at + 1] in ("-", "/")
    hint = "such a name is written in brackets: $['x-name']" if is_in_name else ""
    return finding("overlay-path", node.at, message, hint)


def _fields(
    node: Node, noun: str, known: Mapping[str, str], *, required: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """Return which fields are missing, unknown or of another type."""
    if not isinstance(node.value, Mapping):
        yield finding("wrong-type", node.at, f"expected an object ({noun})")
        return
    strays = [key for key in node.keys if key not in known and not key.startswith("x-")]
    for key in strays:
        near = nearest(key, (other for other in known if node.get(other) is None))
        message = f"an overlay has no field `{shown(key)}` in this place ({noun}): it is ignored"
        hint = f"did you mean `{near}`?" if near else ""
        yield finding("unknown-field", node.at.step(key).at_key(), message, hint)
    for key in required:
        if node.get(key) is None:
            rule = "incomplete" if key in _TELLING else "missing-field"
            yield finding(rule, node.at.at_key(), f"the {noun} has no `{key}`")
    for key, expected in known.items():
        found = node.get(key)
        if found is not None and expected and not _is(expected, found.value):
            yield finding("wrong-type", found.at, f"expected {expected}")


def _is(expected: str, value: Tree) -> bool:
    match value:
        case str():
            return expected == _STRING
        case bool():
            return expected == _FLAG
        case list():
            return expected == _ROOT["actions"]
        case Mapping():
            return expected == _ROOT["info"]
        case _:
            return False
