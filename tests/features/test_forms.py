"""Bodies that are forms (WHATWG URL, section 5), and the Encoding Object of OpenAPI 3.1."""

from __future__ import annotations

import pytest

from .driving import Drive, asked, last

pytestmark = pytest.mark.feature("forms")


def test_a_form(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        client.default.submit(package.Query(q="a b&c=d+é~*", strict=True, tags=["x", "y,z"]))
        assert asked(server) == "POST /plain"
        assert last(server).headers["content-type"] == "application/x-www-form-urlencoded"
        assert last(server).content == b"q=a+b%26c%3Dd%2B%C3%A9%7E*&strict=true&tags=x&tags=y%2Cz"


def test_an_object_in_a_form_is_json(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        client.default.submit(package.Query(q="", page=package.Page(number=2, size=5)))
        assert last(server).content == b"q=&page=%7B%22number%22%3A2%2C%22size%22%3A5%7D"
        client.default.submit(package.Query(q="", tags=[]))
        assert last(server).content == b"q="


def test_members_with_a_style_or_a_content_type(drive: Drive) -> None:
    package = drive.package
    with drive() as (client, server):
        client.default.submit_encoded(
            package.Query(
                q="a b",
                tags=["x", "y z"],
                page=package.Page(number=2, size=5),
                note=package.Page(size=1),
            )
        )
        assert last(server).headers["content-type"] == "application/x-www-form-urlencoded"
        assert last(server).content == (
            b"q=a+b&tags=x%7Cy%20z&page%5Bnumber%5D=2&page%5Bsize%5D=5&note=%7B%22size%22%3A1%7D"
        )


def test_an_optional_form_leaves_nothing(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.submit_encoded()
        assert last(server).content == b""
        assert "content-type" not in last(server).headers


def test_what_is_no_such_member_is_not_sent(drive: Drive) -> None:
    with drive() as (client, server):
        for bad in ({"q": None}, {"q": "a", "strict": "yes"}, {"q": "a", "tags": "x"}):
            with pytest.raises(drive.package.errors.ConstraintError):
                client.default.submit(drive.package.Query(**bad))
        assert server.seen == []
