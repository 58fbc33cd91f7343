"""Unions whose variants are unions, and unions that hold themselves."""

from __future__ import annotations

from typing import get_args

import pytest

from .driving import Drive, echo, json, last

of_unions = pytest.mark.feature("nested_unions", "flat")
of_itself = pytest.mark.feature("nested_unions", "recursive")


@of_unions
def test_a_union_of_unions_is_one_union(drive: Drive) -> None:
    package = drive.package
    for content, block in (
        (b'{"type":"paragraph","text":"a"}', package.Paragraph(text="a")),
        (b'{"type":"heading","text":"a","level":2}', package.Heading(text="a", level=2)),
        (b'{"type":"image","url":"u"}', package.Image(url="u")),
        (b'{"type":"video","url":"u","seconds":9}', package.Video(url="u", seconds=9)),
    ):
        with drive(json(content)) as (client, _):
            assert client.blocks.get("1") == block


@of_unions
def test_there_is_one_unknown_variant_and_one_list_of_tags(drive: Drive) -> None:
    package = drive.package
    with drive(json(b'{"type":"poll"}')) as (client, _):
        assert client.blocks.get("1") == package.UnknownVariant("poll", {"type": "poll"})
    kinds = [package.Paragraph, package.Heading, package.Image, package.Video]
    assert list(get_args(package.Block)) == [*kinds, package.UnknownVariant]
    with pytest.raises(package.errors.DecodeError) as raised:
        package.codecs.decode_block({"type": "imag"}, strict=True)
    assert str(raised.value) == (
        '$.type: "imag" is not one of paragraph, heading, image, video; did you mean image?'
    )


@of_itself
def test_a_union_within_itself_comes_back(drive: Drive) -> None:
    package = drive.package
    content = b'{"all":[{"field":"a","value":1},{"not":{"not":{"field":"b","value":true}}}]}'
    query = package.All(
        all=[
            package.Equals(field_="a", value=1),
            package.Not(not_=package.Not(not_=package.Equals(field_="b", value=True))),
        ]
    )
    with drive(echo) as (client, server):
        received = client.search.run(query)
        assert last(server).content == content
    assert received == query
    assert received.all[1].not_.not_.value is True


@of_itself
def test_a_mistake_is_told_where_it_is_and_of_the_innermost_variant(drive: Drive) -> None:
    package = drive.package
    for content, says in (
        (
            b'{"not":{"all":[{"field":1,"value":2}]}}',
            "$.not.all[0].field: expected a string, found a number (taken for Equals)",
        ),
        (
            b'{"not":{"any":[]}}',
            "$.not: expected a member field, all or not, found none of them (taken for Not)",
        ),
        (
            b'{"all":[{"field":"a","value":null}]}',
            "$.all[0].value: expected a boolean, an integer or a string, found null (taken for Equals)",
        ),
    ):
        assert (
            drive.complaint(content, lambda client: client.search.run(package.All(all=[]))) == says
        )


@of_itself
def test_depth_is_an_error_and_no_crash(drive: Drive) -> None:
    package = drive.package
    deep = b'{"not":' * 50_000 + b'{"all":[]}' + b"}" * 50_000
    with drive(json(deep)) as (client, _), pytest.raises(package.errors.Error):
        client.search.run(package.All(all=[]))
