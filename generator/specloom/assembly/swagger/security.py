"""Ways to prove who is calling."""

from __future__ import annotations

from specloom.assembly.swagger.parts import Kept, Members, Part, Word
from specloom.document.node import Node

FLOWS = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}
"""The flows of OAuth 2.0, and what OpenAPI 3 calls them."""
_OF_FLOWS = ("authorizationUrl", "tokenUrl", "scopes")


def security_scheme(node: Node) -> Part:
    """Return a security scheme."""
    kind = node.word("type") or ""
    members: dict[str, Part] = {}
    for key, child in node.members():
        match key:
            case "type" if kind == "basic":
                members |= {"type": Word("http", child.at), "scheme": Word("basic", child.at)}
            case "flow":
                name = FLOWS.get(node.word("flow") or "", "")
                members["flows"] = Members({name: _flow(node)}, child.at)
            case _ if key not in _OF_FLOWS:
                members[key] = Kept(child)
            case _:
                continue
    return Members(members, node.at)


def _flow(node: Node) -> Part:
    return Members({key: Kept(c) for key, c in node.members() if key in _OF_FLOWS}, node.at)
