"""The parameters of an operation, beside its path."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from specloom.diagnostics import Diagnostic
from specloom.document.node import Node
from specloom.near import Guesses
from specloom.rules.table import finding
from specloom.shown import shown
from specloom.values import Place

_HOLE = re.compile(r"\{([^{}]*)\}")


class _Declared(NamedTuple):
    name: str
    location: str
    at: Place
    """Where it is named, or referred to."""


def parameters(
    path: str, item: Node, operation: Node, owner: Node, guesses: Guesses
) -> Iterator[Diagnostic]:
    """Return what is wrong with them. `owner` is the path item, `item` where the path stands."""
    lists = [tuple(_declared(node)) for node in (owner, operation)]
    for declared in lists:
        yield from _twice(declared)
    holes = tuple(dict.fromkeys(_HOLE.findall(path)))
    known = {p.name: p for declared in lists for p in declared if p.location == "path"}
    # one of the path item may be for the other operations of a `$ref`
    for parameter in lists[1]:
        if parameter.location == "path" and parameter.name not in holes:
            what = f"`{shown(parameter.name)}` is no part of the path `{shown(path)}`"
            message = f"{what}: it is left out"
            near = guesses.nearest(parameter.name, (h for h in holes if h not in known))
            hint = _unused_hint(parameter.name, near)
            yield finding("unused-path-parameter", parameter.at, message, hint)
    others = {p.name: p.location for declared in lists for p in declared if p.name not in known}
    for name in holes:
        if name not in known:
            message = f"`{shown(name)}` is in the path but not declared: a required string"
            near = guesses.nearest(name, (k for k in known if k not in holes))
            hint = _undeclared_hint(name, others.get(name, ""), near)
            yield finding("path-parameter", item.at.at_key(), message, hint)
    yield from _braces(path, item)


def _declared(node: Node) -> Iterator[_Declared]:
    for child in node.elements("parameters"):
        found = child.followed()
        at = child.at.step("name" if child.reference is None else "$ref")
        yield _Declared(found.word("name") or "", found.word("in") or "", at)


def _twice(declared: Collection[_Declared]) -> Iterator[Diagnostic]:
    seen: set[tuple[str, str]] = set()
    for name, location, at in declared:
        if (name, location) in seen:
            message = f"`{shown(name)}` is declared in {shown(location)} twice"
            yield finding("duplicate-parameter", at, message, "remove one of the two")
        seen.add((name, location))


def _unused_hint(name: str, near: str) -> str:
    if near:
        return f"did you mean `{shown(near)}`?"
    return f"write `{{{shown(name)}}}` into the path, or another `in` here"


def _undeclared_hint(name: str, location: str, near: str) -> str:
    if location:
        return f"`{shown(name)}` is declared with `in: {shown(location)}`: write `in: path` there"
    if near:
        return f"did you mean the parameter `{shown(near)}`?"
    return "declare it in `parameters`, with `in: path` and `required: true`"


def _braces(path: str, item: Node) -> Iterator[Diagnostic]:
    around = _HOLE.sub("", path)
    if "{" in around or "}" in around:
        message = f"the braces of the path `{shown(path)}` do not match"
        hint = "write each name of a parameter between one `{` and one `}`"
        yield finding("path", item.at.at_key(), message, hint)
