"""Values of several types, and values that are listed whatever they are."""

from __future__ import annotations

from typing import Any

import pytest

from .driving import Drive, echo, json, last


def sent(drive: Drive, cell: Any) -> bytes:
    """Return what leaves for a cell, which has to come back as it left."""
    with drive(echo) as (client, server):
        assert client.cells.write(cell) == cell
        return last(server).content


@pytest.mark.feature("several_types")
@pytest.mark.parametrize(
    ("value", "content"),
    [("a", b'"a"'), (1, b"1"), (0.5, b"0.5"), (True, b"true"), (["b"], b'["b"]'), (None, b"null")],
)
def test_a_value_is_of_any_of_its_types(drive: Drive, value: object, content: bytes) -> None:
    assert sent(drive, drive.package.Cell(value=value)) == b'{"value":%b}' % content


@pytest.mark.feature("several_types")
def test_an_object_among_them_is_a_class(drive: Drive) -> None:
    package = drive.package
    link = package.CellLinkObject(href="/a")
    assert sent(drive, package.Cell(value=None, link=link)) == (
        b'{"value":null,"link":{"href":"/a"}}'
    )
    assert sent(drive, package.Cell(value=None, link="/a")) == b'{"value":null,"link":"/a"}'


@pytest.mark.feature("several_types")
def test_each_type_has_its_own_bounds(drive: Drive) -> None:
    package = drive.package
    assert sent(drive, package.Cell(value=1, width=1)) == b'{"value":1,"width":1}'
    assert sent(drive, package.Cell(value=1, width="1%")) == b'{"value":1,"width":"1%"}'
    with drive() as (client, server):
        for width in (0, "1", 1.5, None):
            with pytest.raises(package.errors.ConstraintError):
                client.cells.write(package.Cell(value=1, width=width))
        assert server.seen == []


@pytest.mark.feature("several_types")
def test_another_type_is_refused(drive: Drive) -> None:
    package = drive.package
    for content, says in (
        (b'{"value":{}}', "$.value: expected a boolean, a number, a string or an array"),
        (b'{"value":1,"width":true}', "$.width: expected an integer or a string"),
        (b'{"value":1,"link":[]}', "$.link: expected a string or an object"),
    ):
        said = drive.complaint(content, lambda client: client.cells.write(package.Cell(value=1)))
        assert said.startswith(says)


@pytest.mark.feature("listed_values")
@pytest.mark.parametrize(
    ("members", "content"),
    [
        ({}, b'{"scale":0.5}'),
        ({"origin": [0.5, 0.5]}, b'{"scale":0.5,"origin":[0.5,0.5]}'),
        ({"style": {"fill": "none"}}, b'{"scale":0.5,"style":{"fill":"none"}}'),
        ({"quality": None}, b'{"scale":0.5,"quality":null}'),
        ({"quality": 1}, b'{"scale":0.5,"quality":1}'),
        ({"quality": True}, b'{"scale":0.5,"quality":true}'),
        ({"level": 2}, b'{"scale":0.5,"level":2}'),
    ],
)
def test_what_is_listed_is_sent(drive: Drive, members: dict[str, Any], content: bytes) -> None:
    shape = drive.package.Shape(scale=0.5, **members)
    with drive(echo) as (client, server):
        assert client.shapes.draw(shape) == shape
        assert last(server).content == content


@pytest.mark.feature("listed_values")
@pytest.mark.parametrize(
    "members",
    [
        {"scale": 0.7},
        {"scale": 1, "origin": [0]},
        {"scale": 1, "style": {}},
        {"scale": 1, "quality": False},
        {"scale": 1, "quality": 2},
        {"scale": 1, "level": 3},
    ],
)
def test_what_is_not_listed_is_not_sent(drive: Drive, members: dict[str, Any]) -> None:
    package = drive.package
    with drive() as (client, server):
        with pytest.raises(package.errors.ConstraintError):
            client.shapes.draw(package.Shape(**members))
        assert server.seen == []


@pytest.mark.feature("listed_values")
def test_what_is_not_listed_is_refused_where_it_is_strict(drive: Drive) -> None:
    package = drive.package
    with drive(json(b'{"scale":0.7,"style":{}}')) as (client, _):
        shape = client.shapes.draw(package.Shape(scale=1))
    assert (shape.scale, shape.style) == (0.7, {})
    wrong: tuple[dict[str, Any], ...] = (
        {"scale": 0.7},
        {"scale": 1, "style": {}},
        {"scale": 1, "level": 3},
    )
    for members in wrong:
        with pytest.raises(package.errors.DecodeError):
            package.codecs.decode_shape(members, strict=True)
    assert package.codecs.decode_shape({"scale": 1.0, "level": 2.0}, strict=True).level == 2
