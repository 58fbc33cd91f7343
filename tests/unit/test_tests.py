"""What a file of generated tests says of an operation that it cannot try."""

from __future__ import annotations

from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.lower.api import lower
from specloom.naming import name
from specloom.python import tests as views
from specloom.values import Place, Tree


def document(*, required: bool) -> Tree:
    """Return a document with a body that holds another of its kind."""
    link: Tree = {"$ref": "#/components/schemas/Link"}
    names: Tree = ["next"] if required else []
    schema: Tree = {"type": "object", "required": names, "properties": {"next": link}}
    body: Tree = {"required": True, "content": {"application/json": {"schema": link}}}
    answers: Tree = {"204": {"description": "done"}}
    path: Tree = {
        "get": {"responses": answers},
        "post": {"responses": answers, "requestBody": body},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Chain", "version": "1"},
        "paths": {"/links": path},
        "components": {"schemas": {"Link": schema}},
    }


def said(tree: Tree) -> str:
    api = lower(read_document(Node(tree, Place("x", ""), tree))).api
    [group] = views.tests(api, name(api), "chain").groups
    return group.docstring


def test_an_operation_without_a_sample_is_named() -> None:
    endless, finite = (said(document(required=required)) for required in (True, False))
    assert endless.endswith('for want of a small enough sample:\n- `POST /links`"""')
    assert "Not tried" not in finite
