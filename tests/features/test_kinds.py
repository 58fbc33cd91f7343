"""Variants that JSON itself tells apart: a string, an array, an object, null."""

from __future__ import annotations

import pytest

from .driving import Drive, echo, last

of_two = pytest.mark.feature("kinds", "kinds")
one_or_many = pytest.mark.feature("kinds", "many")
nullable = pytest.mark.feature("kinds", "null")


@of_two
def test_a_string_or_an_object(drive: Drive) -> None:
    package = drive.package
    with drive(echo) as (client, server):
        for author, content in (
            ("ada", b'{"author":"ada"}'),
            (package.Account(id="1", name="Ada"), b'{"author":{"id":"1","name":"Ada"}}'),
        ):
            article = package.Article(author=author)
            assert client.articles.put("a", article) == article
            assert last(server).content == content


@of_two
def test_a_mistake_is_told_of_the_variant_of_that_kind(drive: Drive) -> None:
    package = drive.package
    for content, says in (
        (b'{"author":3}', "$.author: expected a string or an object, found a number"),
        (b'{"author":{"id":"1"}}', "$.author.name: expected a value, found nothing"),
        (b'{"author":null}', "$.author: expected a string or an object, found null"),
    ):
        assert (
            drive.complaint(
                content, lambda client: client.articles.put("a", package.Article(author="ada"))
            )
            == says
        )


@of_two
def test_what_is_of_no_variant_is_not_sent(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        for author in (3, None, ["ada"], {"id": "1", "name": "Ada"}):
            with pytest.raises(package.errors.ConstraintError, match="author"):
                client.articles.put("a", package.Article(author=author))
        assert server.seen == []


@one_or_many
def test_one_or_a_list_of_them_stays_what_it_is(drive: Drive) -> None:
    package = drive.package
    ada = package.Account(id="1", name="Ada")
    none: list[str] = []
    with drive(echo) as (client, server):
        for members, content in (
            ({"tags": "a"}, b'"tags":"a"'),
            ({"tags": ["a"]}, b'"tags":["a"]'),
            ({"tags": none}, b'"tags":[]'),
            ({"editors": ada}, b'"editors":{"id":"1","name":"Ada"}'),
            ({"editors": [ada]}, b'"editors":[{"id":"1","name":"Ada"}]'),
        ):
            article = package.Article(author="ada", **members)
            assert client.articles.put("a", article) == article
            assert last(server).content == b'{"author":"ada",%b}' % content


@one_or_many
def test_a_mistake_in_a_list_is_told_of_its_item(drive: Drive) -> None:
    package = drive.package
    for content, says in (
        (b'{"author":"a","tags":["a",1]}', "$.tags[1]: expected a string, found a number"),
        (b'{"author":"a","tags":{}}', "$.tags: expected a string or an array, found an object"),
        (
            b'{"author":"a","editors":[{"id":"1"}]}',
            "$.editors[0].name: expected a value, found nothing",
        ),
    ):
        assert (
            drive.complaint(
                content, lambda client: client.articles.put("a", package.Article(author="ada"))
            )
            == says
        )


@nullable
def test_null_is_none_and_absence_is_not(drive: Drive) -> None:
    package = drive.package
    with drive(echo) as (client, server):
        for members, content in (
            ({}, b'{"author":"ada"}'),
            ({"cover": None}, b'{"author":"ada","cover":null}'),
            ({"cover": "u"}, b'{"author":"ada","cover":"u"}'),
            ({"cover": package.Picture(url="u")}, b'{"author":"ada","cover":{"url":"u"}}'),
        ):
            article = package.Article(author="ada", **members)
            received = client.articles.put("a", article)
            assert received == article
            assert received.cover is article.cover or received.cover == article.cover
            assert last(server).content == content


@nullable
def test_a_mistake_in_a_nullable_union_is_told_of_its_variant(drive: Drive) -> None:
    package = drive.package
    for content, says in (
        (b'{"author":"a","cover":1}', "$.cover: expected a string or an object, found a number"),
        (b'{"author":"a","cover":{"url":null}}', "$.cover.url: expected a string, found null"),
    ):
        assert (
            drive.complaint(
                content, lambda client: client.articles.put("a", package.Article(author="ada"))
            )
            == says
        )
