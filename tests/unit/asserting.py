"""Schemas, as what they assert: read from a document, and as the code that a package would have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from runtime import _schema as schema

from specloom.assertion import Assertion
from specloom.code import Code
from specloom.document.node import Node
from specloom.document.root import Document, read_document
from specloom.document.schema import Schema
from specloom.evaluation import holds
from specloom.lower.assertions import assertion_of
from specloom.lower.closure import closure
from specloom.python.assertions import MODULES, constant, definition
from specloom.values import Place, Text, Tree

HOME = "/components/schemas/"


def document(said: Tree, others: Mapping[str, Tree] | None = None, *, legacy: bool) -> Document:
    """Return a document with the schema `S`, and others beside it."""
    tree: Tree = {
        "openapi": "3.0.3" if legacy else "3.1.0",
        "components": {"schemas": {"S": said, **(others or {})}},
    }
    return read_document(Node(tree, Place("spec.yaml", ""), tree))


def schema_of(found: Document, name: str = "S") -> Schema:
    return dict(found.schemas)[Text(name)]


@dataclass(frozen=True, slots=True)
class Asserted:
    """What a schema asserts, with all that it mentions."""

    root: Assertion
    known: Mapping[Text, Assertion]

    def code(self) -> str:
        """Return statements that end with the constant `_ROOT`."""
        names = {address: Code(f"_schema_{i}") for i, address in enumerate(self.known)}
        made = [definition(names[key], of, names) for key, of in self.known.items()]
        return "\n\n\n".join([*made, constant(Code("_ROOT"), self.root, names)]) + "\n"

    def holds(self, value: Tree) -> bool:
        """Return what the generator says of a value."""
        return holds(self.root, value, self.known)

    def program(self) -> Callable[[Tree], bool]:
        """Return what says the same in a generated package."""
        names: dict[str, object] = {
            alias: import_module(f"runtime.{home}") for alias, home in MODULES.items()
        }
        exec(compile(self.code(), "codecs.py", "exec"), names)
        root = names["_ROOT"]
        assert isinstance(root, schema.Assertion)
        return partial(schema.fits, root)


def asserted(
    said: Tree,
    others: Mapping[str, Tree] | None = None,
    *,
    legacy: bool = False,
    formats: bool = False,
) -> Asserted:
    found = document(said, others, legacy=legacy)
    root = assertion_of(schema_of(found), found, formats=formats)
    return Asserted(root, dict(closure((root,), found, formats=formats)))
