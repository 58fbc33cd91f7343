"""A document of Swagger 2.0: its parameters, its bodies and answers, its credentials."""

from __future__ import annotations

from json import loads
from pathlib import Path
from uuid import UUID

import pytest

from specloom.cli import main

from .driving import Drive, Reply, asked, json, last
from .page import CORPUS
from .test_multipart import parts

pytestmark = pytest.mark.feature("swagger_2")

FEATURE = CORPUS / "swagger_2"
ID = UUID("6f2c3e0a-1d3b-4c5d-8e7f-000000000001")
DOG = b'{"kind": "Dog", "name": "Rex", "barks": true, "born": null}'


def made(document: Path, folder: Path) -> dict[str, bytes]:
    """Return the files of a package and its tests."""
    arguments = ["-o", f"{folder}/out", "--tests", f"{folder}/tests", "--package", "pets"]
    assert main(["generate", str(document), *arguments]) == 0
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "specloom.lock"
    }


def test_its_package_is_that_of_the_same_document_of_openapi_3(tmp_path: Path) -> None:
    """Byte for byte, tests included."""
    old = made(FEATURE / "spec.yaml", tmp_path / "old")
    assert "out/pets/client.py" in old
    assert old == made(FEATURE / "twin.yaml", tmp_path / "new")


def test_lists_are_joined_as_their_collection_format_says(drive: Drive) -> None:
    with drive(json(b"[]"), key="k") as (client, server):
        client.pets.list_pets(
            tags=["a", "b,c"],
            ids=[1, 2],
            names=["x", "y"],
            kinds=["cat", "dog"],
            x_order=["n", "b"],
        )
        assert asked(server) == (
            "GET /pets?tags=a,b%2Cc&ids=1&ids=2&names=x%20y&kinds=cat%7Cdog&limit=20"
        )
        assert last(server).headers["x-order"] == "n,b"
        assert last(server).headers["x-key"] == "k"


def test_a_definition_is_a_variant_by_its_name_or_by_what_it_says(drive: Drive) -> None:
    package = drive.package
    with drive(json(DOG, 201), key="k") as (client, server):
        answer = client.pets.add_pet(package.Cat(name="Tom", lives=9), x_trace=ID)
        assert isinstance(answer, package.Dog)
        assert (answer.born, answer.barks) == (None, True)
        assert asked(server) == "POST /pets"
        assert loads(last(server).content) == {"kind": "a-cat", "name": "Tom", "lives": 9}
        assert last(server).headers["x-trace"] == str(ID)


def test_parameters_of_a_form_are_one_body(drive: Drive) -> None:
    """Those of the path among them; a list is joined unless it says `multi`."""
    package = drive.package
    with drive(key="k") as (client, server):
        client.pets.describe_pet(
            ID,
            package.DescribePetBody(
                name="Rex", note="old", colours=["black", "white"], places=["here", "there"]
            ),
        )
        assert asked(server) == f"PUT /pets/{ID}"
        assert last(server).headers["content-type"] == "application/x-www-form-urlencoded"
        assert last(server).content == (
            b"name=Rex&note=old&colours=black&colours=white&places=here,there"
        )


def test_files_make_a_form_of_parts(drive: Drive) -> None:
    with drive(key="k") as (client, server):
        client.pets.send_photo(ID, drive.package.SendPhotoBody(photo=b"\x89PNG", title="Rex"))
        (photo, octets), (title, words) = parts(last(server))
        assert photo["content-disposition"] == 'form-data; name="photo"; filename="photo"'
        assert title["content-disposition"] == 'form-data; name="title"'
        assert (octets, words) == (b"\x89PNG", b"Rex")


def test_an_answer_that_is_a_file(drive: Drive) -> None:
    with drive(Reply(b"\x89PNG", 200, {"Content-Type": "image/png"})) as (client, server):
        assert client.pets.get_photo(ID) == b"\x89PNG"
        assert last(server).headers["accept"] == "image/png"
        assert "authorization" not in last(server).headers
    with drive(Reply(b"", 404, {}), basic=("me", "pass")) as (client, server):
        with pytest.raises(drive.package.errors.StatusError):
            client.pets.get_photo(ID)
        assert last(server).headers["authorization"] == "Basic bWU6cGFzcw=="


def test_an_answer_that_operations_share(drive: Drive) -> None:
    package = drive.package
    with (
        drive(json(b'{"message": "no"}', 400), key="k") as (client, _),
        pytest.raises(package.errors.StatusError) as caught,
    ):
        client.pets.list_pets()
    assert caught.value.body == package.Problem(message="no")


def test_what_looks_like_a_reference_is_none_in_data(drive: Drive) -> None:
    package = drive.package
    answer = json(b'{"$ref": "#/definitions/Pet", "best": null, "first": "Rex"}')
    with drive(answer, key="k") as (client, server):
        found = client.default.search(package.Query(text="Rex"))
        assert loads(last(server).content) == {"text": "Rex"}
        assert (found.best, found.first) == (None, "Rex")
        assert found.ref == "#/definitions/Pet"
