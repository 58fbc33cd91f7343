"""A document whose answers can be of every sort, and values of its schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

SPEC = """\
openapi: 3.1.0
info: {title: Answers, version: "1"}
security: [{}]
paths:
  /tree: {get: {operationId: tree, responses: {
    200: {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Tree'}}}},
    default: {description: Not., content: {application/problem+json: {schema: {
      $ref: '#/components/schemas/Failure'}}}}}}}
  /chain: {get: {operationId: chain, responses: {200: {description: It., content: {
    application/json: {schema: {$ref: '#/components/schemas/Chain'}}}}}}}
  /filter: {get: {operationId: filter, responses: {200: {description: It., content: {
    application/json: {schema: {$ref: '#/components/schemas/Filter'}}}}}}}
  /formats: {get: {operationId: formats, responses: {200: {description: It., content: {
    application/json: {schema: {$ref: '#/components/schemas/Formats'}}}}}}}
  /sets: {get: {operationId: sets, responses: {200: {description: It., content: {
    application/json: {schema: {$ref: '#/components/schemas/Sets'}}}}}}}
  /open: {get: {operationId: open, responses: {200: {description: It., content: {
    application/json: {schema: {$ref: '#/components/schemas/Open'}}}}}}}
  /closed: {get: {operationId: closed, responses: {200: {description: It., content: {
    application/json: {schema: {$ref: '#/components/schemas/Closed'}}}}}}}
  /kinds: {get: {operationId: kinds, responses: {200: {description: It., content: {
    application/json: {schema: {$ref: '#/components/schemas/Kinds'}}}}}}}
  /events: {get: {operationId: events, responses: {200: {description: It., content: {
    application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Event'}}}}}}}}
  /any: {get: {operationId: any, responses: {200: {description: It., content: {
    application/json: {schema: {}}}}}}}
  /text: {get: {operationId: text, responses: {200: {description: It., content: {
    text/plain: {schema: {type: string}}}}}}}
  /octets: {get: {operationId: octets, responses: {200: {description: It., content: {
    application/octet-stream: {}}}}}}
  /mixed: {get: {operationId: mixed, responses: {200: {description: It., content: {
    application/json: {schema: {$ref: '#/components/schemas/Closed'}},
    text/plain: {schema: {type: string}}, application/octet-stream: {}}}}}}
  /nothing: {get: {operationId: nothing, responses: {204: {description: It.}}}}
  /headed: {get: {operationId: headed, responses: {204: {description: It., headers: {
    X-Count: {schema: {type: integer}}, X-Since: {schema: {type: string, format: date-time}},
    X-List: {schema: {type: array, items: {type: number}}},
    X-Pairs: {explode: true, schema: {type: object, properties: {a: {type: integer}}}},
    X-Json: {content: {application/json: {schema: {$ref: '#/components/schemas/Filter'}}}}}}}}}
components:
  schemas:
    Tree:
      type: object
      required: [name]
      properties:
        name: {type: string, maxLength: 50}
        size: {type: integer, format: int32, minimum: 0}
        children: {type: array, items: {$ref: '#/components/schemas/Tree'}}
        by_name: {type: object, additionalProperties: {$ref: '#/components/schemas/Tree'}}
    Failure:
      type: object
      required: [code]
      properties: {code: {type: integer}, why: {type: array, items: {type: string}}}
    Chain:
      anyOf: [{$ref: '#/components/schemas/Left'}, {$ref: '#/components/schemas/Right'}]
    Left:
      type: object
      properties:
        next: {$ref: '#/components/schemas/Chain'}
        left: {type: string}
    Right:
      type: object
      properties:
        next: {$ref: '#/components/schemas/Chain'}
        right: {type: integer}
    Filter:
      oneOf:
        - {$ref: '#/components/schemas/Equals'}
        - {$ref: '#/components/schemas/All'}
        - {$ref: '#/components/schemas/Negation'}
    Equals:
      type: object
      required: [field, value]
      properties: {field: {type: string}, value: {type: [string, number, boolean, "null"]}}
      additionalProperties: false
    All:
      type: object
      required: [all]
      properties: {all: {type: array, items: {$ref: '#/components/schemas/Filter'}}}
      additionalProperties: false
    Negation:
      type: object
      required: [not]
      properties: {not: {$ref: '#/components/schemas/Filter'}}
      additionalProperties: false
    Formats:
      type: object
      properties:
        date: {type: string, format: date}
        moment: {type: string, format: date-time}
        time: {type: string, format: time}
        span: {type: string, format: duration}
        amount: {type: string, format: decimal}
        octets: {type: string, contentEncoding: base64}
        url_octets: {type: string, contentEncoding: base64url}
        uuid: {type: string, format: uuid}
        either: {oneOf: [{type: string, format: date}, {type: string, format: uri},
          {type: string, format: email}]}
    Sets:
      type: object
      properties:
        any: {type: array, uniqueItems: true, items: {}}
        numbers: {type: array, uniqueItems: true, items: {type: integer}}
        amounts: {type: array, uniqueItems: true, items: {type: string, format: decimal}}
        uuids: {type: array, uniqueItems: true, items: {type: string, format: uuid}}
        pairs: {type: array, uniqueItems: true, items: {type: array, items: {type: integer}}}
        few: {type: array, contains: {type: string}, minContains: 1, maxContains: 2, items: {}}
    Open:
      type: object
      required: [id]
      properties: {id: {type: string}}
      patternProperties: {"^x-": {type: integer}}
      additionalProperties: {type: array, items: {type: string}}
    Closed:
      type: object
      required: [id, kind]
      properties:
        id: {type: string}
        kind: {enum: [a, b, null]}
        level: {enum: [1, 2, 3]}
      additionalProperties: false
    Kinds:
      type: [object, array, string, integer, "null"]
      properties: {a: {type: boolean}}
      if: {required: [a]}
      then: {required: [b]}
      unevaluatedProperties: {type: string}
      items: {type: [string, "null"]}
    Event:
      oneOf: [{$ref: '#/components/schemas/Made'}, {$ref: '#/components/schemas/Gone'}]
      discriminator: {propertyName: type}
    Made: {type: object, required: [type], properties: {
      type: {const: made}, at: {type: string, format: date-time}, by: {$ref: '#/components/schemas/Closed'}}}
    Gone: {type: object, required: [type], properties: {type: {const: gone}, why: {type: string}}}
"""
OPERATIONS = (
    *("tree", "chain", "filter", "formats", "sets", "open", "closed", "kinds", "events"),
    *("any", "text", "octets", "mixed", "nothing", "headed"),
)
EXAMPLES: Mapping[str, list[str]] = {
    "date": ["2024-02-29", "0000-00-00", "2023-02-29"],
    "date-time": ["2024-02-29T23:59:60Z", "2024-01-01T00:00:00.123456789+25:00"],
    "time": ["12:30:00Z", "24:00:00", "12:30:60.5-12:99"],
    "duration": ["P1W", "P1Y2M3DT4H5M6.7S", "-PT999999999999999H", "P"],
    "decimal": ["1.50", "-.5e-9999", "1e9999", "NaN", "0x1"],
    "uuid": ["00000000-0000-4000-8000-000000000000", "{00000000-0000-4000-8000-000000000000}"],
    "uri": ["a:b", "https://[::1", "a:%zz"],
    "email": ["a@b.test", '"@"@[IPv6:::1]', "a@[1.2.3.4"],
    "base64": ["AAAA", "A", "A-_=", "AA\n=="],
}


def described() -> dict[str, Any]:
    """Return the schemas of the document by name."""
    document: Any = yaml.safe_load(SPEC)
    found: dict[str, Any] = document["components"]["schemas"]
    return found


def numbers() -> SearchStrategy[Any]:
    odd = [0, -0.0, 1.0, 1e308, 5e-324, 2**53, 2**63, -(2**64), 10**400, True]
    return st.one_of(st.integers(), st.floats(allow_nan=False), st.sampled_from(odd))


def texts() -> SearchStrategy[str]:
    """Texts as JSON can hold them: lone surrogates are among them."""
    known = [each for examples in EXAMPLES.values() for each in examples]
    points = st.characters(codec=None)
    return st.one_of(st.text(points, max_size=20), st.sampled_from(known))


def anything(most: int = 12) -> SearchStrategy[Any]:
    """Any JSON; its objects have names that the document knows, and that Python does."""
    names = st.one_of(texts(), st.sampled_from(NAMES))
    return st.recursive(
        st.one_of(st.none(), st.booleans(), numbers(), texts()),
        lambda within: st.one_of(
            st.lists(within, max_size=4), st.dictionaries(names, within, max_size=5)
        ),
        max_leaves=most,
    )


def of_schema(schema: Any, schemas: Mapping[str, Any], room: int = 4) -> SearchStrategy[Any]:
    """Return values that mostly fit a schema, each part of them now and then another one."""
    return st.one_of(_fitting(schema, schemas, room), _fitting(schema, schemas, room), anything(3))


def _fitting(schema: Any, schemas: Mapping[str, Any], room: int) -> SearchStrategy[Any]:
    if "$ref" in schema:
        return of_schema(schemas[schema["$ref"].rpartition("/")[2]], schemas, room)
    for choice in ("oneOf", "anyOf"):
        if choice in schema:
            return st.one_of([of_schema(each, schemas, room) for each in schema[choice]])
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum", [schema.get("const")]))
    kinds = schema.get("type", "any")
    listed: list[str] = [kinds] if isinstance(kinds, str) else kinds
    return st.one_of([_of_kind(kind, schema, schemas, room) for kind in listed])


def _of_kind(kind: str, schema: Any, schemas: Mapping[str, Any], room: int) -> SearchStrategy[Any]:
    match kind:
        case "object" if room:
            return _object(schema, schemas, room - 1)
        case "array" if room:
            within = schema.get("items", {})
            return st.lists(_later(within, schemas, room - 1), max_size=3)
        case "string":
            known = EXAMPLES.get(schema.get("format", schema.get("contentEncoding", "")))
            return st.sampled_from(known) if known else texts()
        case "integer" | "number":
            return numbers()
        case "boolean":
            return st.booleans()
        case "null" | "object" | "array":
            return st.none()
        case _:
            return anything(3)


def _later(schema: Any, schemas: Mapping[str, Any], room: int) -> SearchStrategy[Any]:
    return st.deferred(lambda: of_schema(schema, schemas, room))


def _object(schema: Any, schemas: Mapping[str, Any], room: int) -> SearchStrategy[Any]:
    members = {name: _later(of, schemas, room) for name, of in schema.get("properties", {}).items()}
    required = {name: members.pop(name) for name in schema.get("required", ()) if name in members}
    known = st.fixed_dictionaries(required, optional=members)
    more = st.dictionaries(st.one_of(texts(), st.sampled_from(NAMES)), anything(2), max_size=2)
    return st.builds(_beside, st.one_of(st.just({}), more), known)


def _beside(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    return {**first, **second}


def _names(schema: Any) -> Iterator[str]:
    yield from schema.get("properties", {})
    for part in schema.get("properties", {}).values():
        yield from _names(part)


NAMES = [
    *sorted({name for each in described().values() for name in _names(each)}),
    *("__class__", "__init__", "__dict__", "__slots__", "extra", "self", "mro", "x-a", ""),
    *("error", "access_token", "expires_in", "token_type"),
]
