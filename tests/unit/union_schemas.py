"""Random small schemas, small values, and two validators that agree on what fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from itertools import product
from typing import Protocol, TypeAlias

import jsonschema_rs
from hypothesis import strategies as st

from specloom.unions import Candidate, Part, Schemas
from specloom.values import Tree

UUID = "2eb8aa08-aa98-11ea-b4aa-73b441d16380"
NAMES = ("a", "b", "kind")
SCALARS: tuple[Tree, ...] = (
    *(None, True, False),
    *(0, 1, 1.0, 2, -1, 3, 0.5, -0.5, 1.5, 10),
    *("", "a", "b", "ab", "ba", "aa", "abc", "0", "-", "A", "2000-01-01", "0.0.0.0", UUID),
)
PATTERNS = ("^a", "b$", "^[ab]*$", "^a.$", "^(?!a)", "0|-", "^(a|b)$")
FORMATS = ("date", "uuid", "ipv4")

Schema = Mapping[str, Tree]


def _values() -> Iterator[Tree]:
    yield from SCALARS
    few: tuple[Tree, ...] = (None, True, 0, 1, 0.5, "", "a", "b", [], {})
    yield []
    yield from ([one] for one in few)
    yield from ([one, other] for one, other in product((0, 1, "a", "b", None), repeat=2))
    yield {}
    yield from ({name: one} for name in NAMES for one in few)
    small: tuple[Tree, ...] = (0, 1, "a", "b")
    yield from ({"a": one, "b": other} for one, other in product(small, repeat=2))
    yield from ({"kind": one, "a": other} for one, other in product(small, repeat=2))
    yield from ({"a": one, "b": one, "kind": other} for one, other in product(small, repeat=2))
    yield from ({"z": 0}, {"a": 0, "z": 0}, {"a": {"a": 0}}, {"a": [0]}, {"a": ["a"]}, [[]], [[0]])
    yield from ({"a": {"a": "a"}}, {"a": {"b": 0}}, {"a": {}, "b": {}}, {"ab": 0}, {"ab": "a"})


VALUES = tuple(_values())

Strategy: TypeAlias = st.SearchStrategy[Tree]
_KINDS = ("null", "boolean", "integer", "number", "string", "array", "object")


def _schema(type_: str = "", /, **keywords: Tree) -> Tree:
    return {"type": type_, **keywords} if type_ else keywords


def _listed(values: Sequence[Tree]) -> Tree:
    return list(values)


def _one(*values: Tree) -> Strategy:
    return st.sampled_from(values)


def _some(values: Strategy, most: int) -> Strategy:
    return st.lists(values, min_size=1, max_size=most).map(_listed)


def _names(least: int, most: int) -> Strategy:
    names = st.lists(st.sampled_from(NAMES), min_size=least, max_size=most, unique=True)
    return names.map(_listed)


def _any_of(type_: str, **keywords: Strategy) -> Strategy:
    """Return schemas of a kind, with any of some keywords."""
    found: st.SearchStrategy[dict[str, Tree]] = st.fixed_dictionaries({}, optional=keywords)
    return found.map(lambda few: _schema(type_, **few))


def _numbers(type_: str) -> Strategy:
    return _any_of(
        type_,
        minimum=_one(-1, 0, 1, 0.5),
        maximum=_one(0, 1, 2, 0.5),
        exclusiveMinimum=_one(-1, 0, 1),
        exclusiveMaximum=_one(0, 1, 2),
        multipleOf=_one(1, 2, 0.5),
    )


_lengths = _one(0, 1, 2, 3)
_sizes = _one(0, 1, 2)
_strings = _any_of(
    "string",
    minLength=_lengths,
    maxLength=_lengths,
    pattern=_one(*PATTERNS),
    format=_one(*FORMATS),
)
_kinds = st.lists(st.sampled_from(_KINDS), min_size=1, max_size=3, unique=True)
_values_listed = st.one_of(
    _one(*SCALARS, {"a": 0}, [0]).map(lambda value: _schema(const=value)),
    _some(_one(*SCALARS, {}, [], 0), 4).map(lambda values: _schema(enum=values)),
)
_leaves = st.one_of(
    _one(*_KINDS).map(lambda kind: _schema(type=kind)),
    _kinds.map(lambda kinds: _schema(type=_listed(kinds))),
    _numbers("integer"),
    _numbers("number"),
    _strings,
    _values_listed,
    _one(True, False),
)


def _arrays(inner: Strategy) -> Strategy:
    return _any_of(
        "array",
        items=inner,
        prefixItems=_some(inner, 2),
        minItems=_sizes,
        maxItems=_sizes,
        uniqueItems=_one(True, False),
        contains=inner,
    )


def _members(names: Sequence[str], inner: Strategy, most: int) -> Strategy:
    return st.dictionaries(st.sampled_from(names), inner, max_size=most).map(dict)


def _objects(inner: Strategy) -> Strategy:
    excluded = _one({"required": ["a"]}, {"required": ["a", "b"]})
    return _any_of(
        "object",
        properties=_members(NAMES, inner, 3),
        required=_names(0, 3),
        additionalProperties=st.one_of(_one(False, False), inner),
        minProperties=_sizes,
        maxProperties=_sizes,
        patternProperties=_members(("^a", "b$"), inner, 1),
        propertyNames=_strings,
        unevaluatedProperties=_one(False),
        **{"not": excluded},
    )


def _combined(inner: Strategy) -> Strategy:
    several = _some(inner, 3)
    return st.one_of(
        several.map(lambda schemas: _schema(allOf=schemas)),
        several.map(lambda schemas: _schema(anyOf=schemas)),
        several.map(lambda schemas: _schema(oneOf=schemas)),
        _values_listed.map(lambda schema: _schema(**{"not": schema})),
        _one(*_KINDS).map(lambda kind: _schema(**{"not": {"type": kind}})),
        _names(1, 2).map(lambda names: _schema(required=names)),
        st.builds(_beside, inner, inner),
    )


def _beside(one: Tree, other: Tree) -> Tree:
    return {**(one if isinstance(one, Mapping) else {}), "allOf": [other]}


_named = _one(*({"$ref": f"#/components/schemas/Shared{index}"} for index in range(2)))
_or_named = st.one_of(_named, _leaves)
# What is shared mentions itself only a step into the value: to the letter, all else means nothing.
_shared = st.one_of(
    _leaves, _objects(_leaves), _arrays(_leaves), _objects(_or_named), _arrays(_or_named)
)
_variants = st.recursive(
    st.one_of(_leaves, _objects(_leaves), _named),
    lambda inner: st.one_of(_objects(inner), _objects(inner), _arrays(inner), _combined(inner)),
    max_leaves=6,
)


class Validator(Protocol):
    def is_valid(self, instance: Tree) -> bool: ...


@dataclass(frozen=True)
class Case:
    """A document with a few variants, and the schemas that they share."""

    variants: tuple[Tree, ...]
    shared: tuple[Tree, ...]

    @cached_property
    def document(self) -> Schema:
        schemas = {f"V{index}": schema for index, schema in enumerate(self.variants)}
        shared = {f"Shared{index}": schema for index, schema in enumerate(self.shared)}
        return {"openapi": "3.1.0", "components": {"schemas": {**schemas, **shared}}}

    @cached_property
    def schemas(self) -> Schemas:
        return Schemas(self.document, "3.1")

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(candidate(index) for index in range(len(self.variants)))

    @cached_property
    def opinions(self) -> tuple[tuple[Validator, Validator], ...]:
        """Two validators for each variant, which read the document as it is."""
        return tuple(
            _validators({**self.document, "$ref": f"#/components/schemas/V{index}"})
            for index in range(len(self.variants))
        )

    def fitting(self, value: Tree) -> tuple[frozenset[int], frozenset[int]]:
        """Return the variants that a value fits, as each of two validators has it."""
        fast = frozenset(i for i, (one, _) in enumerate(self.opinions) if one.is_valid(value))
        slow = frozenset(i for i, (_, two) in enumerate(self.opinions) if two.is_valid(value))
        return fast, slow


def _validators(schema: Schema) -> tuple[Validator, Validator]:
    python = import_module("jsonschema").Draft202012Validator  # a package without types
    slow: Validator = python(schema, format_checker=python.FORMAT_CHECKER)
    return (
        jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True, offline=True),
        slow,
    )


def candidate(index: int) -> Candidate:
    return ((Part(f"/components/schemas/V{index}"),),)


def cases(count: int) -> st.SearchStrategy[Case]:
    variants = st.tuples(*[_variants] * count)
    return st.builds(Case, variants, st.tuples(_shared, _shared))
