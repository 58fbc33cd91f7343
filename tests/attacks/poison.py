"""A document with every text of it poisoned: what is a name stays one name, wherever it is said.

The grammar says what a text is. A description gets the poison as it is; a name gets it in the same
way at each of its mentions, so that references, lists of required members and tags still lead to
what they name, and the document means what it meant before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from specloom.document.grammar import OPENAPI, A, Holds, ListOf, MapOf, Plain
from specloom.document.swagger import SWAGGER
from specloom.values import Tree

_Write = Callable[[str], str]
_NAMES = {
    ("tag", "name"), ("tag", "parent"), ("operation", "tags"), ("operation", "operationId"),
    ("parameter", "name"), ("link", "operationId"), ("schema", "required"), ("server", "name"),
    ("schema", "dependentRequired"), ("discriminator", "propertyName"), ("security requirement", ""),
}  # fmt: skip
"""By noun and field, the words that are names of the author's."""
_KEYS = {
    "schemas", "responses", "parameters", "examples", "requestBodies", "securitySchemes", "links",
    "pathItems", "definitions", "securityDefinitions", "properties", "$defs", "dependentRequired",
    "dependentSchemas", "encoding", "scopes", "mapping",
}  # fmt: skip
"""The maps whose keys are names; those of others have a form of their own."""
_BOUND = frozenset(("format", "pattern", "maxLength", "minLength", "contentEncoding"))
"""Where one of these stands, no text is as good as another."""


class Poison:
    """Writes texts of documents anew: what people read by one function, names by another."""

    def __init__(self, prose: _Write, name: _Write) -> None:
        self._prose = prose
        self._name = name
        self._grammar = OPENAPI

    def document(self, tree: Mapping[str, Tree]) -> Tree:
        self._grammar = SWAGGER if "swagger" in tree else OPENAPI
        return self._written(tree, A("document"), "", "")

    def _written(
        self, value: Tree, holds: Holds, noun: str, field: str, bound: bool = False
    ) -> Tree:
        match holds:
            case A(kind) if isinstance(value, Mapping):
                return self._object(value, kind)
            case ListOf(item) if isinstance(value, list):
                return [self._written(one, item, noun, field, bound) for one in value]
            case MapOf(item) if isinstance(value, Mapping):
                return {
                    self._key(key, noun, field): (
                        self._variant(one)
                        if field == "mapping"
                        else self._written(one, item, noun, field, bound)
                    )
                    for key, one in value.items()
                }
            case Plain.PROSE if isinstance(value, str):
                return self._prose(value)
            case Plain.DATA if not bound and (noun, field) != ("document", "swagger"):
                return self._data(value)
            case Plain.WORD if isinstance(value, str) and (noun, field) in _NAMES:
                return self._name(value)
            case _:
                return value

    def _object(self, value: Mapping[str, Tree], noun: str) -> Tree:
        rules = self._grammar.nouns[noun]
        bound = not _BOUND.isdisjoint(value)
        refers = isinstance(value.get("$ref"), str) and (rules.referable or noun == "path item")
        made: dict[str, Tree] = {}
        for key, one in value.items():
            if key == "$ref" and refers:
                made[key] = self._reference(str(one))
            elif key.startswith("x-"):
                made[key] = self._data(one)
            elif key in rules.fields:
                made[key] = self._written(one, rules.fields[key], noun, key, bound)
            elif rules.others is not None:
                made[self._key(key, noun, "")] = self._written(one, rules.others, noun, "")
            else:
                made[key] = one
        return made

    def _key(self, key: str, noun: str, field: str) -> str:
        if noun == "paths":
            return re.sub(r"\{([^{}]*)\}", lambda hole: f"{{{self._name(hole[1])}}}", key)
        is_name = noun == "security requirement" or field in _KEYS
        return self._name(key) if is_name and not key.startswith("x-") else key

    def _variant(self, value: Tree) -> Tree:
        """Return what a mapping leads to: a reference, or the name of a component."""
        text = str(value)
        return self._reference(text) if text.startswith("#") else self._name(text)

    def _data(self, value: Tree) -> Tree:
        match value:
            case str():
                return self._name(value)
            case Mapping():
                return {self._name(key): self._data(one) for key, one in value.items()}
            case list():
                return [self._data(one) for one in value]
            case _:
                return value

    def _below(
        self, holds: Holds, token: str, noun: str, field: str
    ) -> tuple[str, str, str, Holds] | None:
        """Return a step of a reference as it is called now, and what is behind it."""
        match holds:
            case A(kind) if token in self._grammar.nouns[kind].fields:
                return token, kind, token, self._grammar.nouns[kind].fields[token]
            case A(kind) if (others := self._grammar.nouns[kind].others) is not None:
                return self._key(token, kind, ""), kind, "", others
            case MapOf(value):
                return self._key(token, noun, field), noun, field, value
            case ListOf(item):
                return token, noun, field, item
            case A() | Plain():
                return None

    def _reference(self, reference: str) -> str:
        if not reference.startswith("#/"):
            return reference
        holds: Holds = A("document")
        noun, field, steps = "", "", list[str]()
        for step in reference[2:].split("/"):
            token = step.replace("~1", "/").replace("~0", "~")
            found = self._below(holds, token, noun, field)
            if found is None:
                return reference
            token, noun, field, holds = found
            steps.append(quote(token.replace("~", "~0").replace("/", "~1"), safe="~"))
        return f"#/{'/'.join(steps)}"
