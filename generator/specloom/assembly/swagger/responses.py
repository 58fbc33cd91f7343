"""Answers, and their headers."""

from __future__ import annotations

from specloom.assembly.swagger.media import MediaType, of_answer, said
from specloom.assembly.swagger.parameters import shared
from specloom.assembly.swagger.parts import Kept, Link, Members, Part
from specloom.assembly.swagger.schemas import mention, schema, value_schema
from specloom.document.node import Node
from specloom.values import Place


def responses(node: Node, operation: Node, root: Node) -> Part:
    """Return the answers of an operation."""
    members: dict[str, Part] = {}
    for status, child in node.members():
        members[status] = (
            Kept(child) if status.startswith("x-") else _answer(child, operation, root)
        )
    return Members(members, node.at)


def shared_response(node: Node, root: Node) -> Part:
    """Return an answer that operations refer to, in the content types of the document."""
    if target := shared(node, "responses"):
        return _link(node, target)
    return _response(node.followed(), node.at, said("produces", None, root))


def _answer(node: Node, operation: Node, root: Node) -> Part:
    found, target = node.followed(), shared(node, "responses")
    if target and (operation.get("produces") is None or found.get("schema") is None):
        return _link(node, target)
    return _response(found, node.at, said("produces", operation, root))


def _link(node: Node, target: str) -> Part:
    return Members({"$ref": Link(target, node.at.step("$ref"))}, node.at)


def _response(node: Node, at: Place, produces: tuple[MediaType, ...]) -> Part:
    """Return an answer that stands at a place, which may be a reference to where it is written."""
    members: dict[str, Part] = {}
    for key, child in node.members():
        match key:
            case "schema":
                members["content"] = _content(node, child, at, produces)
            case "headers":
                headers = {name: _header(header) for name, header in child.members()}
                members[key] = Members(headers, child.at)
            case _ if key == "description" or key.startswith("x-"):
                members[key] = Kept(child)
            case _:
                continue
    return Members(members, at)


def _content(node: Node, written: Node, at: Place, produces: tuple[MediaType, ...]) -> Part:
    examples = node.get("examples")
    content: dict[str, Part] = {}
    is_file = written.word("type") == "file"
    for media_type in of_answer(produces, at, file=is_file):
        again = at != node.at or bool(content)
        members: dict[str, Part] = {"schema": mention(written) if again else schema(written)}
        if examples is not None and (example := examples.get(media_type.name)) is not None:
            members["example"] = Kept(example)
        content[media_type.name] = Members(members, media_type.at)
    return Members(content, at)


def _header(node: Node) -> Part:
    members: dict[str, Part] = {
        key: Kept(child)
        for key, child in node.members()
        if key == "description" or key.startswith("x-")
    }
    return Members({**members, "schema": value_schema(node)}, node.at)
