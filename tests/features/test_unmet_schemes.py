"""Operations that ask for more than a client can send."""

from __future__ import annotations

import pytest

from .driving import Drive, last

pytestmark = pytest.mark.feature("unmet_schemes")


def test_what_can_be_had_is_sent(drive: Drive) -> None:
    with drive(token="t") as (client, server):
        for call in (client.default.either, client.default.both, client.default.reference):
            call()
            assert last(server).headers["authorization"] == "Bearer t"
        client.default.undeclared()
        assert "authorization" not in last(server).headers


def test_callers_add_the_rest(drive: Drive) -> None:
    with drive() as (client, server):
        client.default.undeclared(extra_headers={"X-Nobody": "me"})
        assert last(server).headers["x-nobody"] == "me"
