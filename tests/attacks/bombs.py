"""Small documents that mean something large: what they are called, and their texts.

Some are values that stand for others, which stand for others in turn; some are syntax within syntax.
A document that holds itself a dozen times is none: each is sound, or nearly so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from specloom.values import Tree

_HEAD = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n"
_OPEN = '{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, '
_LEVELS = 40


def _ref(number: int) -> dict[str, Tree]:
    return {"$ref": f"#/components/schemas/A{number}"}


def _document(schemas: Mapping[str, Tree]) -> str:
    content: Tree = {"application/json": {"schema": _ref(0)}}
    operation: Tree = {
        "operationId": "a",
        "requestBody": {"content": content},
        "responses": {"200": {"description": "", "content": content}},
    }
    tree: Tree = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"post": operation}},
        "components": {"schemas": schemas},
    }
    return json.dumps(tree)


def _stairs(step: Callable[[dict[str, Tree]], Tree], last: Tree | None = None) -> str:
    """Return a document of schemas, each of which mentions the next one twice."""
    steps = {f"A{number}": step(_ref(number + 1)) for number in range(_LEVELS)}
    return _document({**steps, f"A{_LEVELS}": last or {"type": "string"}})


def _nested(depth: int, step: Callable[[Tree], Tree]) -> str:
    value: Tree = {"type": "string"}
    for _ in range(depth):
        value = step(value)
    return _document({"A0": value})


def _both(each: Tree) -> dict[str, Tree]:
    return {"a": each, "b": each}


_FALLS_BACK: Tree = {"type": "object", "properties": {"x": {"type": "string", "default": "y"}}}
BOMBS: Mapping[str, str] = {
    # what is required, checked or filled in doubles with each step
    "required.json": _stairs(
        lambda n: {"type": "object", "required": ["a", "b"], "properties": _both(n)}
    ),
    "defaults.json": _stairs(
        lambda n: {"type": "object", "properties": _both({"allOf": [n], "default": {}})},
        _FALLS_BACK,
    ),
    "arrays.json": _stairs(lambda n: {"type": "array", "minItems": 2, "items": n}),
    "maps.json": _stairs(
        lambda n: {"type": "object", "minProperties": 2, "additionalProperties": n}
    ),
    "not.json": _stairs(lambda n: {"not": {"allOf": [n, {"not": n}]}}),
    "conditions.json": _stairs(lambda n: {"if": n, "then": n, "else": n}),
    "any.json": _stairs(lambda n: {"anyOf": [n, {"type": "array", "items": n}]}),
    "one.json": _stairs(
        lambda n: {
            "oneOf": [
                {"type": "object", "required": [key], "properties": {key: n}} for key in ("a", "b")
            ]
        }
    ),
    "all.json": _stairs(lambda n: {"allOf": [n, n]}, {"type": "object"}),
    # no address is shared, and yet there is no end
    "items.json": _nested(14, lambda v: {"type": "array", "minItems": 10, "items": v}),
    "conditions-within.json": _nested(9, lambda v: {"if": v, "then": v, "else": v}),
    "not-within.json": _nested(90, lambda v: {"not": v}),
    # what falls back on itself
    "default-of-itself.json": _document(
        {
            "A0": {
                "type": "object",
                "properties": {"a": {"allOf": [_ref(0)], "default": {"a": {"a": {}}}}},
            }
        }
    ),
    "default-items.json": _document(
        {
            "A0": {
                "type": "object",
                "properties": {"a": {"type": "array", "items": _ref(0), "default": [{}]}},
            }
        }
    ),
    # counts that nobody could fill
    "counts.json": _document(
        {
            "A0": {
                "type": "object",
                "required": ["a", "b", "c"],
                "properties": {
                    "a": {"type": "array", "minItems": 10**9, "items": {"type": "boolean"}},
                    "b": {"type": "string", "minLength": 10**12},
                    "c": {"type": "object", "minProperties": 10**9},
                },
            }
        }
    ),
    # many that are called alike
    "alike.json": _document(
        {
            "A0": {
                "type": "object",
                "properties": {"!" * n: {"type": "string"} for n in range(1, 800)},
            }
        }
    ),
    "variants.json": _document(
        {
            "A0": {
                "oneOf": [
                    {"type": "object", "properties": {f"a{n}": {"type": "string"}}}
                    for n in range(150)
                ]
            }
        }
    ),
    # the reader
    "aliases.yaml": f"{_HEAD}x-a: &a [{','.join('1' * 2000)}]\nx-b:\n"
    + "".join(f"  k{n}: *a\n" for n in range(2000)),
    "texts.yaml": f"{_HEAD}x-a: &a '{'y' * 100_000}'\ntags:\n"
    + "".join(f"- {{name: t{n}, description: *a}}\n" for n in range(100)),
    "flow.yaml": f"{_HEAD}x-a: {'[' * 50_000}",
    "blocks.yaml": f"{_HEAD}x-a:\n" + "".join(" " * n + "a:\n" for n in range(1, 1000)),
    "dashes.yaml": f"{_HEAD}x-a:\n {'- ' * 10_000}",
    "keys.yaml": f"{_HEAD}x-a:\n{'? ' * 10_000}a",
    "colons.yaml": f"{_HEAD}x-a: {'a:' * 100_000}",
    "documents.yaml": f"---\n{_HEAD}" * 300,
    "brackets.json": "[" * 200_000,
    "objects.json": f'{_OPEN}"x-a": {{"a":' * 20_000,
    "digits.json": f'{_OPEN}"x-a": {"9" * 200_000}}}',
    "exponent.json": f'{_OPEN}"x-a": 1e999999999}}',
    "twice.json": _OPEN + '"x-a": 1, ' * 20_000 + '"x-b": 1}',
    "open.json": f'{_OPEN}"x-a": "{"a" * 500_000}',
    "quotes.md": f"{'>' * 5_000} ```yaml\n{_HEAD}",
    "lists.md": "".join("  " * n + "- a\n" for n in range(500)) + f"```yaml\n{_HEAD}```\n",
    "links.md": f"{'[' * 20_000}\n```yaml\n{_HEAD}```\n",
    "stars.md": f"{'*a_ ' * 20_000}\n```yaml\n{_HEAD}```\n",
    "blocks.md": f"```yaml\n{_HEAD}```\n" * 300,
}
