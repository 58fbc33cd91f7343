"""Modules are as long as they are said to be, so that packages are split where they should be."""

from __future__ import annotations

from dataclasses import replace

from specloom.document.node import Node
from specloom.document.root import read_document
from specloom.lower.api import lower
from specloom.naming import name
from specloom.python.client.views import Client
from specloom.python.package.extent import of_client
from specloom.python.package.package import package
from specloom.render import render
from specloom.values import Place, Tree

TREE: Tree = {
    "openapi": "3.1.0",
    "info": {"title": "Books", "version": "1"},
    "tags": [
        {"name": "books", "description": "All that can be read.\n\nNothing leaves the house."}
    ],
    "paths": {"/books": {"get": {"tags": ["books"], "responses": {"204": {"description": "ok"}}}}},
}


def client(*, said: bool) -> tuple[Client, int]:
    """Return the view of a client, and how many lines are printed of it."""
    api = lower(read_document(Node(TREE, Place("x", ""), TREE))).api
    api = api if said else replace(api, groups=())
    made = package(api, name(api)).view
    return made.client, render(made)["client.py"].count("\n")


def test_what_is_said_of_a_group_counts() -> None:
    (silent, before), (described, after) = client(said=False), client(said=True)
    assert after - before == 2 * 4
    assert of_client(described) - of_client(silent) == after - before
