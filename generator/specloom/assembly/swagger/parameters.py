"""Parameters: those that stay parameters, and those that an operation's body is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specloom.assembly.swagger.parts import Items, Kept, Link, Members, Part, Word
from specloom.assembly.swagger.schemas import value_schema
from specloom.document.node import Node, pointer_of, pointer_tokens

_SAME = ("name", "in", "description", "required", "allowEmptyValue", "example")
STYLES = {
    "csv": ("form", False),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
    "multi": ("form", True),
}
"""What `collectionFormat` is called in OpenAPI 3, and whether that explodes."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A parameter, and where it is listed: that may be a reference to it."""

    listed: Node
    found: Node
    location: str
    name: str

    @property
    def shared(self) -> str:
        """The pointer of the parameter of the document that is referred to, if one is."""
        return shared(self.listed, "parameters")


def declared(owner: Node) -> Iterator[Declared]:
    """Return the parameters of a path item or an operation."""
    for child in owner.elements("parameters"):
        found = child.followed()
        yield Declared(child, found, found.word("in") or "", found.word("name") or "")


def inherited(item: Node, operation: Node) -> tuple[Declared, ...]:
    """Return what makes the body of an operation, the path's own included where not overridden."""
    found = {(d.location, d.name): d for owner in (item, operation) for d in declared(owner)}
    return tuple(d for d in found.values() if d.location in ("body", "formData"))


def shared(node: Node, section: str) -> str:
    """Return the pointer that a node refers to if it is one of a section of the document."""
    match pointer_tokens(node.reference or ""):
        case (first, _) if first == section:
            return pointer_of(node.reference or "")
        case _:
            return ""


def parameters(owner: Node) -> Part | None:
    """Return the list of those that are no part of a body; None without a list."""
    node = owner.get("parameters")
    if node is None:
        return None
    kept = (d for d in declared(owner) if d.location not in ("body", "formData"))
    return Items(tuple(parameter(d.listed) for d in kept), node.at)


def parameter(listed: Node) -> Part:
    """Return a parameter of a path, a query or a header where it is listed, or referred to."""
    if target := shared(listed, "parameters"):
        return Members({"$ref": Link(target, listed.at.step("$ref"))}, listed.at)
    node = listed.followed()
    members: dict[str, Part] = {}
    for key, child in node.members():
        if key in _SAME or key.startswith("x-"):
            members[key] = Kept(child)
    if (example := node.get("x-example")) is not None:
        members.setdefault("example", Kept(example))
    if node.word("in") == "query":
        members |= notation(node)
    members["schema"] = value_schema(node)
    return Members(members, listed.at)


def has_files(node: Node) -> bool:
    """Return whether a parameter of a form is a file, or several."""
    return "file" in (node.word("type"), (node.get("items") or node).word("type"))


def notation(node: Node) -> dict[str, Part]:
    """Return how the list of a query or a form is written; nothing for another type."""
    if node.word("type") != "array" or has_files(node):
        return {}
    said = node.get("collectionFormat")
    at = node.at if said is None else said.at
    style, explode = STYLES[(node.word("collectionFormat") or "csv")]
    return {"style": Word(style, at), "explode": Word(explode, at)}
