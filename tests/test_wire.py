"""What leaves for every style, and how response headers are read: the vectors of tests/wire.

A file there is one document for each version of OpenAPI that it speaks of. What is expected stands
in it as a literal, with its source: nothing here knows how a value is written.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import HTTP
from functools import cache, partial
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeAlias

import httpx2
import pytest

from specloom.cli import main

from .support import ROOT

WIRE = ROOT / "tests" / "wire"
FORMS = {"form": "application/x-www-form-urlencoded", "multipart": "multipart/form-data"}
RESPONSES = "response_headers"
DESCRIBED = ("Content-Disposition", "Content-Type")

PRIMITIVES = ("string", "integer", "number", "boolean")
ALL = (*PRIMITIVES, "array", "object")
# OpenAPI 3.2.1, "Style Values" and "Style Examples": where the table does not say "n/a" for a type.
TABLE = (
    ("path", "matrix", (False, True), ALL),
    ("path", "label", (False, True), ALL),
    ("path", "simple", (False, True), ALL),
    ("header", "simple", (False, True), ALL),
    ("query", "form", (False, True), ALL),
    ("query", "spaceDelimited", (False,), ("array", "object")),
    ("query", "pipeDelimited", (False,), ("array", "object")),
    ("query", "deepObject", (False, True), ("object",)),  # where `explode` has no effect
    ("cookie", "form", (False, True), ALL),
    ("cookie", "cookie", (False,), PRIMITIVES),
    ("cookie", "cookie", (True,), ALL),
)
LOCATIONS = ("path", "query", "header", "cookie")

# Vectors are JSON, and packages are made while the tests run: no type checker knows either.
Vector: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[str, str]


def _documents() -> dict[Key, list[Vector]]:
    """Return the vectors that share a document, by file and version."""
    found: dict[Key, list[Vector]] = {}
    for path in sorted(WIRE.glob("*.json")):
        for vector in json.loads(path.read_text("utf-8")):
            found.setdefault((path.stem, vector.get("openapi", "3.1.1")), []).append(vector)
    return found


DOCUMENTS = _documents()


@dataclass(frozen=True)
class Service:
    """A generated package, and what everything in it is called."""

    package: Any
    names: Vector

    def decoded(self, named: Vector, value: object) -> object:
        """Return a JSON value as Python has it: only a type with a name has a decoder."""
        decode = named["decode"]
        return value if decode is None else getattr(self.package.codecs, decode)(value)

    def call(self, number: int, arguments: Vector, sent: list[httpx2.Request]) -> None:
        """Call an operation; `sent` gets the request, if one leaves."""

        def answer(request: httpx2.Request) -> httpx2.Response:
            sent.append(request)
            return httpx2.Response(204)

        with httpx2.Client(transport=httpx2.MockTransport(answer), trust_env=False) as http:
            client = self.package.Client(base_url="https://wire.test", http=http)
            attrgetter(self.names["operations"][number]["attribute"])(client)(**arguments)


Services: TypeAlias = Callable[[Key], Service]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Return a function that generates a document once."""
    folder = tmp_path_factory.mktemp("wire")
    sys.path.insert(0, str(folder))
    yield cache(partial(_service, folder))
    sys.path.remove(str(folder))


def _service(folder: Path, key: Key) -> Service:
    name = "_".join(("wire", key[0], *key[1].split(".")))
    spec = folder / f"{name}.json"
    spec.write_text(json.dumps(_document(*key)), "utf-8")
    assert main(["generate", str(spec), "-o", str(folder), "--package", name]) == 0
    with redirect_stdout(io.StringIO()) as printed:
        assert main(["lower", str(spec), "--names", "--format", "json"]) == 0
    return Service(import_module(name), json.loads(printed.getvalue()))


def _document(file: str, version: str) -> Vector:
    return {
        "openapi": version,
        "info": {"title": "Wire", "version": "1"},
        "servers": [{"url": "https://wire.test"}],
        "paths": dict(
            _path_item(file, number, vector)
            for number, vector in enumerate(DOCUMENTS[file, version])
        ),
    }


def _path_item(file: str, number: int, vector: Vector) -> tuple[str, Vector]:
    response: Vector = {"description": "It is done."}
    operation: Vector = {"operationId": f"op{number}", "responses": {"204": response}}
    if file == RESPONSES:
        response["headers"] = {vector["name"]: vector["header"]}
        return f"/p{number}", {"get": operation}
    if file in FORMS:
        media_type = {key: vector[key] for key in ("schema", "encoding") if key in vector}
        operation["requestBody"] = {"required": True, "content": {FORMS[file]: media_type}}
        return f"/p{number}", {"post": operation}
    operation["parameters"] = parameters = _parameters(vector)
    holes = "".join(f"{_slash(p)}{{{p['name']}}}" for p in parameters if p["in"] == "path")
    return f"/p{number}{holes}", {"get": operation}


def _parameters(vector: Vector) -> list[Vector]:
    parameters: list[Vector] = vector.get("parameters") or [vector["parameter"]]
    return parameters


def _slash(parameter: Vector) -> str:
    """Return what goes before a parameter of a path: other styles begin with a sign of their own."""
    return "/" if parameter.get("style", "simple") == "simple" else ""


def _of(*files: str) -> pytest.MarkDecorator:
    cases = [
        pytest.param(key, number, id=vector["description"])
        for key, vectors in DOCUMENTS.items()
        if key[0] in files
        for number, vector in enumerate(vectors)
    ]
    return pytest.mark.parametrize(("key", "number"), cases)


@_of(*sorted({file for file, _ in DOCUMENTS} - {*FORMS, RESPONSES}))
def test_a_parameter(services: Services, key: Key, number: int) -> None:
    vector, service = DOCUMENTS[key][number], services(key)
    parameters = _parameters(vector)
    values = vector.get("values", {})
    if "value" in vector:
        values = {parameters[0]["name"]: vector["value"]}
    arguments = {
        named["name"]: service.decoded(named, values[named["wire_name"]])
        for named in service.names["operations"][number]["parameters"]
        if named["wire_name"] in values
    }
    sent: list[httpx2.Request] = []
    if "refused" in vector:
        with pytest.raises(service.package.errors.ConstraintError):
            service.call(number, arguments, sent)
        assert not sent
        return
    service.call(number, arguments, sent)
    wire, target, headers = vector["wire"], f"/p{number}", dict[str, str | None](cookie=None)
    match parameters[0]["in"]:
        case "path":
            target += _slash(parameters[0]) + wire
        case "query" | "querystring":
            target += f"?{wire}" if wire else ""
        case "header":
            headers[parameters[0]["name"]] = wire
        case _:
            headers["cookie"] = wire
    assert sent[0].url.raw_path.decode() == target
    for name, value in headers.items():
        assert sent[0].headers.get_list(name) == ([] if value is None else [value])


@_of("form")
def test_a_form(services: Services, key: Key, number: int) -> None:
    vector, service = DOCUMENTS[key][number], services(key)
    named = service.names["operations"][number]["body"]
    sent: list[httpx2.Request] = []
    service.call(number, {"body": service.decoded(named, vector["value"])}, sent)
    assert sent[0].content.decode() == vector["wire"]
    assert sent[0].headers["content-type"] == FORMS["form"]


@_of("multipart")
def test_a_multipart_form(services: Services, key: Key, number: int) -> None:
    vector, service = DOCUMENTS[key][number], services(key)
    named = service.names["operations"][number]["body"]
    # What holds bytes is no JSON, so it cannot be decoded from it.
    make = _built if '{"$' in json.dumps(vector["value"]) else Service.decoded
    sent: list[httpx2.Request] = []
    service.call(number, {"body": make(service, named, vector["value"])}, sent)
    head = f"Content-Type: {sent[0].headers['content-type']}\r\n\r\n"
    message = message_from_bytes(head.encode() + sent[0].content, policy=HTTP)
    assert message.get_content_type() == FORMS["multipart"]
    assert isinstance(message, EmailMessage)
    assert not message.defects
    assert [_part(part) for part in message.iter_parts()] == vector["parts"]


def _built(service: Service, named: Vector, value: Vector) -> object:
    types = {described["pointer"]: described for described in service.names["types"]}
    (fields,) = (t["fields"] for t in types.values() if t["name"] == named["name"])
    return getattr(service.package.models, named["name"])(
        **{
            field["name"]: _member(service, types.get(field["pointer"]), value[field["wire_name"]])
            for field in fields
            if field["wire_name"] in value
        }
    )


def _member(service: Service, named: Vector | None, value: Any) -> object:
    match value:
        case {"$bytes": content}:
            return content.encode()
        case {"$file": file}:
            return service.package.FilePart(**{**file, "content": file["content"].encode()})
        case [*items]:
            return [_member(service, None, item) for item in items]
        case _:
            return value if named is None else service.decoded(named, value)


def _part(part: MIMEPart) -> Vector:
    """Return a part as a vector describes it: what it does not have has no key."""
    assert part.get_content_disposition() == "form-data"
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    described = {
        "name": part.get_param("name", header="content-disposition"),
        "filename": part.get_filename(),
        "content_type": part["Content-Type"],
        "headers": {k: v for k, v in part.items() if k not in DESCRIBED} or None,
        "content": content.decode(),
    }
    return {key: value for key, value in described.items() if value is not None}


@_of(RESPONSES)
def test_a_response_header(services: Services, key: Key, number: int) -> None:
    vector, service = DOCUMENTS[key][number], services(key)
    named = service.names["operations"][number]["responses"][0]["headers"]
    codecs = service.package.codecs
    received = {vector["name"].lower(): vector["received"]} if "received" in vector else {}
    if "refused" in vector:
        with pytest.raises(service.package.errors.DecodeError):
            getattr(codecs, named["read"])(received)
        return
    encoded = getattr(codecs, named["encode"])(getattr(codecs, named["read"])(received))
    assert encoded == ({vector["name"]: vector["value"]} if "value" in vector else {})


def test_every_cell_of_the_table_has_a_vector() -> None:
    wanted = {
        (location, style, explode, kind)
        for location, style, explodes, kinds in TABLE
        for explode in explodes
        for kind in kinds
    }
    found = {
        (p["in"], p["style"], p["explode"], p["schema"]["type"])
        for (file, _), vectors in DOCUMENTS.items()
        if file in LOCATIONS
        for vector in vectors
        for p in _parameters(vector)
        if "wire" in vector and {"style", "explode"} <= p.keys()
        if isinstance(p["schema"]["type"], str)
    }
    assert found == wanted
