"""Unions without a `discriminator` whose variants have constants, or enums, that differ."""

from __future__ import annotations

import datetime as dt

import pytest

from .driving import Drive, echo, json, last

by_const = pytest.mark.feature("inferred_tags", "const")
by_two = pytest.mark.feature("inferred_tags", "two")
by_enum = pytest.mark.feature("inferred_tags", "enum")


@by_const
def test_a_constant_tells_variants_apart(drive: Drive) -> None:
    package = drive.package
    at = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
    for content, event in (
        (b'{"type":"opened","at":"2026-11-28T12:00:00Z"}', package.Opened(at=at)),
        (b'{"type":"closed","at":"2026-11-28T12:00:00Z"}', package.Closed(at=at)),
    ):
        with drive(json(content)) as (client, _):
            assert client.events.latest() == event


@by_const
def test_a_mistake_is_told_of_the_variant_with_that_constant(drive: Drive) -> None:
    for content, says in (
        (b'{"type":"opened","reason":"x"}', "$.at: expected a value, found nothing"),
        (b'{"at":"now"}', "$.type: expected one of opened, closed, found nothing"),
        (b'{"type":true}', "$.type: expected one of opened, closed, found a boolean"),
    ):
        assert drive.complaint(content, lambda client: client.events.latest()) == says


@by_two
def test_two_members_tell_variants_apart(drive: Drive) -> None:
    package = drive.package
    with drive(echo) as (client, server):
        for message, content in (
            (package.UserText(text="hi"), b'{"role":"user","type":"text","text":"hi"}'),
            (package.UserImage(url="u"), b'{"role":"user","type":"image","url":"u"}'),
            (
                package.AssistantText(text="hi", model="m"),
                b'{"role":"assistant","type":"text","text":"hi","model":"m"}',
            ),
        ):
            assert client.messages.send(message) == message
            assert last(server).content == content


@by_two
def test_of_two_tags_the_wrong_one_is_told(drive: Drive) -> None:
    codecs, errors = drive.package.codecs, drive.package.errors
    for value, says in (
        ({"role": "usr"}, '$.role: "usr" is not one of user, assistant; did you mean user?'),
        (
            {"role": "user", "type": "txt"},
            '$.type: "txt" is not one of text, image; did you mean text?',
        ),
        ({"role": "user"}, "$.type: expected one of text, image, found nothing"),
        ({"role": "user", "type": "image"}, "$.url: expected a value, found nothing"),
    ):
        with pytest.raises(errors.DecodeError) as raised:
            codecs.decode_message(value, strict=True)
        assert str(raised.value) == says


@by_two
def test_a_pair_that_nobody_listed_is_kept(drive: Drive) -> None:
    package = drive.package
    sound = {"role": "user", "type": "sound", "url": "u"}
    with drive(json(b'{"role":"user","type":"sound","url":"u"}')) as (client, _):
        message = client.messages.send(package.UserText(text="hi"))
    assert message == package.UnknownVariant("sound", sound)


@by_enum
def test_a_variant_owns_several_values(drive: Drive) -> None:
    package = drive.package
    for content, transfer in (
        (b'{"id":"t","status":"queued"}', package.Waiting(id="t", status="queued")),
        (b'{"id":"t","status":"held"}', package.Waiting(id="t", status="held")),
        (
            b'{"id":"t","status":"returned","amount":5}',
            package.Ended(id="t", status="returned", amount=5),
        ),
    ):
        with drive(json(content)) as (client, _):
            assert client.transfers.get("t") == transfer


@by_enum
def test_a_mistake_is_told_of_the_variant_that_owns_the_value(drive: Drive) -> None:
    package = drive.package
    assert (
        drive.complaint(b'{"id":"t","status":"sent"}', lambda client: client.transfers.get("t"))
        == "$.amount: expected a value, found nothing"
    )
    with pytest.raises(package.errors.DecodeError) as raised:
        package.codecs.decode_transfer({"id": "t", "status": "hold"}, strict=True)
    assert str(raised.value) == (
        '$.status: "hold" is not one of queued, held, sent, returned; did you mean held?'
    )
