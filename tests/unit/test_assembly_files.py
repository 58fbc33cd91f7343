"""Documents of several files: what becomes of their references, and which files may be read."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.assembly import Edition, Whole, assemble
from specloom.assembly.folder import root_of
from specloom.assembly.origins import Origins
from specloom.assembly.references import Unfollowed, parsed
from specloom.document.node import Node, resolve
from specloom.document.walk import is_reference, walk
from specloom.values import Place, Tree

HEAD: dict[str, Tree] = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}


def laid_out(folder: Path, files: Mapping[str, Tree]) -> str:
    """Write files, and return the path of the document: the first of them."""
    for name, tree in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(tree), "utf-8")
    return str(folder / next(iter(files)))


def document(**schemas: Tree) -> Tree:
    return {**HEAD, "components": {"schemas": schemas}}


def ref(words: str) -> Tree:
    return {"$ref": words}


def one(folder: Path, files: Mapping[str, Tree], edition: Edition | None = None) -> Whole:
    """Return the document of several files, in which nothing may be wrong."""
    whole, findings = assemble(laid_out(folder, files), edition or Edition())
    assert findings == ()
    return whole


def said(folder: Path, files: Mapping[str, Tree], edition: Edition | None = None) -> list[str]:
    _, findings = assemble(laid_out(folder, files), edition or Edition())
    return [finding.rule for finding in findings]


def schemas(whole: Whole) -> Mapping[str, Tree]:
    tree = whole.tree
    assert isinstance(tree, Mapping)
    components = tree["components"]
    assert isinstance(components, Mapping)
    found = components["schemas"]
    assert isinstance(found, Mapping)
    return found


# What parts are called


def test_a_part_is_called_as_in_its_file_and_a_file_by_its_stem(tmp_path: Path) -> None:
    whole = one(
        tmp_path,
        {
            "api.json": document(
                A={
                    "properties": {
                        "a": ref("b.json#/components/schemas/Pet"),
                        "b": ref("types/dog.json"),
                        "c": ref("types/cow/index.json"),
                    }
                }
            ),
            "b.json": document(Pet={"type": "string"}),
            "types/dog.json": {"type": "integer"},
            "types/cow/index.json": {"type": "boolean"},
        },
    )
    assert schemas(whole) == {
        "A": {
            "properties": {
                "a": ref("#/components/schemas/Pet"),
                "b": ref("#/components/schemas/dog"),
                "c": ref("#/components/schemas/cow"),
            }
        },
        "Pet": {"type": "string"},
        "dog": {"type": "integer"},
        "cow": {"type": "boolean"},
    }


def test_a_name_of_the_document_is_that_of_the_part(tmp_path: Path) -> None:
    whole = one(
        tmp_path,
        {
            "api.json": document(Dog=ref("d.json#/D"), Other=ref("d.json#/D"), X=ref("x.json")),
            "d.json": {"D": {"items": ref("#/D")}},
            "x.json": ref("d.json#/D"),
        },
    )
    assert schemas(whole) == {
        "Dog": {"items": ref("#/components/schemas/Dog")},
        "Other": ref("#/components/schemas/Dog"),
        "X": ref("#/components/schemas/Dog"),
    }


def test_parts_of_one_name_are_called_by_what_is_around_them(tmp_path: Path) -> None:
    files = {
        "api.json": document(State={"type": "null"}, A={"allOf": [ref("a.json#/State")]}),
        "a.json": {"State": {"type": "string"}},
        "b.json": {"components": {"schemas": {"State": {"type": "integer"}}}},
    }
    assert list(schemas(one(tmp_path, files))) == ["State", "A", "a.State"]
    both = [ref("b.json#/components/schemas/State"), ref("a.json#/State")]
    files["api.json"] = document(State={"type": "null"}, A={"allOf": both})
    assert list(schemas(one(tmp_path, files))) == ["State", "A", "a.State", "b.State"]


def test_as_much_of_what_is_around_is_taken_as_tells_parts_apart(tmp_path: Path) -> None:
    files: dict[str, Tree] = {f"v{number}/a.json": {"S": {}} for number in (1, 2)}
    mentions: Tree = [ref(f"{file}#/S") for file in files]
    whole = one(tmp_path, {"api.json": document(A={"allOf": mentions}), **files})
    assert list(schemas(whole)) == ["A", "v1.a.S", "v2.a.S"]


def test_a_file_has_one_name_however_it_is_spelled(tmp_path: Path) -> None:
    ways = ("t/a b.json", "./t/../t/a%20b.json", "t/./a b.json", "t/a%20b.json#")
    whole = one(
        tmp_path,
        {"api.json": document(A={"allOf": [ref(way) for way in ways]}), "t/a b.json": {}},
    )
    assert schemas(whole)["A"] == {"allOf": [ref("#/components/schemas/a_b")] * 4}
    assert list(whole.parts) == ["t/a b.json"]


def test_a_property_of_a_component_stays_within_it(tmp_path: Path) -> None:
    """Whoever refers to the middle of a component means the type that it has there."""
    whole = one(
        tmp_path,
        {
            "api.json": document(A=ref("b.json#/components/schemas/B/properties/c")),
            "b.json": document(B={"properties": {"c": {"properties": {}}}}),
        },
    )
    assert schemas(whole) == {
        "A": ref("#/components/schemas/B/properties/c"),
        "B": {"properties": {"c": {"properties": {}}}},
    }


# What is a reference


def test_what_only_looks_like_a_reference_stays(tmp_path: Path) -> None:
    data = ref("no/such.json")
    schema: Tree = {
        "properties": {"$ref": {"type": "string"}, "mapping": {"default": data, "const": data}},
        "example": data,
        "enum": [data],
        "x-more": data,
    }
    files = {"api.json": document(A=schema, B=ref("b.json")), "b.json": schema}
    assert schemas(one(tmp_path, files)) == {"A": schema, "B": schema}


def test_a_discriminator_may_name_files(tmp_path: Path) -> None:
    mapping: Tree = {"a": "./a.json", "b": "b.json", "c": "C", "d": "#/components/schemas/C"}
    tagged: Tree = {"discriminator": {"propertyName": "t", "mapping": mapping}}
    whole = one(
        tmp_path, {"api.json": document(U=tagged, C={}), "a.json": {}, "b.json": {"title": "B"}}
    )
    assert schemas(whole)["U"] == {
        "discriminator": {
            "propertyName": "t",
            "mapping": {
                "a": "#/components/schemas/a",
                "b": "#/components/schemas/b",
                "c": "C",
                "d": "#/components/schemas/C",
            },
        }
    }


def test_a_tag_that_is_a_name_stays_what_it_was(tmp_path: Path) -> None:
    """What is called otherwise here has the name of its own file on the wire."""
    union: Tree = {
        "discriminator": {"propertyName": "t", "mapping": {"x": "#/components/schemas/Dog"}},
        "oneOf": [ref(f"#/components/schemas/{name}") for name in ("Cat", "Dog", "Cow")],
    }
    base: Tree = {"discriminator": {"propertyName": "t"}}
    heir: Tree = {"allOf": [ref("#/components/schemas/Base")]}
    further: Tree = {"allOf": [ref("#/components/schemas/Heir")]}
    more = document(Union=union, Cat={}, Dog={}, Cow={}, Base=base, Heir=heir, Further=further)
    names = ("Union", "Heir", "Further", "Dog")
    whole = one(
        tmp_path,
        {
            "api.json": document(
                **{f"My.{name}": ref(f"b.json#/components/schemas/{name}") for name in names},
                Cat={"title": "another"},
            ),
            "b.json": more,
        },
    )
    found = schemas(whole)
    assert found["My.Union"] == {
        "discriminator": {
            "propertyName": "t",
            "mapping": {"x": "#/components/schemas/My.Dog", "Cat": "#/components/schemas/b.Cat"},
        },
        "oneOf": [ref(f"#/components/schemas/{name}") for name in ("b.Cat", "My.Dog", "Cow")],
    }
    assert found["Base"] == {
        "discriminator": {
            "propertyName": "t",
            "mapping": {
                "Heir": "#/components/schemas/My.Heir",
                "Further": "#/components/schemas/My.Further",
            },
        }
    }


def test_a_reference_where_there_may_be_none_is_followed(tmp_path: Path) -> None:
    files: dict[str, Tree] = {
        "api.json": {
            **HEAD,
            "paths": ref("paths.json"),
            "tags": ref("tags.json"),
            "components": {"schemas": ref("schemas.json")},
        },
        "paths.json": {"/a": {"get": ref("paths.json#/x")}, "x": {"operationId": "a"}},
        "tags.json": [{"name": "t", "description": ref("tags.json#/0/name")}],
        "schemas.json": {"A": ref("a.json"), "B": {"items": ref("#/A")}},
        "a.json": {"type": "string"},
    }
    whole, findings = assemble(laid_out(tmp_path, files), Edition())
    assert {finding.rule for finding in findings} == {"misplaced-reference"}
    assert schemas(whole) == {
        "A": {"type": "string"},
        "B": {"items": ref("#/components/schemas/A")},
    }
    assert isinstance(whole.tree, Mapping)
    assert whole.tree["tags"] == [{"name": "t", "description": "t"}]


def test_the_address_of_a_schema_is_not_its_place_any_more(tmp_path: Path) -> None:
    named: Tree = {"$id": "https://a.test/b.json", "items": ref("c.json"), "not": ref("#/items")}
    files = {"api.json": document(A=ref("b.json")), "b.json": named, "c.json": {"title": "C"}}
    assert schemas(one(tmp_path, files)) == {
        "A": {"items": ref("#/components/schemas/c"), "not": ref("#/components/schemas/c")},
        "c": {"title": "C"},
    }


def test_a_file_of_another_version_is_told(tmp_path: Path) -> None:
    other: dict[str, Tree] = {"openapi": "3.0.3", "components": {"schemas": {"B": {}}}}
    files = {"api.json": document(A=ref("b.json#/components/schemas/B")), "b.json": other}
    assert said(tmp_path, files) == ["mixed-versions"]
    other["openapi"] = "3.2.0"
    assert said(tmp_path, files) == []


def test_what_is_written_out_within_itself_is_refused(tmp_path: Path) -> None:
    item: Tree = {"get": {"callbacks": {"c": {"u": ref("item.json")}}}}
    files = {"api.json": {**HEAD, "paths": {"/a": ref("item.json")}}, "item.json": item}
    assert said(tmp_path, files) == ["broken-reference"]


def test_what_is_written_out_again_and_again_has_an_end(tmp_path: Path) -> None:
    def doubled(number: int) -> Tree:
        onward = ref(f"p{number + 1}.json")
        return {"get": {"callbacks": {"c": {"u": onward, "v": onward}}}}

    files: dict[str, Tree] = {"api.json": {**HEAD, "paths": {"/a": ref("p0.json")}}}
    files |= {f"p{number}.json": doubled(number) for number in range(30)}
    files["p30.json"] = {}
    assert "limit" in said(tmp_path, files)


# What may be read


@pytest.mark.parametrize(
    "words",
    [
        "file:///etc/hosts.yaml",
        "FILE:x.yaml",
        "http://a.test/x.yaml",
        "//a.test/x.yaml",
        "/etc/x.yaml",
        "%2Fetc/x.yaml",
        "\\\\a\\x.yaml",
        "%5C%5Ca%5Cx.yaml",
        "C:/x.yaml",
        "data:,x.yaml",
        "x\0.yaml",
        "x%00.yaml",
        "x%0a.yaml",
        "x.toml",
        "x",
    ],
)
def test_a_reference_that_is_never_followed(words: str) -> None:
    with pytest.raises(Unfollowed) as caught:
        parsed(words)
    assert caught.value.rule == "foreign-reference"


@given(st.text("./%2fFeEaA0~#:\\ ", max_size=12))
def test_a_reference_is_judged_as_it_is_opened(words: str) -> None:
    try:
        path = parsed(f"{words}x.yaml").path
    except Unfollowed:
        return
    assert not path.startswith(("/", "\\"))
    assert not path.lower().startswith("file:")


@pytest.mark.parametrize("words", ["../b.json", "t/../../b.json", "%2e%2e/b.json", "l.json"])
def test_nothing_out_of_the_folder_is_read(words: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "l.json").symlink_to(tmp_path / "b.json")
    files = {"in/api.json": document(A=ref(words)), "b.json": {"type": "string"}}
    assert said(tmp_path, files) == ["foreign-reference"]
    assert said(tmp_path, files, Edition(root=str(tmp_path))) == []


@pytest.mark.parametrize("top", [".git", ".hg", "LICENSE", "licence.md", "COPYING"])
def test_the_work_that_a_document_is_in_may_be_read(top: str, tmp_path: Path) -> None:
    files: dict[str, Tree] = {"api/v1/api.json": document(A=ref("../../b.json")), "b.json": {}}
    assert said(tmp_path, files) == ["foreign-reference"]
    (tmp_path / top).mkdir()
    assert said(tmp_path, files) == []
    (tmp_path / "api" / "LICENSE").write_text("")
    assert said(tmp_path, files) == ["foreign-reference"]


def test_a_home_is_nobodys_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home" / "api").mkdir(parents=True)
    document_path = str(tmp_path / "home" / "api" / "api.json")
    (tmp_path / "home" / ".git").mkdir()
    assert root_of(document_path) == os.path.realpath(tmp_path / "home")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert root_of(document_path) == os.path.realpath(tmp_path / "home" / "api")


def test_hidden_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("")
    files: dict[str, Tree] = {
        "api/api.json": document(A=ref("../.x/b.json"), B=ref(".b.json")),
        ".x/b.json": {},
    }
    assert said(tmp_path, files) == ["foreign-reference"] * 2
    files = {".a/api.json": document(A=ref("b.json")), ".a/b.json": {}}
    assert said(tmp_path, files) == []


# Where everything was written


def test_a_place_leads_back_to_its_file(tmp_path: Path) -> None:
    whole = one(
        tmp_path,
        {
            "api.json": {
                **HEAD,
                "paths": {"/a": ref("p.json")},
                "components": {"schemas": {"A": ref("a.json#/A"), "C": {"title": "C"}}},
            },
            "p.json": {"summary": "s", "get": {"responses": {"200": ref("r.json")}}},
            "r.json": {"description": "d"},
            "a.json": {"A": {"properties": {"x": {"type": "string"}}}},
        },
    )

    def origin(pointer: str) -> tuple[str, str]:
        at = whole.origins.of(Place(whole.file, pointer))
        return os.path.relpath(at.file, tmp_path), at.pointer

    assert origin("/components/schemas/A/properties/x") == ("a.json", "/A/properties/x")
    assert origin("/components/schemas/C/title") == ("api.json", "/components/schemas/C/title")
    assert origin("/paths/~1a/get") == ("p.json", "/get")
    assert origin("/components/responses/r/description") == ("r.json", "/description")


def test_the_key_of_what_moved_is_the_one_that_it_had() -> None:
    origins = Origins("a", {"/x": Place("b", "/y", key=True), "/x/z": Place("c", "")})
    assert origins.of(Place("a", "/x")) == Place("b", "/y", key=True)
    assert origins.of(Place("a", "/x/w", key=True)) == Place("b", "/y/w", key=True)
    assert origins.of(Place("a", "/x/z/0")) == Place("c", "/0")
    assert origins.of(Place("a", "/v")) == Place("a", "/v")


# All of it at once

NAMES = ("api.json", "a.json", "t/b.json", "t/u/c.json")
KEYS = ("A", "B", "A/B", "~")


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Tree]:
    """Files that refer to one another's schemas, each by a way from its own folder."""

    def schema(file: str) -> Tree:
        other, key = draw(st.sampled_from(NAMES)), draw(st.sampled_from(KEYS))
        way = os.path.relpath(other, os.path.dirname(file) or ".")
        head = draw(st.sampled_from(("", way) if other == file else (way, f"./{way}")))
        above = "/components/schemas" if other == "api.json" else ""
        words = f"{head}#{above}/" + key.replace("~", "~0").replace("/", "~1")
        return {"properties": {"x": ref(words)}} if draw(st.booleans()) else {"title": key}

    files: dict[str, Tree] = {}
    for name in NAMES:
        made = {key: schema(name) for key in KEYS}
        files[name] = document(**made) if name == "api.json" else made
    return files


@settings(max_examples=40)
@given(trees())
def test_every_reference_is_local_and_means_what_it_meant(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, Tree]
) -> None:
    folder = tmp_path_factory.mktemp("files")
    whole = one(folder, files)
    root = Node(whole.tree, Place(whole.file, ""), whole.tree)
    for visit in walk(root):
        if not is_reference(visit):
            continue
        target = resolve(visit.node, visit.node.reference or "")
        assert target is not None
        came = whole.origins.of(visit.node.at)
        meant = whole.origins.of(target.at)
        tree: Tree = files[os.path.relpath(came.file, folder)]
        written = resolve(Node(tree, Place("", ""), tree), f"#{came.pointer}/$ref")
        assert written is not None
        head, _, pointer = str(written.value).partition("#")
        file = (
            os.path.normpath(os.path.join(os.path.dirname(came.file), head)) if head else came.file
        )
        assert (meant.file, meant.pointer) == (file, pointer)


def test_a_document_of_swagger_may_be_of_several_files(tmp_path: Path) -> None:
    pet, gone = ref("m.json#/definitions/Pet"), ref("m.json#/responses/Gone")
    answers: Tree = {"200": {"description": "d", "schema": pet}, "404": gone}
    head: dict[str, Tree] = {"swagger": "2.0", "info": {"title": "T", "version": "1"}}
    head |= {"produces": ["application/json"]}
    files: dict[str, Tree] = {
        "api.json": {**head, "paths": {"/a": {"get": {"responses": answers}}}},
        "m.json": {
            "definitions": {"Pet": {"title": "P"}},
            "responses": {"Gone": {"description": "g", "schema": ref("#/definitions/Pet")}},
        },
    }
    whole = one(tmp_path, files)
    assert schemas(whole) == {"Pet": {"title": "P"}}
    assert whole.homes == {
        "/components/schemas/Pet": "m.json#/definitions/Pet",
        "/components/responses/Gone": "m.json#/responses/Gone",
    }
    at = whole.origins.of(Place(whole.file, "/components/schemas/Pet/title"))
    assert (os.path.basename(at.file), at.pointer) == ("m.json", "/definitions/Pet/title")
