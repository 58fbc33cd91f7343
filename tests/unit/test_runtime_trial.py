"""Values that fit several variants: the most specific is taken."""

from __future__ import annotations

import pytest
from runtime import _containers as containers
from runtime import _schema as schema
from runtime import _trial as trial
from runtime.errors import DecodeError

OBJECT = schema.kind("object")


def record(*required: str, optional: tuple[str, ...] = (), closed: bool = False) -> trial.Variant:
    fits = schema.every(OBJECT, containers.requires(*required)) if required else OBJECT
    return trial.Variant(fits, required, optional, closed)


A, AB, ANY = record("a"), record("a", "b"), record()
OPTIONAL = record("a", optional=("c",))


@pytest.mark.parametrize(
    ("value", "variants", "position"),
    [
        ({"a": 1, "b": 2}, (A, AB), 1),  # most members declared
        ({"a": 1}, (AB, A), 1),  # the only one that it fits
        ({"a": 1, "c": 3}, (A, OPTIONAL), 1),
        ({}, (A, ANY), 1),
        ({"a": 1}, (A, A), 0),  # the first
        ({"a": 1}, (record(optional=("a",)), A), 1),  # requires more
        ({"a": 1}, (A, record("a", closed=True)), 1),  # allows no others
        ({"b": 2}, (A, AB), 1),  # fits none: the one that it comes nearest to
        ({}, (AB, A), 1),
        ("text", (A, AB), 0),
    ],
)
def test_the_most_specific_is_meant(
    value: object, variants: tuple[trial.Variant, ...], position: int
) -> None:
    assert trial.meant(value, *variants) == position


def test_what_fits_two_alternatives_is_refused() -> None:
    text, long = schema.kind("string"), schema.negation(schema.equals("short"))
    trial.exclusive("short", text, long)
    trial.exclusive(7, text, long)
    trial.exclusive(None, text)
    with pytest.raises(
        DecodeError, match=r"^\$: expected a value that fits one variant, found one that fits 2$"
    ):
        trial.exclusive("other", text, long)
