"""Random small schemas, small values, and two validators that agree on what fits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import jsonschema
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

_scalars = st.sampled_from(SCALARS)
_KINDS = ("null", "boolean", "integer", "number", "string", "array", "object")


def _sometimes(**fields: st.SearchStrategy[Tree]) -> st.SearchStrategy[Schema]:
    """Return schemas with any of some keywords."""
    return st.fixed_dictionaries({}, optional=fields)


_numbers = _sometimes(
    minimum=st.sampled_from((-1, 0, 1, 0.5)),
    maximum=st.sampled_from((0, 1, 2, 0.5)),
    exclusiveMinimum=st.sampled_from((-1, 0, 1)),
    exclusiveMaximum=st.sampled_from((0, 1, 2)),
    multipleOf=st.sampled_from((1, 2, 0.5)),
).flatmap(
    lambda bounds: st.sampled_from(("integer", "number")).map(lambda t: {"type": t, **bounds})
)
_strings = _sometimes(
    minLength=st.integers(0, 3),
    maxLength=st.integers(0, 3),
    pattern=st.sampled_from(PATTERNS),
    format=st.sampled_from(FORMATS),
).map(lambda limits: {"type": "string", **limits})
_listed = st.one_of(
    _scalars.map(lambda value: {"const": value}),
    st.lists(_scalars, min_size=1, max_size=4).map(lambda values: {"enum": values}),
    st.sampled_from(({"const": {"a": 0}}, {"const": [0]}, {"enum": [{}, [], 0]})),
)
_kinds = st.one_of(
    st.sampled_from(_KINDS).map(lambda kind: {"type": kind}),
    st.lists(st.sampled_from(_KINDS), min_size=1, max_size=3, unique=True).map(
        lambda kinds: {"type": kinds}
    ),
)
_leaves: st.SearchStrategy[Tree] = st.one_of(_kinds, _numbers, _strings, _listed, st.booleans())


def _arrays(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Schema]:
    return _sometimes(
        items=inner,
        prefixItems=st.lists(inner, min_size=1, max_size=2),
        minItems=st.integers(0, 2),
        maxItems=st.integers(0, 2),
        uniqueItems=st.booleans(),
        contains=inner,
    ).map(lambda rest: {"type": "array", **rest})


def _objects(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Schema]:
    members = st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    return _sometimes(
        properties=members,
        required=st.lists(st.sampled_from(NAMES), max_size=3, unique=True),
        additionalProperties=st.one_of(st.just(False), st.just(False), inner),
        minProperties=st.integers(0, 2),
        maxProperties=st.integers(0, 2),
        patternProperties=st.dictionaries(st.sampled_from(("^a", "b$")), inner, max_size=1),
        propertyNames=_strings,
        unevaluatedProperties=st.just(False),
        **{"not": st.sampled_from(({"required": ["a"]}, {"required": ["a", "b"]}))},
    ).map(lambda rest: {"type": "object", **rest})


def _combined(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Schema]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda schemas: {"allOf": schemas}),
        several.map(lambda schemas: {"anyOf": schemas}),
        several.map(lambda schemas: {"oneOf": schemas}),
        st.one_of(_kinds, _listed).map(lambda schema: {"not": schema}),
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True).map(
            lambda n: {"required": n}
        ),
        st.tuples(inner, inner).map(lambda both: {**_mapping(both[0]), "allOf": [both[1]]}),
    )


def _mapping(schema: Tree) -> Schema:
    return schema if isinstance(schema, Mapping) else {}


_shared = tuple({"$ref": f"#/components/schemas/Shared{index}"} for index in range(2))
_named = st.sampled_from(_shared)
_flat: st.SearchStrategy[Tree] = st.one_of(_leaves, _objects(_leaves), _arrays(_leaves))
# What is shared mentions itself only a step into the value: to the letter, all else means nothing.
_recursive: st.SearchStrategy[Tree] = st.one_of(
    _flat, _objects(st.one_of(_named, _leaves)), _arrays(st.one_of(_named, _leaves))
)
_schemas: st.SearchStrategy[Tree] = st.recursive(
    st.one_of(_leaves, _objects(_leaves), _named),
    lambda inner: st.one_of(_objects(inner), _objects(inner), _arrays(inner), _combined(inner)),
    max_leaves=6,
)


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
    def opinions(self) -> tuple[tuple[jsonschema_rs.Validator, jsonschema.Validator], ...]:
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


def _validators(schema: Schema) -> tuple[jsonschema_rs.Validator, jsonschema.Validator]:
    text = json.dumps(schema)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return (
        jsonschema_rs.Draft202012Validator(json.loads(text), validate_formats=True, offline=True),
        jsonschema.Draft202012Validator(json.loads(text), format_checker=checker),
    )


def candidate(index: int) -> Candidate:
    return ((Part(f"/components/schemas/V{index}"),),)


def cases(count: int) -> st.SearchStrategy[Case]:
    variants = st.tuples(*[_schemas] * count)
    return st.builds(Case, variants, st.tuples(_recursive, _recursive))
