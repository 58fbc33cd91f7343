"""Credentials, and which of them a call sends."""

from __future__ import annotations

import pytest
from runtime._auth import Credential, bearer, permitted
from runtime.errors import ConstraintError

SECRET = "s3" * 4


def test_a_bearer_token_is_hidden() -> None:
    credential = bearer(SECRET)
    assert credential == Credential("Authorization", f"Bearer {SECRET}")
    assert SECRET not in repr(credential)
    assert bearer(None) is None


@pytest.mark.parametrize("token", ["", " ", "a b", "a\r\nX: y", "a\n", "\u00e9", "\x7f", b"a", 7])
def test_a_bearer_token_is_visible_ascii(token: object) -> None:
    with pytest.raises(ConstraintError) as caught:
        bearer(token)
    assert str(caught.value) == "$: expected a bearer token of visible ASCII characters"


A, B = Credential("A", "a"), Credential("B", "b")


@pytest.mark.parametrize(
    ("security", "held", "headers"),
    [
        ((), {"a": A}, {}),
        (((),), {"a": A}, {}),
        ((("a",),), {"a": A, "b": B}, {"A": "a"}),
        ((("a",),), {"a": None, "b": B}, {}),
        ((("a", "b"),), {"a": A, "b": B}, {"A": "a", "B": "b"}),
        ((("a", "b"),), {"a": A, "b": None}, {}),
        ((("a", "b"), ("b",)), {"a": None, "b": B}, {"B": "b"}),
        ((("a",), ("b",)), {"a": A, "b": B}, {"A": "a"}),
        ((("a",), ()), {"a": None}, {}),
        (((), ("a",)), {"a": A}, {"A": "a"}),
        (((), ("a",)), {"a": None}, {}),
        ((("c",),), {"a": A}, {}),
    ],
)
def test_the_first_alternative_that_can_be_met_is_sent(
    security: tuple[tuple[str, ...], ...],
    held: dict[str, Credential | None],
    headers: dict[str, str],
) -> None:
    assert permitted(security, held) == headers
