"""Keys by which a server knows a request that it has got before."""

from __future__ import annotations

from uuid import UUID

import pytest
from runtime._key import keyed


def test_a_key_is_made_where_there_is_none() -> None:
    made = [keyed("Idempotency-Key", {"X-A": "1"}) for _ in range(100)]
    keys = {each["Idempotency-Key"] for each in made}
    assert len(keys) == 100
    assert {UUID(key).version for key in keys} == {4}
    assert all(each["X-A"] == "1" for each in made)


def test_one_that_is_given_stays() -> None:
    given = {"Idempotency-Key": "mine"}
    assert keyed("Idempotency-Key", given) is given


@pytest.mark.parametrize("empty", [{}, {"Idempotency-Key": ""}])
def test_an_empty_one_is_none(empty: dict[str, str]) -> None:
    assert len(keyed("Idempotency-Key", empty)["Idempotency-Key"]) == 36
    assert empty in ({}, {"Idempotency-Key": ""})
