"""Bodies that are a form of one of several kinds: the members of the chosen one are written."""

from __future__ import annotations

import pytest

from .driving import Drive, asked, last
from .test_multipart import OCTETS, parts

in_form = pytest.mark.feature("union_bodies", "form")
in_multipart = pytest.mark.feature("union_bodies", "multipart")


@in_form
def test_a_form_has_the_members_of_the_chosen_variant(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        client.oauth.token(package.PasswordGrant(username="ada", password="a b", scopes=["x", "y"]))
        assert asked(server) == "POST /token"
        assert last(server).headers["content-type"] == "application/x-www-form-urlencoded"
        assert last(server).content == (
            b"grant_type=password&username=ada&password=a+b&scopes=x&scopes=y"
        )
        client.oauth.token(package.RefreshGrant(refresh_token="r&t"))
        assert last(server).content == b"grant_type=refresh_token&refresh_token=r%26t"


@in_form
def test_a_form_of_no_variant_is_not_sent(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        for wrong in (
            None,
            {"grant_type": "refresh_token", "refresh_token": "r"},
            package.RefreshGrant(grant_type="password", refresh_token="r"),
            package.LinkUpload(url="u"),
        ):
            with pytest.raises(package.errors.ConstraintError):
                client.oauth.token(wrong)
        assert server.seen == []


@in_multipart
def test_a_multipart_form_has_the_parts_of_the_chosen_variant(drive: Drive) -> None:
    package = drive.package
    title = ({"content-disposition": 'form-data; name="title"'}, b"t")
    with drive() as (client, server):
        client.documents.upload(package.FileUpload(file=OCTETS, title="t"))
        assert asked(server) == "POST /documents"
        assert parts(last(server)) == [
            (
                {
                    "content-disposition": 'form-data; name="file"; filename="file"',
                    "content-type": "application/octet-stream",
                },
                OCTETS,
            ),
            title,
        ]
        client.documents.upload(package.LinkUpload(url="https://a.b", title="t"))
        assert parts(last(server)) == [
            ({"content-disposition": 'form-data; name="url"'}, b"https://a.b"),
            title,
        ]


@in_multipart
def test_a_multipart_form_of_no_variant_is_not_sent(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        for wrong in (None, {"url": "u"}, package.LinkUpload(url=3), package.FileUpload(file=3)):
            with pytest.raises(package.errors.ConstraintError):
                client.documents.upload(wrong)
        assert server.seen == []
