"""How much a document may ask of us: numbers that a user can change, passed along as one value."""

# like all that a run in which nothing has changed needs, this imports nothing heavy
from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Limits(NamedTuple):
    """Each a number above zero. Real documents stay far below every default."""

    bytes: int = 64 * 2**20
    markdown_bytes: int = 4 * 2**20
    markdown_lines: int = 50_000
    depth: int = 200
    nodes: int = 5_000_000
    aliased_nodes: int = 500_000
    names: int = 65_536
    texts: int = 4 * 2**20
    digits: int = 1_000
    files: int = 5_000
    references: int = 50
    copied_nodes: int = 100_000
    overlay_steps: int = 10_000_000
    growth: int = 16
    weight: int = 32 * 2**20
    mistakes: int = 100


DEFAULT: Final = Limits()
KEYS: Final = tuple(field.replace("_", "-") for field in Limits._fields)
"""What users call them."""
CEILINGS: Final = {
    "depth": (220, "later stages walk by recursion, which Python bounds"),
    "digits": (4_300, "Python converts no more, in either direction"),
}
"""What cannot be exceeded by any setting, and why."""
_SMALL: Final = 256 * 2**10
"""A document of fewer characters counts as one of so many: it may well grow."""


def raising(key: str) -> str:
    """Return how a user raises a limit."""
    ceiling = CEILINGS.get(key)
    most = f" up to {ceiling[0]:,}" if ceiling else ""
    return f"limits.{key} in the target, or --limit {key}=N, raises it{most}"


def heaviest(limits: Limits, size: int) -> tuple[int, str]:
    """Return what the model of a document of some size may weigh, and the limit that says so."""
    by_growth = limits.growth * max(size, _SMALL)
    return min((limits.weight, "weight"), (by_growth, "growth"))


def limits_of(given: Mapping[str, int]) -> Limits:
    """Return the defaults, but for what is given by its key."""
    return Limits(*(given.get(key, usual) for key, usual in zip(KEYS, DEFAULT, strict=True)))


def changed(limits: Limits) -> tuple[str, ...]:
    """Return what is not the default, as a user would say it."""
    given = zip(KEYS, limits, DEFAULT, strict=True)
    return tuple(f"{key}={value}" for key, value, usual in given if value != usual)
