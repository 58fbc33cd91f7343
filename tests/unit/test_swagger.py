"""Swagger 2.0 as OpenAPI 3.0: what becomes of each part, and the way back to where it stood."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.assembly import Whole, assemble
from specloom.diagnostics import Severity
from specloom.document.grammar import A, Plain
from specloom.document.node import Node, pointer_of, resolve
from specloom.document.walk import Visit, plain, walk
from specloom.rules.structure import structure
from specloom.rules.validator import schema_findings
from specloom.values import Place, Tree

FEATURE = Path(__file__).parents[1] / "corpus" / "swagger_2" / "spec.yaml"
STRING = {"type": "string"}
HOSTILE = st.text(st.sampled_from("aB~/%#. $é<>{}\"'\\"), min_size=1, max_size=5)


def lifted(tmp_path: Path, document: dict[str, Any]) -> Whole:
    """Return a document of Swagger 2.0 as it is understood; nothing in it may be an error."""
    path = tmp_path / "spec.json"
    head: dict[str, Any] = {"swagger": "2.0", "info": {"title": "T", "version": "1"}}
    path.write_text(json.dumps({**head, "paths": {}, **document}), "utf-8")
    whole, findings = assemble(str(path))
    assert [f for f in findings if f.severity is Severity.ERROR] == []
    return whole


def at(whole: Whole, pointer: str) -> Any:
    found = resolve(root_of(whole.tree), f"#{pointer}")
    assert found is not None, pointer
    return found.value


def root_of(tree: Tree) -> Node:
    return Node(tree, Place("", ""), tree)


def posted(parameters: list[Any], **operation: Any) -> dict[str, Any]:
    """Return a document of one operation."""
    answers = {"204": {"description": "Done."}}
    return {
        "paths": {"/a": {"post": {"parameters": parameters, "responses": answers, **operation}}}
    }


def within(visit: Visit) -> Iterator[Visit]:
    """What a place holds that holds nothing further."""
    for token, value, holds in plain(visit):
        yield Visit(visit.node.child(token, value), holds)


def assert_sound(whole: Whole) -> None:
    """All of it has the shape of OpenAPI 3.0, and all that was written stands where it says."""
    root, written = root_of(whole.tree), root_of(whole.sources[0].tree)
    errors = [f for f in structure(walk(root)) if f.severity is Severity.ERROR]
    # Swagger 2.0 has no rule for the names of definitions, and lifted ones are not judged again
    assert [f for f in errors if f.rule != "component-name"] == []
    for visit in chain.from_iterable((visit, *within(visit)) for visit in walk(root)):
        if visit.node.at.pointer.endswith("/$ref") and visit.holds is Plain.WORD:
            continue  # of the second mention of what is written once
        origin = whole.origins.of(visit.node.at)
        source = resolve(written, "#" + origin.pointer.replace("%", "%25"))
        assert source is not None, (visit.node.at.pointer, origin.pointer)
        if visit.holds == A("schema") and visit.node.reference is not None:
            target = resolve(visit.node, visit.node.reference)
            assert target is not None
            meant = origin.pointer if source.reference is None else pointer_of(source.reference)
            assert whole.origins.of(target.at).pointer == meant


def test_the_feature_is_sound() -> None:
    whole, findings = assemble(str(FEATURE))
    assert findings == ()
    assert_sound(whole)
    assert schema_findings(whole.tree) == ()


def test_what_moved_is_located_where_it_stood() -> None:
    whole, _ = assemble(str(FEATURE))
    lines = FEATURE.read_text("utf-8").splitlines()
    for pointer, text in (
        ("/components/schemas/Cat/allOf/0", "$ref: '#/definitions/Pet'"),
        ("/components/schemas/Pet/discriminator/propertyName", "discriminator: kind"),
        ("/components/schemas/Pet/properties/born/nullable", "born:"),
        ("/components/parameters/Trace/schema/format", "Trace:"),
        ("/components/securitySchemes/server/flows/clientCredentials/tokenUrl", "server:"),
        ("/components/requestBodies/Query/content/application~1json/schema", "type: object"),
        ("/paths/~1pets/get/parameters/3/style", "name: kinds"),
        (
            "/paths/~1pets/get/responses/200/content/application~1json/schema",
            "schema: {type: array",
        ),
        ("/paths/~1pets/get/responses/200/content/application~1json", "produces:"),
        ("/servers/0/url", "host:"),
    ):
        place = Place(str(FEATURE), pointer)
        span = whole.locate([place])[place]
        assert text in lines[span.line - 1], pointer
    content = "/paths/~1pets~1{id}/put/requestBody/content/application~1x-www-form-urlencoded"
    for name in ("note", "name", "colours"):
        key = Place(str(FEATURE), f"{content}/schema/properties/{name}", key=True)
        assert f"name: {name}" in lines[whole.locate([key])[key].line - 1]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, None),
        ({"schemes": ["https"]}, None),
        ({"basePath": "/v1/"}, ["/v1"]),
        ({"basePath": "/"}, ["/"]),
        ({"host": "a.test"}, ["https://a.test"]),
        ({"host": "a.test/b/", "basePath": "v1"}, ["https://a.test/b/v1"]),
        ({"host": "a.test:8", "basePath": "/v1", "schemes": ["http"]}, ["http://a.test:8/v1"]),
        (
            {"host": "a.test", "schemes": ["http", "wss", "https"]},
            ["https://a.test", "http://a.test"],
        ),
    ],
)
def test_servers(tmp_path: Path, said: dict[str, Any], wanted: list[str] | None) -> None:
    servers = resolve(root_of(lifted(tmp_path, said).tree), "#/servers")
    found = None if servers is None else [node.word("url") for node in servers.items()]
    assert found == wanted


@pytest.mark.parametrize(
    ("consumes", "parameter", "wanted"),
    [
        (None, {"in": "body", "schema": STRING}, ["application/json"]),
        ([], {"in": "body", "schema": STRING}, ["application/json"]),
        (["a/b", "multipart/form-data"], {"in": "body", "schema": STRING}, ["a/b"]),
        (["multipart/form-data"], {"in": "body", "schema": {}}, ["multipart/form-data"]),
        (None, {"in": "formData", "type": "string"}, ["application/x-www-form-urlencoded"]),
        (None, {"in": "formData", "type": "file"}, ["multipart/form-data"]),
        (["a/b"], {"in": "formData", "type": "file"}, ["multipart/form-data"]),
        (
            ["application/x-www-form-urlencoded", "Multipart/Form-Data"],
            {"in": "formData", "type": "file"},
            ["Multipart/Form-Data"],
        ),
        (
            None,
            {"in": "formData", "type": "array", "items": {"type": "file"}},
            ["multipart/form-data"],
        ),
        (
            ["multipart/form-data", "application/x-www-form-urlencoded"],
            {"in": "formData", "type": "string"},
            ["multipart/form-data", "application/x-www-form-urlencoded"],
        ),
    ],
)
def test_the_content_types_of_a_body(
    tmp_path: Path, consumes: list[str] | None, parameter: dict[str, Any], wanted: list[str]
) -> None:
    said = {} if consumes is None else {"consumes": consumes}
    whole = lifted(tmp_path, posted([{"name": "a", **parameter}], **said))
    assert list(at(whole, "/paths/~1a/post/requestBody/content")) == wanted
    assert_sound(whole)


def test_a_schema_of_several_content_types_is_made_once(tmp_path: Path) -> None:
    body = {"name": "a", "in": "body", "schema": {"type": "object"}}
    whole = lifted(tmp_path, posted([body], consumes=["a/json", "b/json"]))
    content = at(whole, "/paths/~1a/post/requestBody/content")
    assert content["a/json"]["schema"] == {"type": "object"}
    assert content["b/json"]["schema"] == {
        "$ref": "#/paths/~1a/post/requestBody/content/a~1json/schema"
    }
    assert_sound(whole)


def test_shared_parts_in_other_content_types_mention_the_schema(tmp_path: Path) -> None:
    written = {"type": "object", "properties": {"b": STRING}}
    answer = {"description": "Fine.", "schema": written}
    document = {
        **posted(
            [{"$ref": "#/parameters/A"}],
            consumes=["c/json"],
            produces=["p/json"],
            responses={"200": {"$ref": "#/responses/R"}},
        ),
        "parameters": {"A": {"name": "a", "in": "body", "required": True, "schema": written}},
        "responses": {"R": answer},
        "definitions": {
            "D": {"$ref": "#/responses/R/schema/properties/b"},
            "E": {"$ref": "#/parameters/A/schema"},
        },
    }
    whole = lifted(tmp_path, document)
    operation = at(whole, "/paths/~1a/post")
    body = "#/components/requestBodies/A/content/application~1json/schema"
    response = "#/components/responses/R/content/application~1json/schema"
    assert operation["requestBody"]["required"] is True
    assert operation["requestBody"]["content"] == {"c/json": {"schema": {"$ref": body}}}
    assert operation["responses"]["200"]["content"] == {"p/json": {"schema": {"$ref": response}}}
    assert at(whole, "/components/schemas/D") == {"$ref": f"{response}/properties/b"}
    assert at(whole, "/components/schemas/E") == {"$ref": body}
    assert_sound(whole)


def test_what_only_references_reach_becomes_a_schema(tmp_path: Path) -> None:
    document = {
        "x-models": {
            "A/b": {
                "type": "object",
                "x-nullable": True,
                "properties": {"n": {"$ref": "#/x-models/A~1b"}},
            }
        },
        "definitions": {"A/b": {"allOf": [{"$ref": "#/x-models/A~1b"}]}},
    }
    whole = lifted(tmp_path, document)
    schemas = at(whole, "/components/schemas")
    assert schemas["A/b"] == {"allOf": [{"$ref": "#/components/schemas/A~1b2"}]}
    assert schemas["A/b2"]["nullable"] is True
    assert schemas["A/b2"]["properties"] == {"n": {"$ref": "#/components/schemas/A~1b2"}}
    assert_sound(whole)


def test_references_to_parts_that_are_not_shared(tmp_path: Path) -> None:
    answer = {"description": "Fine.", "schema": {"type": "object"}}
    document = {
        "x-r": {"A": answer},
        "x-p": {"L": {"name": "l", "in": "query", "type": "integer"}},
        "parameters": {"L": {"$ref": "#/x-p/L"}},
        "responses": {"A": {"$ref": "#/x-r/A"}, "B": {"$ref": "#/responses/A"}},
        **posted(
            [{"$ref": "#/x-p/L"}, {"$ref": "#/parameters/L"}],
            responses={"200": {"$ref": "#/responses/B"}, "400": {"$ref": "#/x-r/A"}},
        ),
    }
    whole = lifted(tmp_path, document)
    json_of = {"application/json": {"schema": {"$ref": "#/components/schemas/schema"}}}
    assert at(whole, "/components/schemas/schema") == {"type": "object"}
    assert at(whole, "/components/responses/A") == {"description": "Fine.", "content": json_of}
    assert at(whole, "/components/responses/B") == {"$ref": "#/components/responses/A"}
    assert at(whole, "/paths/~1a/post/responses/200") == {"$ref": "#/components/responses/B"}
    assert at(whole, "/paths/~1a/post/responses/400/content") == json_of
    plain = {"name": "l", "in": "query", "schema": {"type": "integer"}}
    assert at(whole, "/components/parameters/L") == plain
    assert at(whole, "/paths/~1a/post/parameters") == [plain, {"$ref": "#/components/parameters/L"}]
    assert_sound(whole)


def test_an_operation_overrides_the_parameters_of_its_path(tmp_path: Path) -> None:
    document = posted([{"name": "a", "in": "formData", "type": "integer"}])
    document["paths"]["/a"]["parameters"] = [
        {"name": "a", "in": "formData", "type": "string"},
        {"name": "b", "in": "formData", "type": "string", "required": True},
        {"name": "c", "in": "query", "type": "string"},
    ]
    whole = lifted(tmp_path, document)
    schema = next(iter(at(whole, "/paths/~1a/post/requestBody/content").values()))["schema"]
    assert schema["properties"] == {"a": {"type": "integer"}, "b": STRING}
    assert schema["required"] == ["b"]
    assert [p["name"] for p in at(whole, "/paths/~1a/parameters")] == ["c"]
    assert_sound(whole)


def test_what_counts_for_every_operation_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "spec.json"
    head = {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": {}}
    path.write_text(json.dumps({**head, "consumes": [f"a/{n}" for n in range(1000)]}), "utf-8")
    assert [f.rule for f in assemble(str(path))[1]] == ["limit"]


def test_a_chain_of_what_only_references_reach(tmp_path: Path) -> None:
    """Each is made once, whatever the number."""
    links: dict[str, Any] = {str(n): {"items": {"$ref": f"#/x-m/{n + 1}"}} for n in range(2000)}
    whole = lifted(
        tmp_path, {"x-m": {**links, "2000": STRING}, "definitions": {"A": {"$ref": "#/x-m/0"}}}
    )
    assert len(at(whole, "/components/schemas")) == 2002
    assert_sound(whole)


def test_a_variant_may_say_its_tag(tmp_path: Path) -> None:
    base = {"type": "object", "discriminator": "kind", "properties": {"kind": STRING}}
    child = {"allOf": [{"$ref": "#/definitions/Base"}], "x-ms-discriminator-value": "a-child"}
    heir = {"allOf": [{"$ref": "#/definitions/Child"}], "x-discriminator-value": "an heir"}
    plain = {"allOf": [{"$ref": "#/definitions/Base"}]}
    definitions = {"Base": base, "Child": child, "Heir": heir, "Plain": plain}
    whole = lifted(tmp_path, {"definitions": definitions})
    assert at(whole, "/components/schemas/Base/discriminator") == {
        "propertyName": "kind",
        "mapping": {
            "a-child": "#/components/schemas/Child",
            "an heir": "#/components/schemas/Heir",
        },
    }
    assert "discriminator" not in at(whole, "/components/schemas/Child")
    assert_sound(whole)


def test_words_of_data_are_kept(tmp_path: Path) -> None:
    """Neither a reference nor an extension is looked for in data."""
    data = {"$ref": "#/definitions/A", "x-nullable": True, "type": "file"}
    schema = {"type": "object", "default": data, "enum": [data], "example": data, "x-data": data}
    whole = lifted(tmp_path, {"definitions": {"A": schema}})
    assert at(whole, "/components/schemas/A") == schema


def test_examples_stand_with_their_content_types(tmp_path: Path) -> None:
    answer = {"description": "", "schema": {}, "examples": {"a/json": [1], "c/json": [3]}}
    body = {"name": "a", "in": "body", "schema": {}, "x-examples": {"b/json": [2]}}
    whole = lifted(
        tmp_path,
        posted(
            [body], consumes=["b/json"], produces=["a/json", "b/json"], responses={"200": answer}
        ),
    )
    content = at(whole, "/paths/~1a/post/responses/200/content")
    assert content == {
        "a/json": {"schema": {}, "example": [1]},
        "b/json": {"schema": {"$ref": "#/paths/~1a/post/responses/200/content/a~1json/schema"}},
    }
    assert at(whole, "/paths/~1a/post/requestBody/content")["b/json"]["example"] == [2]


names = st.lists(HOSTILE, min_size=3, max_size=3, unique=True)


@settings(max_examples=60, deadline=None)
@given(names, st.lists(st.sampled_from(["a/json", "b/json"]), unique=True), st.booleans())
def test_any_name_leads_back_to_where_it_stands(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], types: list[str], shared: bool
) -> None:
    first, second, third = (
        name.replace("~", "~0").replace("/", "~1").replace("%", "%25") for name in names
    )
    mention = {"$ref": f"#/definitions/{first}"}
    inner = {"type": "object", "properties": {names[1]: mention, "$ref": STRING}}
    body = {"name": "b", "in": "body", "schema": inner}
    document = {
        **posted(
            [{"$ref": f"#/parameters/{third}"}] if shared else [body],
            responses={
                "200": {"description": "", "schema": mention},
                "default": {"$ref": f"#/responses/{second}"},
            },
            consumes=types,
        ),
        "definitions": {names[0]: {"allOf": [inner], "x-nullable": True}},
        "parameters": {names[2]: body},
        "responses": {names[1]: {"description": "", "schema": inner}},
    }
    whole = lifted(tmp_path_factory.mktemp("swagger"), document)
    assert_sound(whole)
