"""Parameters in their default styles."""

from __future__ import annotations

from uuid import UUID

import pytest

from .driving import Drive, asked, json

pytestmark = pytest.mark.feature("parameters")
ITEM = UUID("3fa85f64-5717-4562-b3fc-2c963f66afa6")


def test_they_are_written_in_their_default_style(drive: Drive) -> None:
    """OpenAPI 3.1.1, "Style Examples": simple in the path, form and explode in the query."""
    with drive(json(b'"it"')) as (client, server):
        answer = client.items.get(
            "a b/c?d#e%é",
            ITEM,
            q="x&y=z+ü",
            id_=[3, 4],
            sort=["name", "price"],
            filter_=drive.package.models.Filter(color="R G", size=7),
            timeout_=False,
            since=None,
        )
        assert answer == "it"
        assert asked(server) == (
            "GET /shops/a%20b%2Fc%3Fd%23e%25%C3%A9/items/3fa85f64-5717-4562-b3fc-2c963f66afa6"
            "?limit=20&q=x%26y%3Dz%2B%C3%BC&id=3&id=4&sort=name&sort=price&color=R%20G&size=7"
            "&timeout=false"
        )
        client.items.get("a", ITEM, q="", limit=1)
        assert asked(server).endswith("?limit=1&q=")


def test_arrays_and_objects_in_a_path(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.get_point(drive.package.models.Point(x=1.5, y=-2), ["a", "b,c"])
        assert asked(server) == "GET /points/x,1.5,y,-2/a,b%2Cc"


def test_what_breaks_a_constraint_is_not_sent(drive: Drive) -> None:
    with drive(json(b'"it"')) as (client, server):
        for bad in ({"limit": 0}, {"limit": 101}, {"sort": ["age"]}, {"limit": True}):
            with pytest.raises(drive.package.errors.ConstraintError):
                client.items.get("a", ITEM, q="", **bad)
        for segment in ("", ".", ".."):
            with pytest.raises(drive.package.errors.ConstraintError, match="shop-id"):
                client.items.get(segment, ITEM, q="")
        assert server.seen == []
