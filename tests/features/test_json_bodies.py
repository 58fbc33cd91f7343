"""Bodies of JSON."""

from __future__ import annotations

import pytest

from .driving import Drive, asked, echo, last

pytestmark = pytest.mark.feature("json_bodies")


def test_a_body_is_json_in_utf_8(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.add(drive.package.Note(text='"é"\n\u2028', stars=5))
        assert asked(server) == "POST /notes"
        assert last(server).headers["content-type"] == "application/json"
        assert last(server).content == '{"text":"\\"é\\"\\n\u2028","stars":5}'.encode()
        assert last(server).headers["content-length"] == "32"


def test_a_type_of_json_with_a_name_of_its_own(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.replace([drive.package.Note(text="a"), drive.package.Note(text="b")])
        assert last(server).headers["content-type"] == "application/vnd.note+json"
        assert last(server).content == b'[{"text":"a"},{"text":"b"}]'
        client.default.replace([])
        assert last(server).content == b"[]"


@pytest.mark.parametrize(
    "content", [b"null", b"false", b"0", b"1.5", b'""', b"[]", b'{"a":[{"b":null}]}', b"[[[1]]]"]
)
def test_any_json_both_ways(drive: Drive, content: bytes) -> None:
    values = {
        b"null": None,
        b"false": False,
        b"0": 0,
        b"1.5": 1.5,
        b'""': "",
        b"[]": [],
        b'{"a":[{"b":null}]}': {"a": [{"b": None}]},
        b"[[[1]]]": [[[1]]],
    }

    with drive(echo) as (client, server):
        answer = client.default.tell(values[content])
        assert last(server).content == content
        assert answer == values[content]
        assert type(answer) is type(values[content])


def test_an_optional_body_leaves_nothing(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.remove()
        assert asked(server) == "DELETE /notes"
        assert last(server).content == b""
        assert "content-type" not in last(server).headers
        client.default.remove(drive.package.Note(text="a"))
        assert last(server).content == b'{"text":"a"}'


def test_what_is_no_such_body_is_not_sent(drive: Drive) -> None:
    circle: list[object] = []
    circle.append(circle)
    with drive() as (client, server):
        for method, bad in (
            (client.default.add, {"text": "a"}),
            (client.default.add, drive.package.Note(text="a", stars=6)),
            (client.default.add, drive.package.Note(text="\ud800")),
            (client.default.replace, drive.package.Note(text="a")),
            (client.default.remove, None),
            (client.default.tell, float("nan")),
            (client.default.tell, b"{}"),
            (client.default.tell, {1: 2}),
            (client.default.tell, circle),
        ):
            with pytest.raises(drive.package.errors.ConstraintError):
                method(bad)
        assert server.seen == []
