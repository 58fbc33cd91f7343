"""Any string is a name: documents of hostile ones become packages that import and lose nothing.

A document is drawn in which schemas, properties, parameters, operations, tags and values of enums
are called what nobody would call them. Its package is imported, every object is read, made and
written again, and every operation is called: what leaves is what the document says.
`SPECLOOM_NAME_EXAMPLES` multiplies the examples.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specloom import ir
from specloom.audit import audit
from specloom.naming import Names, name, reserved
from specloom.pipeline import understand
from specloom.python.package.package import package
from specloom.render import render, runtime
from specloom.values import Tree

from .support import ROOT

_TIMES = int(os.environ.get("SPECLOOM_NAME_EXAMPLES", "1"))
_NUMBER = count(1)
_COMMON = (
    *(
        "",
        " ",
        "_",
        "__",
        "+1",
        "-1",
        "1",
        "1st",
        "日本",
        "д",
        "é",
        "e",
        "ﬁeld",
        "\u017felf",
        "İ",
        "ß",
    ),
    *(
        "\uff21",
        "\u212a",
        "\u200b",
        "a\u0301",
        "\x7f",
        "a\nb",
        "\\",
        '"""',
        "'",
        "{x}",
        "%s",
        "$ref",
    ),
    *("class", "None", "match", "type", "async", "import", "__init__", "__class__", "__dict__"),
    *("__slots__", "__doc__", "__name__", "_private", "__all__", "__getattr__", "__annotations__"),
    *("d", "int", "str", "list", "dict", "float", "bool", "bytes", "set", "tuple", "object", "id"),
    *("self", "cls", "field", "field_", "Field", "FIELD", "extra", "dataclass", "mro", "default"),
    *("user-name", "user_name", "userName", "UserName", "user name", "USER_NAME", "user_name_2"),
    *("Client", "AsyncClient", "Server", "UNSET", "Unset", "Json", "JsonObject", "Literal", "UUID"),
    *("Unknown", "UnknownVariant", "Sequence", "Mapping", "Call", "Group", "Session", "TypeAlias"),
    *("decode", "encode", "decode_x", "check_x", "value", "strict", "out", "read", "write", "name"),
    *("options", "body", "timeout", "headers", "query", "cookies", "content_type", "response"),
    *("codecs", "models", "errors", "client", "annotations", "TYPE_CHECKING", "Exception", "print"),
    *("send", "close", "aclose", "request", "with_options", "with_response", "property", "x" * 300),
)
_UNNAMEABLE = re.compile(
    "[/\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""What no component may be called by."""
_OWN = (None, "models", "client", "codecs")
"""Where the types of a package are, and the package itself."""
NAMES = st.one_of(st.sampled_from(_COMMON), st.text(max_size=6))


def _sets(most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(NAMES, min_size=1, max_size=most, unique=True)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Tree]:
    keys = [key for key in draw(_sets(4)) if not _UNNAMEABLE.search(key) and key] or ["Only"]
    schemas = {key: draw(_objects()) for key in keys}
    values = draw(_sets(12))
    schemas[next(key for key in ("Kind", "Kind2") if key not in keys)] = {
        "type": "string",
        "enum": values,
    }
    operations = [draw(_operations(keys)) for _ in range(draw(st.integers(1, 3)))]
    return {
        "openapi": "3.1.0",
        "info": {"title": draw(NAMES), "version": draw(NAMES)},
        "tags": [],
        "paths": {f"/{number}": {"post": each} for number, each in enumerate(operations)},
        "components": {"schemas": schemas},
    }


@st.composite
def _objects(draw: st.DrawFn) -> dict[str, Tree]:
    names = draw(_sets(5))
    required = draw(st.lists(st.sampled_from(names), unique=True))
    properties: dict[str, Tree] = {key: {"type": "string"} for key in names}
    return {"type": "object", "properties": properties, "required": required}


@st.composite
def _operations(draw: st.DrawFn, keys: Sequence[str]) -> dict[str, Tree]:
    reference = {"$ref": "#/components/schemas/" + _escaped(draw(st.sampled_from(keys)))}
    content: Tree = {"application/json": {"schema": reference}}
    parameters: list[Tree] = [
        {"name": key, "in": "query", "required": draw(st.booleans()), "schema": {"type": "string"}}
        for key in draw(_sets(4))
    ]
    found: dict[str, Tree] = {
        "parameters": parameters,
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "", "content": content}},
    }
    if draw(st.booleans()):
        found["operationId"] = draw(NAMES)
    if draw(st.booleans()):
        found["tags"] = [draw(NAMES)]
    return found


def _escaped(key: str) -> str:
    return quote(key.replace("~", "~0").replace("/", "~1"), safe="~")


class _Echo:
    """A transport that answers with what it was sent."""

    def __init__(self, response: Any) -> None:
        self._response = response
        self.seen: list[Any] = []

    def exchange(self, request: Any) -> Any:
        self.seen.append(request)
        return self._response(200, {"content-type": "application/json"}, request.content)

    def close(self) -> None:
        return


@pytest.mark.filterwarnings("error")
@settings(
    derandomize=True,
    max_examples=25 * _TIMES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(document=documents(), limit=st.sampled_from([1, 1500]))
def test_hostile_names_lose_nothing(document: dict[str, Tree], limit: int, tmp_path: Path) -> None:
    module = f"hostile_names_{next(_NUMBER)}"
    api, names = _written(document, tmp_path, module, limit)
    sys.path.insert(0, str(tmp_path))
    try:
        made = import_module(module)
        _objects_travel(made, api, names)
        _operations_are_called(made, api, names)
    finally:
        sys.path.remove(str(tmp_path))
        for known in [key for key in sys.modules if key.partition(".")[0] == module]:
            del sys.modules[known]


def test_no_type_is_called_what_files_import() -> None:
    imported = {
        alias.name
        for path in (ROOT / "tests" / "corpus").glob("*/want/*.py")
        if path.name not in ("oauth.py", "webhooks.py")  # these import no type of the document
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module not in _OWN
        for alias in node.names
    }
    tables = (ROOT / "generator" / "specloom" / "python").glob("*_modules.py")
    imported |= {
        key.value
        for path in tables
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value
    }
    types = {name for name in imported if name[0].isupper() and "_" not in name}
    assert sorted(types - reserved.MODELS) == []


def _written(document: Tree, folder: Path, module: str, limit: int) -> tuple[ir.Api, Names]:
    spec = folder / f"{module}.json"
    spec.write_text(json.dumps(document), "utf-8")
    understood = understand(str(spec))
    assert understood.api is not None, understood.messages
    api = understood.api
    names = name(api)
    files = render(package(api, names, limit=limit).view)
    whole = {**files, **runtime(files, "httpx2")}
    audit(whole, "httpx2")
    home = folder / module
    home.mkdir()
    for path, text in whole.items():
        (home / path).parent.mkdir(exist_ok=True)
        (home / path).write_text(text, "utf-8")
    return api, names


def _objects_travel(made: Any, api: ir.Api, names: Names) -> None:
    for definition in api.definitions:
        type_ = names.types[definition.id]
        decode = getattr(made.codecs, f"decode_{type_.codec}", None)
        encode = getattr(made.codecs, f"encode_{type_.codec}")
        if not isinstance(definition.shape, ir.Object):
            continue
        fields = {
            p.wire_name.raw: names.fields[definition.id, p.wire_name]
            for p in definition.shape.properties
        }
        written = {wire: f"value {number}" for number, wire in enumerate(fields)}
        value = getattr(made, type_.name)(**{fields[wire]: of for wire, of in written.items()})
        assert encode(value) == written
        assert {wire: getattr(value, field) for wire, field in fields.items()} == written
        if decode is not None:
            assert decode(written) == value


def _operations_are_called(made: Any, api: ir.Api, names: Names) -> None:
    echo = _Echo(import_module(f"{made.__name__}._response").Response)
    with made.Client(base_url="https://example.test", http=echo) as client:
        for operation in api.operations:
            group = getattr(client, names.groups[operation.group].attribute)
            body, written = _body(made, operation, api, names)
            wanted = [(p.wire_name.raw, f"v {n}") for n, p in enumerate(operation.parameters)]
            given_ = {
                names.parameters[operation.id, p.location, p.wire_name]: text
                for p, (_, text) in zip(operation.parameters, wanted, strict=True)
            }
            answer = getattr(group, names.methods[operation.id])(body, **given_)
            assert answer == body
            seen = echo.seen[-1]
            assert parse_qsl(urlsplit(str(seen.url)).query, keep_blank_values=True) == wanted
            assert json.loads(seen.content) == written


def _body(
    made: Any, operation: ir.Operation, api: ir.Api, names: Names
) -> tuple[Any, Mapping[str, str]]:
    assert operation.body is not None
    id_ = operation.body.contents[0].type
    definition = next(d for d in api.definitions if d.id == id_)
    written = {wire: f"value {wire[:3]}" for wire in _wires(definition)}
    type_ = names.types[definition.id]
    fields = {
        names.fields[definition.id, wire]: written[wire.raw]
        for owner, wire in names.fields
        if owner == definition.id
    }
    return getattr(made, type_.name)(**fields), written


def _wires(definition: ir.Definition) -> Iterator[str]:
    if isinstance(definition.shape, ir.Object):
        yield from (p.wire_name.raw for p in definition.shape.properties)
