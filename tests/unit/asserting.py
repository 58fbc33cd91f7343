"""Schemas, as what they assert: read from a document, and as the code that a package would have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from hypothesis import strategies as st
from runtime import _schema as schema

from specloom.assertion import Assertion
from specloom.code import Code
from specloom.document.node import Node
from specloom.document.root import Document, read_document
from specloom.document.schema import Schema
from specloom.evaluation import evaluate
from specloom.lower.schemas.assertions import assertion_of
from specloom.lower.schemas.closure import closure
from specloom.lower.schemas.formatted import Formats
from specloom.python.codecs.assertions import MODULES, constant, definition
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

    def holds(self, value: Tree) -> bool | None:
        """Return what the generator says of a value."""
        return evaluate(self.root, value, self.known)

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
    formats: Formats = Formats.NOWHERE,
) -> Asserted:
    found = document(said, others, legacy=legacy)
    root = assertion_of(schema_of(found), found, formats=formats)
    return Asserted(root, dict(closure((root,), found)))


# --- schemas that nobody thought of ------------------------------------------------------------

OTHERS: dict[str, Tree] = {
    "T": {"properties": {"a": {"$ref": "#/components/schemas/T"}, "b": {"type": "integer"}}},
    "U": {
        "anyOf": [
            {"items": {"$ref": "#/components/schemas/U"}, "maxItems": 1, "type": "array"},
            {"properties": {"b": True}, "required": ["b"], "type": "object"},
        ]
    },
}
"""What the schemas below mention."""

NAMES = st.sampled_from(["a", "b", "ab"])
SCALARS: st.SearchStrategy[Tree] = st.sampled_from(
    [None, True, False, 0, 1, 1.0, 1.5, 2, "", "a", "ab"]
)
VALUES: st.SearchStrategy[Tree] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
COUNTS = st.integers(0, 2)
KINDS = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])
PLAIN: st.SearchStrategy[dict[str, Tree]] = st.one_of(
    st.fixed_dictionaries({"type": KINDS | st.lists(KINDS, min_size=1, max_size=3, unique=True)}),
    st.fixed_dictionaries({"enum": st.lists(VALUES, min_size=1, max_size=2)}),
    st.fixed_dictionaries({"const": VALUES}),
    *(
        st.fixed_dictionaries({keyword: COUNTS})
        for keyword in (
            *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
            *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
        )
    ),
    st.fixed_dictionaries({"multipleOf": st.sampled_from([1, 0.5, 2])}),
    st.fixed_dictionaries({"uniqueItems": st.booleans()}),
    st.fixed_dictionaries({"pattern": st.sampled_from(["^a", "b$", "."])}),
    st.fixed_dictionaries({"required": st.lists(NAMES, max_size=2, unique=True)}),
    st.fixed_dictionaries(
        {"dependentRequired": st.dictionaries(NAMES, st.lists(NAMES, max_size=1))}
    ),
    st.just({"$ref": "#/components/schemas/T"}),
    st.just({"$ref": "#/components/schemas/U"}),
)


def around(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[dict[str, Tree]]:
    """Return keywords that hold schemas."""
    some = st.lists(inner, min_size=1, max_size=2)
    named = st.dictionaries(NAMES, inner, min_size=1, max_size=2)
    patterns = st.dictionaries(st.sampled_from(["^a", "b$"]), inner, min_size=1, max_size=2)
    return st.one_of(
        *(st.fixed_dictionaries({k: some}) for k in ("allOf", "anyOf", "oneOf", "prefixItems")),
        *(
            st.fixed_dictionaries({keyword: inner})
            for keyword in (
                *("not", "items", "additionalProperties", "propertyNames"),
                *("unevaluatedItems", "unevaluatedProperties"),
            )
        ),
        st.fixed_dictionaries({"properties": named}),
        st.fixed_dictionaries({"patternProperties": patterns}),
        st.fixed_dictionaries({"dependentSchemas": named}),
        st.fixed_dictionaries(
            {"contains": inner}, optional={"minContains": COUNTS, "maxContains": COUNTS}
        ),
        st.fixed_dictionaries({"if": inner}, optional={"then": inner, "else": inner}),
    )


def together(keywords: st.SearchStrategy[dict[str, Tree]]) -> st.SearchStrategy[Tree]:
    return st.booleans() | st.lists(keywords, min_size=1, max_size=3).map(merged)


def merged(parts: list[dict[str, Tree]]) -> Tree:
    """Return one schema; of `type` and `enum` only one, as null is read more kindly in them."""
    schema = {keyword: value for part in parts for keyword, value in part.items()}
    return {k: v for k, v in schema.items() if k != "enum" or "type" not in schema}


SCHEMAS: st.SearchStrategy[Tree] = st.recursive(
    together(PLAIN), lambda inner: together(PLAIN | around(inner)), max_leaves=6
)
