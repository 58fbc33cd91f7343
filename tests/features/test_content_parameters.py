"""Parameters that are documents themselves."""

from __future__ import annotations

import pytest

from .driving import Drive, asked, last

pytestmark = pytest.mark.feature("content_parameters")


def test_json_in_a_path_and_a_query(drive: Drive) -> None:
    box = drive.package.Box(label="a&b é", sizes=[1, 2])
    with drive() as (client, server):
        client.default.find(box, filter_=drive.package.Box(label="/"))
        assert asked(server) == (
            "GET /boxes/%7B%22label%22%3A%22a%26b%20%C3%A9%22%2C%22sizes%22%3A%5B1%2C2%5D%7D"
            "?filter=%7B%22label%22%3A%22%2F%22%7D"
        )


def test_json_in_a_header_is_ascii(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.find(
            drive.package.Box(label="b"), x_box=drive.package.Box(label="é\r\n\u20ac", sizes=[])
        )
        assert last(server).headers["x-box"] == r'{"label":"\u00e9\r\n\u20ac","sizes":[]}'


def test_json_in_a_cookie_is_quoted(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.find(drive.package.Box(label="b"), last=drive.package.Box(label="é; a=b"))
        assert last(server).headers["cookie"] == (
            "last=%7B%22label%22%3A%22%C3%A9%3B%20a%3Db%22%7D"
        )


def test_text(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.find(drive.package.Box(label="b"), note="1 & é", x_note="a, b")
        assert asked(server) == "GET /boxes/%7B%22label%22%3A%22b%22%7D?note=1%20%26%20%C3%A9"
        assert last(server).headers["x-note"] == "a, b"
        with pytest.raises(drive.package.errors.ConstraintError, match="X-Note"):
            client.default.find(drive.package.Box(label="b"), x_note="a\r\nb")


def test_json_without_a_schema_may_be_anything(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.find(drive.package.Box(label="b"), any_=[1, None, {"a": "é"}])
        assert asked(server).endswith("?any=%5B1%2Cnull%2C%7B%22a%22%3A%22%C3%A9%22%7D%5D")
