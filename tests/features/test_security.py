"""Which credentials leave with which operation."""

from __future__ import annotations

import pytest

from .driving import Drive, asked, last

pytestmark = pytest.mark.feature("security")

BOTH = {"user": "u", "bearer": "a"}


@pytest.mark.parametrize(
    ("operation", "tokens", "authorization"),
    [
        ("by_default", BOTH, "Bearer u"),
        ("by_default", {"bearer": "a"}, None),
        ("nobody", BOTH, None),
        ("anonymous", BOTH, None),
        ("either", BOTH, "Bearer a"),
        ("either", {"user": "u"}, "Bearer u"),
        ("optional", BOTH, "Bearer u"),
        ("optional", {}, None),
    ],
)
def test_they_leave_where_they_are_asked_for(
    drive: Drive, operation: str, tokens: dict[str, str], authorization: str | None
) -> None:
    with drive(**tokens) as (client, server):
        assert getattr(client.default, operation)() is None
        assert last(server).headers.get("authorization") == authorization


def test_a_scheme_that_nothing_asks_for_is_no_parameter(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.by_default()
        assert asked(server) == "GET /default"
        assert "unused" not in drive.package.Client.__init__.__annotations__
        assert "unused" not in drive.package.AsyncClient.__init__.__annotations__
