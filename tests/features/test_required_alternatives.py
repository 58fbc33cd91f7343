"""Objects that need one of several members: one class, and a check before anything is sent."""

from __future__ import annotations

import pytest

from .driving import Drive, last

at_least_one = pytest.mark.feature("required_alternatives", "at_least_one")
exactly_one = pytest.mark.feature("required_alternatives", "exactly_one")


@at_least_one
def test_at_least_one_of_them_is_sent(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        for members, content in (
            ({"email": "a@b.c"}, b'{"email":"a@b.c"}'),
            ({"phone": "1"}, b'{"phone":"1"}'),
            ({"email": "a@b.c", "phone": "1"}, b'{"email":"a@b.c","phone":"1"}'),
        ):
            client.invitations.send(package.Invitation(**members))
            assert last(server).content == content


@at_least_one
def test_none_of_them_is_not_sent(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        with pytest.raises(package.errors.ConstraintError) as raised:
            client.invitations.send(package.Invitation(note="hi"))
        assert server.seen == []
    assert str(raised.value) == ('$: expected an object with "email" or an object with "phone"')


@exactly_one
def test_one_of_them_is_sent(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        client.board.add_card(package.NewCard(column="todo", issue_id=7))
        assert last(server).content == b'{"column":"todo","issue_id":7}'
        client.board.add_card(package.NewCard(column="todo", repository="r", number=7))
        assert last(server).content == b'{"column":"todo","repository":"r","number":7}'


@exactly_one
def test_neither_and_both_are_not_sent(drive: Drive) -> None:
    package = drive.package
    both = 'an object with "issue_id" or an object with "repository" and "number"'
    with drive() as (client, server):
        for members, says in (
            ({}, f"$: expected {both}"),
            ({"repository": "r"}, f"$: expected {both}"),
            ({"issue_id": 7, "repository": "r", "number": 7}, f"$: expected {both}, but not both"),
        ):
            with pytest.raises(package.errors.ConstraintError) as raised:
                client.board.add_card(package.NewCard(column="todo", **members))
            assert str(raised.value) == says
        assert server.seen == []
