"""Whole documents as hypothesis makes them: nearly all sound, of any names and texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from hypothesis import strategies as st

from specloom.values import Tree

Strategy: TypeAlias = st.SearchStrategy[Tree]
_Object: TypeAlias = st.SearchStrategy[dict[str, Tree]]

_COMPONENTS: tuple[str, ...] = ("A", "B", "C", "D", "list", "a_b", "aB")
_ODD = (
    *("class", "self", "None", "type", "__init__", "__class__", "_value_", "mro", "list", "str"),
    *(
        "json",
        "client",
        "models",
        "UNSET",
        "é",
        "日本",
        "\uff21",
        "a b",
        "a-b",
        "a_b",
        "aB",
        "0",
        "-",
    ),
    *("", " ", '"""', "'", "\\", "\n", "\r\n", "\u2028", "\u202e", "\x00", "\x1b[0m", "{x}", "#"),
    *("{{ 7 }}", "../x", "$ref", "CON", "a" * 300),
)
_WORDS = ("id", "name", "kind", "value", "created_at", "items", "page", "next", "data", "key")
_PATTERNS = ("^[a-z]+$", "^a", "[0-9]{3}", "\\d+-\\d+", "^(?!x).*$", "(a+)+$", "\\p{L}", "[")
_FORMATS = (
    *("date", "date-time", "time", "duration", "uuid", "uri", "email", "ipv4", "ipv6", "byte"),
    *("binary", "int32", "int64", "float", "double", "decimal", "password", "odd"),
)


def _listed(of: Strategy, most: int, least: int = 0) -> Strategy:
    return st.lists(of, min_size=least, max_size=most)


def _mapped(keys: st.SearchStrategy[str], of: Strategy, most: int, least: int = 0) -> _Object:
    return st.dictionaries(keys, of, min_size=least, max_size=most)


def _object(given: Mapping[str, Strategy], **more: Strategy) -> _Object:
    """Return objects with all of some members and any of others."""
    return st.fixed_dictionaries(dict(given), optional=dict(more))


texts = st.one_of(
    st.sampled_from(_WORDS), st.sampled_from(_ODD), st.text(max_size=12, alphabet=st.characters())
)
names = st.one_of(st.sampled_from(_WORDS), st.sampled_from(_WORDS), st.sampled_from(_ODD))
numbers: st.SearchStrategy[int | float] = st.one_of(
    st.integers(-5, 300),
    st.sampled_from((10**30, 0.5, -0.0, 1e300, 1.0)),
)
scalars: Strategy = st.one_of(st.none(), st.booleans(), numbers, texts)
values: Strategy = st.recursive(
    scalars, lambda inner: st.one_of(_listed(inner, 3), _mapped(names, inner, 3)), max_leaves=5
)


_said: Mapping[str, Strategy] = {
    "description": texts,
    "title": texts,
    "deprecated": st.booleans(),
    "x-odd": values,
}
_references: Strategy = st.sampled_from(_COMPONENTS[:4]).map(
    lambda name: {"$ref": f"#/components/schemas/{name}"}
)
_texts_of: Strategy = _object(
    {"type": st.just("string")},
    minLength=st.integers(0, 3),
    maxLength=st.integers(3, 9),
    pattern=st.sampled_from(_PATTERNS),
    format=st.sampled_from(_FORMATS),
    default=texts,
    enum=st.lists(texts, min_size=1, max_size=4, unique=True),
    **_said,
)
_numbers_of: Strategy = _object(
    {"type": st.sampled_from(("integer", "number"))},
    minimum=st.integers(-3, 3),
    exclusiveMaximum=st.integers(4, 900),
    multipleOf=st.sampled_from((1, 2, 0.01)),
    format=st.sampled_from(_FORMATS),
    default=numbers,
    enum=st.lists(st.integers(-2, 5), min_size=1, max_size=4, unique=True),
    **_said,
)
_leaves: Strategy = st.one_of(
    _references,
    _references,
    _texts_of,
    _texts_of,
    _numbers_of,
    _object({"type": st.just("boolean")}, default=st.booleans(), **_said),
    _object({"const": scalars}, **_said),
    _object({"type": st.just("null")}),
    st.just({}),
    st.booleans(),
)


def _composed(inner: Strategy) -> Strategy:
    several = _listed(inner, 3, 1)
    members = st.dictionaries(names, inner, max_size=4)
    objects = members.flatmap(
        lambda properties: _object(
            {
                "type": st.just("object"),
                "properties": st.just(dict(properties)),
                "required": st.lists(
                    st.sampled_from(sorted(properties)) if properties else st.just("id"),
                    max_size=3,
                    unique=True,
                ),
            },
            additionalProperties=inner,
            patternProperties=_mapped(st.sampled_from(_PATTERNS[:4]), inner, 2),
            minProperties=st.integers(0, 2),
            readOnly=st.booleans(),
            **_said,
        )
    )
    lists = _object(
        {"type": st.just("array"), "items": inner},
        minItems=st.integers(0, 2),
        maxItems=st.integers(2, 5),
        uniqueItems=st.booleans(),
        prefixItems=several,
        **_said,
    )
    tagged = _object(
        {"oneOf": _listed(_references, 3, 2)},
        discriminator=_object({"propertyName": names}),
    )
    return st.one_of(
        objects,
        objects,
        lists,
        tagged,
        _object({"oneOf": several}, **_said),
        _object({"anyOf": several}, **_said),
        _object({"allOf": several}, **_said),
        inner.map(lambda schema: {"anyOf": [schema, {"type": "null"}]}),
    )


schemas: Strategy = st.recursive(_leaves, _composed, max_leaves=8)
_media_types = st.sampled_from(
    (
        *("application/json", "application/json", "application/problem+json", "text/plain", "*/*"),
        *("application/x-www-form-urlencoded", "multipart/form-data", "application/octet-stream"),
    )
)
_contents: Strategy = _mapped(_media_types, _object({"schema": schemas}), 2, 1)
_headers: Strategy = _mapped(
    st.sampled_from(("X-A", "Link", "x-b", "Retry-After")), _object({"schema": schemas}), 2
)
_responses: Strategy = _mapped(
    st.sampled_from(("200", "201", "204", "4XX", "404", "500", "default")),
    _object({"description": texts}, content=_contents, headers=_headers),
    3,
    1,
)
_parameters = st.lists(
    _object(
        {"name": names, "in": st.sampled_from(("query", "header", "cookie")), "schema": schemas},
        required=st.booleans(),
        explode=st.booleans(),
        deprecated=st.booleans(),
        description=texts,
    ),
    max_size=3,
    unique_by=lambda parameter: (str(parameter["name"]).lower(), parameter["in"]),
)
_security: Strategy = st.sampled_from(
    ([], [{}], [{"key": []}], [{"bearer": []}, {}], [{"key": [], "oauth": ["read"]}])
)
_SCHEMES: Tree = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "oauth": {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "https://a.test/t", "scopes": {"read": "r"}}},
    },
}
_operations: _Object = _object(
    {"responses": _responses},
    operationId=texts,
    summary=texts,
    description=texts,
    tags=_listed(names, 2),
    parameters=_parameters,
    requestBody=_object({"content": _contents}, required=st.booleans(), description=texts),
    security=_security,
    deprecated=st.booleans(),
)
_methods: _Object = _mapped(
    st.sampled_from(("get", "post", "put", "delete", "patch", "head")), _operations, 2
)
_PATHS: tuple[str, ...] = (
    "/",
    "/a",
    "/a/{id}",
    "/a/{id}/b",
    "/{class}/x",
    "/a.b",
    "/é",
    "/a/{id}.{name}",
)


def _with_parameters(path: str, methods: Mapping[str, Tree]) -> Tree:
    """Return a path item that describes the parameters in its path."""
    inner = [part.partition("}")[0] for part in path.split("{")[1:]]
    described: list[Tree] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in inner
    ]
    return {"parameters": described, **methods}


def _numbered(items: Mapping[str, Tree]) -> Tree:
    """Return path items in which no two operations are called the same by the document."""
    given: set[Tree] = set()
    made: dict[str, Tree] = {}
    for path, methods in items.items():
        kept: dict[str, Tree] = {}
        assert isinstance(methods, dict)
        for method, operation in methods.items():
            assert isinstance(operation, dict)
            called = operation.get("operationId")
            kept[method] = (
                {k: v for k, v in operation.items() if k != "operationId"}
                if called in given
                else operation
            )
            given.add(called)
        made[path] = _with_parameters(path, kept)
    return made


_tags = st.lists(
    _object({"name": names}, description=texts),
    max_size=2,
    unique_by=lambda tag: str(tag["name"]),
)
documents: _Object = _object(
    {
        "openapi": st.sampled_from(("3.1.0", "3.1.0", "3.2.0")),
        "info": _object({"title": texts, "version": texts}, description=texts, summary=texts),
        "paths": _mapped(st.sampled_from(_PATHS), _methods, 3).map(_numbered),
        "components": _object(
            {
                "schemas": _object(
                    dict.fromkeys(_COMPONENTS[:4], schemas),
                    **dict.fromkeys(_COMPONENTS[4:], schemas),
                ),
                "securitySchemes": st.just(_SCHEMES),
            }
        ),
    },
    servers=_listed(
        _object({"url": st.sampled_from(("https://a.test", "/v1", "https://{h}.test/x"))}), 2
    ),
    tags=_tags,
    security=_security,
)
"""Documents of OpenAPI 3.1 and 3.2."""
