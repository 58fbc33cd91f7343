"""Where a choice may end."""

from __future__ import annotations

from specloom.verdict import ByTest, Choice, Take, Trial, branches


def leaves(choice: Choice) -> list[Take | ByTest | Trial]:
    if isinstance(choice, Take | ByTest | Trial):
        return [choice]
    return [leaf for branch in branches(choice) for leaf in leaves(branch)]


def reached(choice: Choice) -> tuple[int, ...]:
    """Return the variants that a choice may lead to."""
    ends = (
        leaf.variants if not isinstance(leaf, Take) else (leaf.variant,) for leaf in leaves(choice)
    )
    return tuple(sorted({variant for variants in ends for variant in variants}))


def tried(choice: Choice) -> list[tuple[int, ...]]:
    """Return the groups of variants that have to be tried."""
    return [leaf.variants for leaf in leaves(choice) if isinstance(leaf, Trial)]


def price(choice: Choice) -> tuple[int, int]:
    """Return how many variants may have to be tried at once, and in all."""
    trials = [len(variants) for variants in tried(choice)]
    return max(trials, default=0), sum(trials)
