"""Variants that differ in a member that each of them alone requires."""

from __future__ import annotations

import pytest

from .driving import Drive, echo, json, last

pytestmark = pytest.mark.feature("keys")


def test_the_member_that_is_there_decides(drive: Drive) -> None:
    package = drive.package
    with drive(echo) as (client, server):
        for recipient, content in (
            (package.Mailbox(email="a@b.c", name="A"), b'{"email":"a@b.c","name":"A"}'),
            (package.Phone(number="1"), b'{"number":"1"}'),
            (package.MailingList(members=["a", "b"]), b'{"members":["a","b"]}'),
        ):
            assert client.recipients.add(recipient) == recipient
            assert last(server).content == content


def test_of_two_members_the_first_decides_and_nothing_is_lost(drive: Drive) -> None:
    package = drive.package
    both = {"email": "a@b.c", "number": "1"}
    with drive(json(b'{"email":"a@b.c","number":"1"}')) as (client, _):
        recipient = client.recipients.add(package.Phone(number="1"))
    assert type(recipient) is package.Mailbox
    assert package.codecs.encode_recipient(recipient) == both
    with pytest.raises(package.errors.DecodeError, match="fits one variant"):
        package.codecs.decode_recipient(both, strict=True)


def test_a_mistake_is_told_of_the_variant_whose_member_is_there(drive: Drive) -> None:
    package = drive.package
    for content, says in (
        (b'{"email":1}', "$.email: expected a string, found a number (taken for Mailbox)"),
        (
            b'{"members":["a",1]}',
            "$.members[1]: expected a string, found a number (taken for MailingList)",
        ),
        (b'{"name":"A"}', "$: expected a member email, members or number, found none of them"),
        (b"null", "$: expected an object, found null"),
    ):
        assert (
            drive.complaint(
                content, lambda client: client.recipients.add(package.Phone(number="1"))
            )
            == says
        )
