"""Items in an order, each of a type of its own."""

from __future__ import annotations

import pytest

from .driving import Drive, echo, json, last

pytestmark = pytest.mark.feature("ordered_items")


def test_each_item_is_of_its_type(drive: Drive) -> None:
    package = drive.package
    line = package.Line(from_=[0, 0.5], to=[1, 1], label=["a", 1], notes=["b", None])
    with drive(echo) as (client, server):
        assert client.lines.draw(line) == line
        assert last(server).content == (
            b'{"from":[0,0.5],"to":[1,1],"label":["a",1],"notes":["b",null]}'
        )


def test_another_order_is_not_sent(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        for wrong in (
            {"from_": [0]},
            {"from_": [0, 1, 2]},
            {"from_": ["a", "b"]},
            {"label": [1, "a"]},
            {"label": ["a", 1, 2]},
            {"notes": [1]},
        ):
            with pytest.raises(package.errors.ConstraintError):
                client.lines.draw(package.Line(**{"from_": [0, 0], "to": [1, 1], **wrong}))
        assert server.seen == []


def test_another_order_is_refused_where_it_is_strict(drive: Drive) -> None:
    package = drive.package
    with drive(json(b'{"from":[0,0],"to":[1,1],"label":[1,"a"]}')) as (client, _):
        assert client.lines.draw(package.Line(from_=[0, 0], to=[1, 1])).label == [1, "a"]
    for wrong, path in (
        ({"label": [1]}, r"\$\.label\[0\]: expected a string"),
        ({"label": ["a", 1, 2]}, r"\$\.label\[2\]: expected nothing"),
        ({"from": [0]}, r"\$\.from: expected an array of 2"),
    ):
        with pytest.raises(package.errors.DecodeError, match=path):
            package.codecs.decode_line({"from": [0, 0], "to": [1, 1], **wrong}, strict=True)
