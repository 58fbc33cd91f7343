"""A document of Swagger 2.0 as one of OpenAPI 3.0, and where all that moved was written."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.assembly.swagger.bodies import shared_body
from specloom.assembly.swagger.operations import paths
from specloom.assembly.swagger.parameters import parameter
from specloom.assembly.swagger.parts import (
    Built,
    Kept,
    Members,
    Part,
    Word,
    built,
    everything,
    is_home,
    target_of,
)
from specloom.assembly.swagger.responses import shared_response
from specloom.assembly.swagger.schemas import schema
from specloom.assembly.swagger.security import security_scheme
from specloom.assembly.swagger.servers import servers
from specloom.assembly.swagger.tags import tagged, tags
from specloom.document.node import Node, at_pointer
from specloom.pointers import unescaped

_SAME = ("info", "security", "tags", "externalDocs")
_VERSION = "3.0.4"


def upgraded(root: Node) -> Built:
    """Return a document without mistakes of shape as OpenAPI 3.0."""
    document = _document(root, {})
    reached = _reached(document, root)
    return built(_document(root, reached) if reached else document)


def _reached(document: Part, root: Node) -> dict[str, Node]:
    """Return what only references reach, below an extension, say: each becomes a component."""
    found: dict[str, Node] = {}
    known: set[str] = set()
    pending = [document]
    while pending:
        parts = [made.part for made in everything(pending.pop(0))]
        known.update(part.at.pointer for part in parts if is_home(part))
        for target in dict.fromkeys(t for part in parts if (t := target_of(part)) is not None):
            node = None if target in known else at_pointer(root, target)
            if node is not None:
                found[target] = node
                known.add(target)
                pending.append(schema(node))
    return found


def _document(root: Node, reached: dict[str, Node]) -> Part:
    members: dict[str, Part] = {"openapi": Word(_VERSION, root.at.step("swagger"))}
    for key, child in root.members():
        if key in _SAME or key.startswith("x-"):
            members[key] = Kept(child)
    if (found := servers(root, root)) is not None:
        members["servers"] = found
    if (node := root.get("paths")) is not None:
        members["paths"] = paths(node, root)
    if components := dict(_components(root, reached)):
        members["components"] = Members(components, root.at)
    return Members(members, root.at)


def _components(root: Node, reached: dict[str, Node]) -> Iterator[tuple[str, Part]]:
    of = tags(root)
    schemas = {
        name: tagged(schema(child), of.get(child.at.pointer))
        for name, child in root.children("definitions")
    }
    for target, node in reached.items():
        schemas[_name(target, schemas)] = schema(node)
    if schemas:
        yield "schemas", Members(schemas, (root.get("definitions") or root).at)
    if (listed := root.get("parameters")) is not None:
        yield from _parameters(listed, root)
    if (answers := root.get("responses")) is not None:
        made = {name: shared_response(child, root) for name, child in answers.members()}
        yield "responses", Members(made, answers.at)
    if (ways := root.get("securityDefinitions")) is not None:
        schemes = {name: security_scheme(child) for name, child in ways.members()}
        yield "securitySchemes", Members(schemes, ways.at)


def _parameters(node: Node, root: Node) -> Iterator[tuple[str, Part]]:
    plain: dict[str, Part] = {}
    bodies: dict[str, Part] = {}
    for name, child in node.members():
        match child.followed().word("in"):
            case "body":
                bodies[name] = shared_body(child, root)
            case "formData":
                continue  # the operations that have it
            case _:
                plain[name] = parameter(child)
    if plain:
        yield "parameters", Members(plain, node.at)
    if bodies:
        yield "requestBodies", Members(bodies, node.at)


def _name(target: str, taken: dict[str, Part]) -> str:
    name = base = unescaped(target.rpartition("/")[2])
    count = 2
    while name in taken:
        name, count = f"{base}{count}", count + 1
    return name
