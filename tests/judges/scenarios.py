"""The scenarios of Spector as calls: what their requests show, as values for the parameters that a
document declares.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from .calling import Body, Key, Values
from .document import Json, Node, Operation, items, load, members, operations
from .environments import Failed
from .sampling import NoSample, kind_of, merged, schema_of
from .schemes import alternatives, schemes

_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}
REFUSED = "invalid-credential"
"""What is sent where a scenario asks for a credential that is refused."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    media_type: str
    content: Json | bytes
    """None where there is none."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a scenario."""

    document: Path
    method: str
    path: str
    request: dict[str, Json]
    uri: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    folder: str
    calls: tuple[Call, ...]
    """Empty where no operation of a document is meant."""


def scenarios(folder: Path, wanted: tuple[str, ...]) -> Iterator[Scenario]:
    """Yield the scenarios below some folders. Raises Failed."""
    told = {str(s["name"]): s for s in map(members, items(load(folder / "scenarios.json")))}
    for matched in map(members, items(load(folder / "scenario_ops.json"))):
        name = str(matched["scenario"])
        top = str(matched["spec"]).partition("/")[0]
        if top not in wanted:
            continue
        if name not in told:
            raise Failed(f"scenarios.json of {folder} does not tell `{name}`")
        apis = [members(api) for api in items(told[name].get("apis"))]
        places = [[str(word) for word in items(place)] for place in items(matched.get("ops"))]
        calls = tuple(
            _call(folder / place[0], place[1], api)
            for place, api in zip(places, apis, strict=bool(places))
        )
        yield Scenario(name, top, calls)


def _call(document: Path, path: str, api: dict[str, Json]) -> Call:
    response = members(api.get("response"))
    status = response.get("status")
    body = members(response.get("body"))
    media_type = str(body.get("contentType", ""))
    return Call(
        document=document,
        method=str(api["method"]).upper(),
        path=path,
        request=members(api.get("request")),
        uri=str(api["uri"]),
        answer=Answer(
            status if isinstance(status, int) else 0, media_type, _content(body, media_type)
        ),
    )


def _content(body: dict[str, Json], media_type: str) -> Json | bytes:
    raw = body.get("raw")
    if isinstance(raw, dict) and isinstance(raw.get("base64"), str):
        return b64decode(str(raw["base64"]))
    if isinstance(raw, str) and "json" in media_type:
        found: Json = json.loads(raw)
        return found
    return raw


class Undeclared(Exception):
    """A scenario sends what the operation does not declare."""


def values(call: Call, operation: Operation) -> Values:
    """Return what a call sends, by the parameters of its operation. Raises Undeclared."""
    declared = {_key(p): p for p in operation.parameters}
    own = _credential_headers(operation)
    found: dict[Key, Json] = {}
    shown: dict[Key, Json] = {("path", k): v for k, v in _of_path(call, operation).items()}
    shown |= {("query", k): v for k, v in _query(call).items()}
    headers = members(call.request.get("headers"))
    shown |= {("header", k.lower()): v for k, v in headers.items() if k.lower() not in own}
    for name in ("content-type", "accept"):  # are no parameters: 3.1.1, Parameter Object, `name`
        shown.pop(("header", name), None)
    for key, value in shown.items():
        parameter = declared.get(key)
        if parameter is None:
            raise Undeclared(f"the {key[0]} parameter `{key[1]}`")
        name = parameter.word("name") or ""
        found[key[0], name] = _typed(parameter, value)
    return Values(found, _body(call))


def credentials(call: Call, operation: Operation) -> dict[str, str]:
    """Return the credentials that a call shows, by the keys of their schemes."""
    headers = {k.lower(): str(v) for k, v in members(call.request.get("headers")).items()}
    known = schemes(operation.node.root)
    found: dict[str, str] = {}
    for key in dict.fromkeys(key for wanted in alternatives(operation) for key in wanted):
        scheme = known[key]
        text = headers.get(scheme.name.lower())
        prefix = scheme.written("")
        if text is not None and text.startswith(prefix):
            found[key] = text.removeprefix(prefix)
        elif call.answer.status in (401, 403) and not found:
            found[key] = REFUSED
    return found


def _credential_headers(operation: Operation) -> set[str]:
    found = schemes(operation.node.root)
    return {scheme.name.lower() for scheme in found.values() if scheme.place == "header"}


def _key(parameter: Node) -> Key:
    location, name = parameter.word("in") or "", parameter.word("name") or ""
    return location, name.lower() if location == "header" else name


def _query(call: Call) -> dict[str, Json]:
    found: dict[str, Json] = dict(members(call.request.get("query")))
    for name, value in parse_qsl(urlsplit(call.uri).query, keep_blank_values=True):
        found.setdefault(name, value)
    return found


def _of_path(call: Call, operation: Operation) -> dict[str, Json]:
    """Return what stands in the place of each name of the path."""
    parts = re.split(r"\{([^{}]*)\}", operation.path.partition("?")[0])
    pattern = "".join(re.escape(part) if i % 2 == 0 else "([^/]+)" for i, part in enumerate(parts))
    found = re.search(f"{pattern}$", call.uri.partition("?")[0])
    if found is None:
        raise Undeclared(f"the path `{call.uri}`")
    return {name: unquote(text) for name, text in zip(parts[1::2], found.groups(), strict=True)}


def _typed(parameter: Node, value: Json) -> Json:
    schema = schema_of(parameter)
    found = {} if schema is None else _plainly(schema)
    if schema is not None and kind_of(found) == "array" and isinstance(value, str):
        separator = _SEPARATORS.get(parameter.word("style") or "", ",")
        each = merged(schema).get("items")
        return [_scalar(each, item) for item in value.split(separator)]
    return _scalar(schema, value)


def _scalar(schema: Node | None, value: Json) -> Json:
    kind = "string" if schema is None else kind_of(_plainly(schema))
    if not isinstance(value, str):
        return str(value) if kind == "string" and not isinstance(value, list | dict) else value
    if kind in ("integer", "number", "boolean"):
        found: Json = json.loads(value)
        return found
    return value


def _plainly(schema: Node) -> dict[str, Json]:
    try:
        return members(merged(schema).value)
    except NoSample:
        return {}


def _body(call: Call) -> Body | None:
    body = members(call.request.get("body"))
    media_type = body.get("contentType")
    if not isinstance(media_type, str):
        return None
    return Body(media_type, _content(body, media_type))


def operation_of(root: Json, call: Call) -> Operation:
    """Return the operation that a call means. Raises Failed."""
    for operation in operations(root):
        if (operation.method, operation.path) == (call.method, call.path):
            return operation
    raise Failed(f"{call.document} has no operation {call.method} {call.path}")
