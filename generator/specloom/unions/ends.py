"""Where a choice may end."""

from __future__ import annotations

from specloom.verdict import ByTest, Choice, Take, Trial, branches


def leaves(choice: Choice) -> list[Take | ByTest | Trial]:
    found: list[Take | ByTest | Trial] = []
    pending = [choice]
    while pending:
        match pending.pop():
            case Take() | ByTest() | Trial() as leaf:
                found.append(leaf)
            case within:
                pending.extend(reversed(branches(within)))
    return found


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
